// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/call_error.h"

#include "bus/names.h"

namespace foliot::bus {

using namespace Qt::StringLiterals;

bool meansAbsent(const QDBusError& error)
{
    return error.type() == QDBusError::ServiceUnknown || error.name() == errorNameHasNoOwner;
}

bool meansTooManyCalls(const QDBusError& error)
{
    return error.type() == QDBusError::UnknownObject;
}

QString errorText(const QDBusError& error)
{
    return meansTooManyCalls(error)
               ? u"More calls come in over the bus than the Foliot service can answer: try again in a few seconds."_s
               : error.message();
}

} // namespace foliot::bus
