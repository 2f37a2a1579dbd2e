// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/server_object.h"

#include "bus/names.h"
#include "daemon/publisher/call.h"
#include "daemon/publisher/properties.h"
#include "server_adaptor.h"

#include <utility>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

constexpr uint mostClients = 10'000; // about 1 MiB of a message

} // namespace

ServerObject::ServerObject(
    const QVariantMap& properties, ServerCommands commands, Authorizer& authorizer, QObject* parent)
    : PublishedObject(bus::serverPath, bus::serverInterface, properties, parent)
    , m_commands(std::move(commands))
    , m_authorizer(authorizer)
{
    new ServerAdaptor(this);
}

QStringList ServerObject::SetServing(bool serving, bool keep)
{
    const Call call = takeCall(*this);
    authorize(m_authorizer, call, Permission::ServeTime, [this, call, serving, keep] {
        const auto served = m_commands.serve(serving, keep);
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

bus::ServedClients ServerObject::Clients(uint most)
{
    const Call call = takeCall(*this);
    if (most == 0 || most > mostClients) {
        call.refuse(QDBusError::InvalidArgs, u"most must be 1 to %1."_s.arg(mostClients));
        return {};
    }
    authorize(m_authorizer, call, Permission::ListClients, [this, call, most] {
        const auto clients = m_commands.clients(most);
        if (!clients)
            return call.refuse(bus::errorNotRecorded,
                u"No clients are remembered: the configuration needs client-log in [server], and time has to be "
                "served."_s);
        bus::ServedClients result;
        for (const ClientRecord& client : *clients)
            result.append(servedClient(client));
        call.reply({QVariant::fromValue(result)});
    });
    return {};
}

} // namespace foliot::daemon
