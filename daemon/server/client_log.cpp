// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/client_log.h"

#include "daemon/server/address_hash.h"

#include <algorithm>
#include <bit>
#include <functional>
#include <limits>
#include <tuple>

namespace foliot::daemon {

namespace {

std::uint32_t secondsOf(RealTime time)
{
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::seconds>(time.time_since_epoch()).count());
}

RealTime timeOf(std::uint32_t seconds)
{
    return RealTime{std::chrono::seconds(seconds)};
}

void countUp(std::uint32_t& count)
{
    count += count < std::numeric_limits<std::uint32_t>::max() ? 1U : 0U;
}

} // namespace

ClientLog::ClientLog(std::size_t entries, const SteeringPrefixes& prefixes, const SipKey& key)
    : m_prefixes(prefixes)
    , m_key(key)
    , m_groups(entries > 0 ? std::bit_ceil(std::max(entries / std::tuple_size_v<Group>, std::size_t{1})) : 0)
{}

NetworkAddress ClientLog::prefixOfClient(const NetworkAddress& client) const
{
    return prefixOf(client, client.isIpv6 ? m_prefixes.ipv6 : m_prefixes.ipv4);
}

void ClientLog::note(const NetworkAddress& client, RealTime at, const ClientEvent& event)
{
    const auto prefix = prefixOfClient(client);
    Group& group = m_groups[hashOf(m_key, prefix) & (m_groups.size() - 1)];
    std::array<Entry, std::tuple_size_v<Group>> entries;
    std::ranges::transform(
        group, entries.begin(), [](const Place& place) { return place.tryRead().value_or(Entry{}); });
    auto found = std::ranges::find_if(entries, [&](const Entry& entry) { return entry.isOf(prefix); });
    if (found == entries.end())
        found = std::ranges::min_element(
            entries, {}, [](const Entry& entry) { return std::tuple(entry.hold, entry.isUsed); });
    Entry& entry = *found;
    if (!entry.isOf(prefix)) {
        if (entry.hold > 0) {
            --entry.hold;
            return group[static_cast<std::size_t>(found - entries.begin())].write(entry);
        }
        entry = {.high = prefix.high,
            .low = prefix.low,
            .firstSeenS = secondsOf(at),
            .isIpv6 = prefix.isIpv6,
            .isUsed = true};
    }
    countUp(entry.hold);
    entry.lastSeenS = secondsOf(at);
    ++entry.received;
    entry.answered += event.isAnswered ? 1U : 0U;
    if (event.isLimited)
        countUp(entry.limited);
    if (event.isAuthenticated)
        countUp(entry.authenticated);
    if (event.version != 0)
        entry.version = event.version;
    group[static_cast<std::size_t>(found - entries.begin())].write(entry);
}

ClientRecord ClientLog::recordOf(const Entry& entry, const SteeringPrefixes& prefixes)
{
    return {.address = {.high = entry.high, .low = entry.low, .isIpv6 = entry.isIpv6},
        .prefixLength = entry.isIpv6 ? prefixes.ipv6 : prefixes.ipv4,
        .firstSeen = timeOf(entry.firstSeenS),
        .lastSeen = timeOf(entry.lastSeenS),
        .received = entry.received,
        .answered = entry.answered,
        .limited = entry.limited,
        .authenticated = entry.authenticated,
        .version = entry.version};
}

std::vector<ClientRecord> ClientLog::records() const
{
    constexpr int tries = 100; // the writer is busy with one entry for nanoseconds
    std::vector<ClientRecord> records;
    for (const Group& group : m_groups) {
        for (const Place& place : group) {
            auto entry = place.tryRead();
            for (int i = 1; i < tries && !entry; ++i)
                entry = place.tryRead();
            if (entry && entry->isUsed)
                records.push_back(recordOf(*entry, m_prefixes));
        }
    }
    return records;
}

std::vector<ClientRecord> merged(std::vector<ClientRecord> records)
{
    std::ranges::sort(
        records, {}, [](const ClientRecord& record) { return std::tuple(record.address, record.lastSeen); });
    std::vector<ClientRecord> result;
    for (const ClientRecord& record : records) {
        if (result.empty() || result.back().address != record.address) {
            result.push_back(record);
            continue;
        }
        ClientRecord& client = result.back();
        client.firstSeen = std::min(client.firstSeen, record.firstSeen);
        client.lastSeen = record.lastSeen;
        client.received += record.received;
        client.answered += record.answered;
        client.limited += record.limited;
        client.authenticated += record.authenticated;
        client.version = record.version != 0 ? record.version : client.version;
    }
    return result;
}

std::vector<ClientRecord> busiest(std::vector<ClientRecord> records, std::size_t most)
{
    const auto shown = records.begin() + static_cast<std::ptrdiff_t>(std::min(most, records.size()));
    std::ranges::partial_sort(records, shown, std::greater{},
        [](const ClientRecord& record) { return std::tuple(record.received, record.lastSeen, record.address); });
    records.erase(shown, records.end());
    return records;
}

} // namespace foliot::daemon
