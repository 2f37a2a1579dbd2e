// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/properties.h"

#include "bus/types.h"
#include "daemon/publisher/property_values.h"
#include "ntp/octets.h"

#include <QHostAddress>

#include <span>

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

QString wishWord(ServingWish wish)
{
    switch (wish) {
    case ServingWish::Nobody:
        return u"nobody"_s;
    case ServingWish::Configuration:
        return u"configuration"_s;
    case ServingWish::Request:
        return u"request"_s;
    case ServingWish::KeptRequest:
        return u"kept-request"_s;
    }
    Q_UNREACHABLE_RETURN({});
}

// "192.0.2.1", or "2001:db8::/64" of a network.
QString clientText(const ClientRecord& client)
{
    const auto text = [&] {
        if (!client.address.isIpv6)
            return QHostAddress(static_cast<quint32>(client.address.high >> 32)).toString();
        Q_IPV6ADDR octets{};
        ntp::writeBigEndian(std::as_writable_bytes(std::span(octets.c)), 0, client.address.high);
        ntp::writeBigEndian(std::as_writable_bytes(std::span(octets.c)), 8, client.address.low);
        return QHostAddress(octets).toString();
    }();
    const int whole = client.address.isIpv6 ? 128 : 32;
    return client.prefixLength == whole ? text : u"%1/%2"_s.arg(text).arg(client.prefixLength);
}

} // namespace

bus::ServedClient servedClient(const ClientRecord& client)
{
    return {.address = clientText(client),
        .firstSeenUSec = microseconds(client.firstSeen),
        .lastSeenUSec = microseconds(client.lastSeen),
        .received = client.received,
        .answered = client.answered,
        .limited = client.limited,
        .authenticated = client.authenticated,
        .version = client.version};
}

QVariantMap serverProperties(const ServerReport& report)
{
    const ServerCounters& counters = report.counters;
    bus::CountByReason dropped;
    const auto count = [&dropped](const QString& reason, std::uint64_t number) {
        if (number != 0)
            dropped.insert(reason, number);
    };
    for (std::size_t i = 0; i < counters.rejected.size(); ++i)
        count(textOf(ntp::rejectionWord(ntp::allRejections[i])), counters.rejected[i]);
    count(u"denied"_s, counters.denied);
    count(u"rate-limited"_s, counters.rateLimited);
    count(u"unsynchronized"_s, counters.unsynchronized);
    count(u"clock-stepped"_s, counters.clockStepped);
    count(u"send-failed"_s, counters.sendFailures);
    count(u"lost-on-purpose"_s, counters.lostOnPurpose);
    count(u"overload"_s, counters.overload);
    bus::CountByReason byVersion;
    for (std::size_t version = 1; version < counters.ofVersion.size(); ++version)
        if (counters.ofVersion[version] != 0)
            byVersion.insert(QString::number(version), counters.ofVersion[version]);
    return {
        {u"WantedBy"_s, wishWord(report.wish)},
        {u"Enabled"_s, report.isServing()},
        {u"Addresses"_s, report.addresses},
        {u"Problems"_s, report.problems},
        {u"Threads"_s, static_cast<uint>(report.threads)},
        {u"ReceiveBufferBytes"_s, static_cast<uint>(report.receiveBuffer)},
        {u"Received"_s, counter(counters.received)},
        {u"Answered"_s, counter(counters.answered)},
        {u"Authenticated"_s, counter(counters.authenticated)},
        {u"NtsProtected"_s, counter(counters.protectedByNts())},
        {u"NtsUnreadableCookies"_s, counter(counters.unreadableCookies)},
        {u"NtsNotAuthentic"_s, counter(counters.notAuthenticByNts)},
        {u"Interleaved"_s, counter(counters.interleaved)},
        {u"Kissed"_s, counter(counters.kisses)},
        {u"AnsweredByVersion"_s, QVariant::fromValue(byVersion)},
        {u"Dropped"_s, QVariant::fromValue(dropped)},
    };
}

} // namespace foliot::daemon
