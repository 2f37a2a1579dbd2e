// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/server_object.h"

#include "bus/names.h"
#include "daemon/publisher/call.h"
#include "server_adaptor.h"

#include <utility>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

ServerObject::ServerObject(const QVariantMap& properties, Serve serve, Authorizer& authorizer, QObject* parent)
    : PublishedObject(bus::serverPath, bus::serverInterface, properties, parent)
    , m_serve(std::move(serve))
    , m_authorizer(authorizer)
{
    new ServerAdaptor(this);
}

QStringList ServerObject::SetServing(bool serving, bool keep)
{
    const Call call = takeCall(*this);
    authorize(m_authorizer, call, Permission::ServeTime, [this, call, serving, keep] {
        const auto served = m_serve(serving, keep);
        if (served)
            return call.reply({*served});
        switch (served.error().kind) {
        case ServingError::Kind::NotServed:
            return call.refuse(bus::errorNotServed, served.error().text);
        case ServingError::Kind::NotKept:
            return call.refuse(bus::errorNotKept,
                u"It could not be stored for the next start; nothing changed. %1."_s.arg(served.error().text));
        }
    });
    return {};
}

} // namespace foliot::daemon
