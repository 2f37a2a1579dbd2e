// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// D-Bus types that Qt does not have, and their registration. Used by the publisher, the window and foliotctl.

#include <QDBusArgument>
#include <QDBusObjectPath>
#include <QList>
#include <QMap>
#include <QString>
#include <QVariantMap>

namespace foliot::bus {

// One point of org.foliot.Foliot1.History: see the interface description for units.
struct ClockSample {
    quint64 boottimeUSec = 0;
    double offsetSeconds = 0.0;
    double uncertaintySeconds = 0.0;
    double boundSeconds = 0.0;
    double jitterSeconds = 0.0;
    double frequencyPpm = 0.0;

    friend bool operator==(const ClockSample&, const ClockSample&) = default;
};
using ClockSamples = QList<ClockSample>;

// One client of the server: see org.foliot.Server1.Clients.
struct ServedClient {
    QString address;
    quint64 firstSeenUSec = 0;
    quint64 lastSeenUSec = 0;
    quint64 received = 0;
    quint64 answered = 0;
    quint64 limited = 0;
    quint64 authenticated = 0;
    quint32 version = 0;

    friend bool operator==(const ServedClient&, const ServedClient&) = default;
};
using ServedClients = QList<ServedClient>;

// Things that each have their own properties, by name.
using Dictionaries = QList<QVariantMap>;

// Dropped packets by reason word.
using CountByReason = QMap<QString, qulonglong>;

// Of org.freedesktop.DBus.ObjectManager: properties by interface, and those by object.
using ObjectPaths = QList<QDBusObjectPath>;
using InterfaceProperties = QMap<QString, QVariantMap>;
using ManagedObjects = QMap<QDBusObjectPath, InterfaceProperties>;

QDBusArgument& operator<<(QDBusArgument& argument, const ClockSample& sample);
const QDBusArgument& operator>>(const QDBusArgument& argument, ClockSample& sample);
QDBusArgument& operator<<(QDBusArgument& argument, const ServedClient& client);
const QDBusArgument& operator>>(const QDBusArgument& argument, ServedClient& client);

// Call once before the first use of a proxy or adaptor.
void registerTypes();

} // namespace foliot::bus

Q_DECLARE_METATYPE(foliot::bus::ClockSample)
Q_DECLARE_METATYPE(foliot::bus::ServedClient)
