// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/connection.h"

#include "bus/names.h"

#include <QByteArray>

#include <atomic>

namespace foliot::bus {

BusChoice choiceFromEnvironment()
{
    return {.kind = qgetenv(busEnvironment) == "session" ? BusKind::Session : BusKind::System, .address = {}};
}

QDBusConnection openConnection(const BusChoice& choice)
{
    static std::atomic<unsigned> opened = 0;
    const QString name = QStringLiteral("foliot-%1").arg(++opened);
    if (!choice.address.isEmpty())
        return QDBusConnection::connectToBus(choice.address, name);
    return QDBusConnection::connectToBus(
        choice.kind == BusKind::Session ? QDBusConnection::SessionBus : QDBusConnection::SystemBus, name);
}

} // namespace foliot::bus
