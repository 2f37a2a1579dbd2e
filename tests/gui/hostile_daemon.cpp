// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/hostile_daemon.h"

#include "bus/names.h"

#include <QDBusMessage>

#include <limits>

namespace foliot::tests {

using namespace Qt::StringLiterals;

HostileDaemon::HostileDaemon(const QString& busAddress)
    : m_connection(QDBusConnection::connectToBus(busAddress, u"hostile"_s))
{
    bus::registerTypes();
}

HostileDaemon::~HostileDaemon()
{
    m_connection = QDBusConnection(QString());
    QDBusConnection::disconnectFromBus(u"hostile"_s);
}

bool HostileDaemon::start()
{
    return m_connection.registerVirtualObject(bus::rootPath, this, QDBusConnection::SubPath) &&
           m_connection.registerService(bus::serviceName);
}

void HostileDaemon::stop()
{
    m_connection.unregisterService(bus::serviceName);
    m_connection.unregisterObject(bus::rootPath, QDBusConnection::UnregisterTree);
}

QString HostileDaemon::introspect(const QString&) const
{
    return {};
}

bus::ManagedObjects HostileDaemon::objects() const
{
    constexpr quint64 never = std::numeric_limits<quint64>::max();
    bus::ManagedObjects result;
    QVariantMap clock{{u"Version"_s, name}, {u"Condition"_s, u"synchronized"_s}, {u"ClockType"_s, u"simulated"_s},
        {u"ClockFault"_s, u"none"_s}, {u"Steering"_s, true}, {u"AsOfBoottimeUSec"_s, never},
        {u"LastUpdateBoottimeUSec"_s, never}, {u"Stratum"_s, std::numeric_limits<quint32>::max()},
        {u"ReferenceId"_s, name}, {u"HasAgreement"_s, true}, {u"SelectedSource"_s, u"/org/foliot/Foliot1/source/1"_s}};
    for (const QString& property : {u"OffsetSeconds"_s, u"UncertaintySeconds"_s, u"BoundSeconds"_s, u"BoundGrowthPpm"_s,
             u"FrequencyPpm"_s, u"FrequencyUncertaintyPpm"_s, u"ExtraRatePpm"_s, u"JitterSeconds"_s,
             u"AgreementLowSeconds"_s, u"AgreementHighSeconds"_s, u"RefusedStepSeconds"_s, u"RootDelaySeconds"_s})
        clock.insert(property, number);
    result.insert(QDBusObjectPath(bus::rootPath), {{bus::clockInterface, clock}});
    for (int id = 1; id <= sources; ++id) {
        QVariantMap source{{u"Id"_s, static_cast<quint32>(id)}, {u"Name"_s, name}, {u"Address"_s, name},
            {u"Verdict"_s, u"selected"_s}, {u"Reason"_s, name}, {u"LastError"_s, name}, {u"LastKiss"_s, name},
            {u"ReferenceId"_s, name}, {u"Reach"_s, QVariant::fromValue<uchar>(255)},
            {u"PollSeconds"_s, std::numeric_limits<quint32>::max()}, {u"LastAnswerBoottimeUSec"_s, never},
            {u"Stratum"_s, std::numeric_limits<quint32>::max()}, {u"HasEstimate"_s, true}, {u"HasInterval"_s, true},
            {u"Queries"_s, never}, {u"Answers"_s, never},
            {u"Rejected"_s, QVariant::fromValue(bus::CountByReason{{name, never}})}};
        for (const QString& property : {u"OffsetSeconds"_s, u"OffsetUncertaintySeconds"_s, u"LastOffsetSeconds"_s,
                 u"LastDelaySeconds"_s, u"DelaySeconds"_s, u"JitterSeconds"_s, u"FrequencyPpm"_s, u"RootDelaySeconds"_s,
                 u"RootDispersionSeconds"_s, u"RootDistanceSeconds"_s, u"IntervalLowSeconds"_s,
                 u"IntervalHighSeconds"_s})
            source.insert(property, number);
        result.insert(QDBusObjectPath(bus::sourcePathPrefix + QString::number(id)), {{bus::sourceInterface, source}});
    }
    return result;
}

bool HostileDaemon::handleMessage(const QDBusMessage& message, const QDBusConnection& connection)
{
    QDBusMessage reply = message.createReply();
    if (message.member() == "GetManagedObjects"_L1) {
        reply << QVariant::fromValue(objects());
    } else if (message.member() == "History"_L1) {
        ++historyCalls;
        reply << QVariant::fromValue(past);
    } else if (message.member() == "Get"_L1) {
        reply << QVariant::fromValue(QDBusVariant(name));
    } else {
        return false;
    }
    return connection.send(reply);
}

} // namespace foliot::tests
