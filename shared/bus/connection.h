// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which bus Foliot is on, and how to get there: the system bus, or the session bus for the try-out and the tests.

#include <QDBusConnection>
#include <QString>

namespace foliot::bus {

enum class BusKind : quint8 { System, Session };

struct BusChoice {
    BusKind kind = BusKind::System;
    QString address; // empty: where the environment says that this kind of bus is

    friend bool operator==(const BusChoice&, const BusChoice&) = default;
};

// The session bus when FOLIOT_BUS=session, else the system bus.
BusChoice choiceFromEnvironment();

// Opens a connection of its own under a name not used before, so that a lost one can be replaced. May be closed again
// with QDBusConnection::disconnectFromBus(connection.name()).
QDBusConnection openConnection(const BusChoice& choice);

} // namespace foliot::bus
