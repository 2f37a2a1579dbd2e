// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/properties.h"

#include "bus/types.h"
#include "daemon/publisher/property_values.h"

namespace foliot::daemon {

using namespace Qt::StringLiterals;

namespace {

using Counts = std::array<std::uint64_t, nts::allAlgorithms.size()>;

QVariant byAlgorithm(const Counts& counts)
{
    bus::CountByReason result;
    for (std::size_t i = 0; i < counts.size(); ++i)
        if (counts[i] != 0)
            result.insert(textOf(nts::algorithmName(nts::allAlgorithms[i])), counts[i]);
    return QVariant::fromValue(result);
}

QVariant refused(const KeyExchangeCounters& counters)
{
    bus::CountByReason result;
    for (const KeyExchangeEnd end : allKeyExchangeEnds)
        if (end != KeyExchangeEnd::Granted && counters.of(end) != 0)
            result.insert(textOf(keyExchangeEndWord(end)), counters.of(end));
    if (counters.acceptFailures != 0)
        result.insert(u"no-room"_s, counters.acceptFailures);
    return QVariant::fromValue(result);
}

QVariantMap identityMap(const ServedIdentity& identity)
{
    QVariantMap map{{u"file"_s, identity.file}, {u"problem"_s, identity.problem}};
    if (identity.certificate) {
        map.insert(u"names"_s, identity.certificate->names);
        map.insert(u"issuer"_s, identity.certificate->issuer);
        map.insert(u"validFromUSec"_s, microseconds(identity.certificate->validFrom));
        map.insert(u"expiresUSec"_s, microseconds(identity.certificate->expires));
    }
    return map;
}

} // namespace

QVariantMap ntsServerProperties(const NtsServerReport& report, const ServerCounters& counters)
{
    const KeyExchangeReport& exchange = report.keyExchange;
    bus::Dictionaries certificates;
    for (const ServedIdentity& identity : exchange.identities)
        certificates.append(identityMap(identity));
    // Unlike every other moment it may be before the machine's start.
    const auto moment = [&report](BootTime time) {
        const auto sinceBoot = std::chrono::floor<std::chrono::microseconds>(time.time_since_epoch()).count();
        return QVariant::fromValue<qlonglong>(report.keys == 0 ? 0 : sinceBoot);
    };
    return {
        {u"Wanted"_s, report.isWanted},
        {u"Addresses"_s, exchange.addresses},
        {u"Problems"_s, report.problems},
        {u"Threads"_s, static_cast<uint>(exchange.threads)},
        {u"Certificates"_s, QVariant::fromValue(certificates)},
        {u"KeyExchanges"_s, counter(exchange.counters.of(KeyExchangeEnd::Granted))},
        {u"Refused"_s, refused(exchange.counters)},
        {u"Connections"_s, static_cast<uint>(exchange.counters.open)},
        {u"MostConnections"_s, static_cast<uint>(exchange.mostConnections)},
        {u"Answered"_s, byAlgorithm(counters.protectedWith)},
        {u"Cookies"_s, byAlgorithm(counters.cookiesFor)},
        {u"Refusals"_s, counter(counters.unreadableCookies + counters.notAuthenticByNts)},
        {u"CookieKeys"_s, static_cast<uint>(report.keys)},
        {u"CookieKeyMadeBoottimeUSec"_s, moment(report.newestMade)},
        {u"NextCookieKeyBoottimeUSec"_s, moment(report.nextDue)},
    };
}

} // namespace foliot::daemon
