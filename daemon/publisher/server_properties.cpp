// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/properties.h"

#include "bus/types.h"

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

} // namespace

QVariantMap serverProperties(const ServerReport& report)
{
    const ServerCounters& counters = report.counters;
    bus::CountByReason dropped;
    const auto count = [&dropped](const QString& reason, std::uint64_t number) {
        if (number != 0)
            dropped.insert(reason, number);
    };
    for (std::size_t i = 0; i < counters.rejected.size(); ++i) {
        const auto reason = ntp::rejectionWord(ntp::allRejections[i]);
        count(QString::fromUtf8(reason.data(), static_cast<qsizetype>(reason.size())), counters.rejected[i]);
    }
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
    const auto number = [](std::uint64_t value) { return QVariant::fromValue<qulonglong>(value); };
    return {
        {u"WantedBy"_s, wishWord(report.wish)},
        {u"Enabled"_s, report.isServing()},
        {u"Addresses"_s, report.addresses},
        {u"Problems"_s, report.problems},
        {u"Threads"_s, static_cast<uint>(report.threads)},
        {u"ReceiveBufferBytes"_s, static_cast<uint>(report.receiveBuffer)},
        {u"Received"_s, number(counters.received)},
        {u"Answered"_s, number(counters.answered)},
        {u"Authenticated"_s, number(counters.authenticated)},
        {u"Interleaved"_s, number(counters.interleaved)},
        {u"Kissed"_s, number(counters.kisses)},
        {u"AnsweredByVersion"_s, QVariant::fromValue(byVersion)},
        {u"Dropped"_s, QVariant::fromValue(dropped)},
    };
}

} // namespace foliot::daemon
