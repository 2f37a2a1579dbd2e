// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/types.h"

#include <QDBusMetaType>

namespace foliot::bus {

QDBusArgument& operator<<(QDBusArgument& argument, const ClockSample& sample)
{
    argument.beginStructure();
    argument << sample.boottimeUSec << sample.offsetSeconds << sample.uncertaintySeconds << sample.boundSeconds
             << sample.jitterSeconds << sample.frequencyPpm;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, ClockSample& sample)
{
    argument.beginStructure();
    argument >> sample.boottimeUSec >> sample.offsetSeconds >> sample.uncertaintySeconds >> sample.boundSeconds >>
        sample.jitterSeconds >> sample.frequencyPpm;
    argument.endStructure();
    return argument;
}

QDBusArgument& operator<<(QDBusArgument& argument, const ServedClient& client)
{
    argument.beginStructure();
    argument << client.address << client.firstSeenUSec << client.lastSeenUSec << client.received << client.answered
             << client.limited << client.authenticated << client.version;
    argument.endStructure();
    return argument;
}

const QDBusArgument& operator>>(const QDBusArgument& argument, ServedClient& client)
{
    argument.beginStructure();
    argument >> client.address >> client.firstSeenUSec >> client.lastSeenUSec >> client.received >> client.answered >>
        client.limited >> client.authenticated >> client.version;
    argument.endStructure();
    return argument;
}

void registerTypes()
{
    qDBusRegisterMetaType<ClockSample>();
    qDBusRegisterMetaType<ClockSamples>();
    qDBusRegisterMetaType<ServedClient>();
    qDBusRegisterMetaType<ServedClients>();
    qDBusRegisterMetaType<Dictionaries>();
    qDBusRegisterMetaType<CountByReason>();
    qDBusRegisterMetaType<ObjectPaths>();
    qDBusRegisterMetaType<InterfaceProperties>();
    qDBusRegisterMetaType<ManagedObjects>();
    // QtDBus looks slots and adaptors up by the name that their declaration uses.
    qRegisterMetaType<ClockSamples>("foliot::bus::ClockSamples");
    qRegisterMetaType<ServedClients>("foliot::bus::ServedClients");
    qRegisterMetaType<Dictionaries>("foliot::bus::Dictionaries");
    qRegisterMetaType<CountByReason>("foliot::bus::CountByReason");
    qRegisterMetaType<ObjectPaths>("foliot::bus::ObjectPaths");
    qRegisterMetaType<InterfaceProperties>("foliot::bus::InterfaceProperties");
    qRegisterMetaType<ManagedObjects>("foliot::bus::ManagedObjects");
}

} // namespace foliot::bus
