// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/interleave_store.h"

#include <algorithm>
#include <bit>
#include <span>

namespace foliot::daemon {

InterleaveStore::InterleaveStore(std::size_t entries, const SipKey& key)
    : m_key(key)
    , m_entries(entries == 0 ? 0 : std::bit_ceil(std::max(entries, entriesPerLine)))
{}

void InterleaveStore::forgetAll()
{
    std::ranges::fill(m_entries, Entry{});
}

std::uint64_t InterleaveStore::tagOf(const NetworkAddress& client, ntp::Timestamp receive) const
{
    const std::array<std::uint64_t, 4> words{client.high, client.low, client.isIpv6 ? 1U : 0U, receive.bits()};
    return std::max(siphash(m_key, words), std::uint64_t{1});
}

std::size_t InterleaveStore::firstOf(std::uint64_t tag) const
{
    return tag & (m_entries.size() - 1) & ~(entriesPerLine - 1);
}

std::optional<InterleaveStore::Ticket> InterleaveStore::remember(const NetworkAddress& client, ntp::Timestamp receive)
{
    if (m_entries.empty())
        return std::nullopt;
    const auto tag = tagOf(client, receive);
    const auto first = firstOf(tag);
    const auto line = std::span(m_entries).subspan(first, entriesPerLine);
    const auto oldest = std::ranges::min_element(line, {}, &Entry::age);
    *oldest = {.tag = tag, .transmit = 0, .age = ++m_count};
    return Ticket{
        .place = static_cast<std::uint32_t>(first + static_cast<std::size_t>(oldest - line.begin())), .tag = tag};
}

void InterleaveStore::left(const Ticket& ticket, ntp::Timestamp transmit)
{
    if (ticket.place < m_entries.size() && m_entries[ticket.place].tag == ticket.tag)
        m_entries[ticket.place].transmit = transmit.bits();
}

std::optional<ntp::Timestamp> InterleaveStore::take(const NetworkAddress& client, ntp::Timestamp receive)
{
    if (m_entries.empty())
        return std::nullopt;
    const auto tag = tagOf(client, receive);
    for (Entry& entry : std::span(m_entries).subspan(firstOf(tag), entriesPerLine)) {
        if (entry.tag == tag && entry.transmit != 0) {
            const ntp::Timestamp transmit{entry.transmit};
            entry = {};
            return transmit;
        }
    }
    return std::nullopt;
}

} // namespace foliot::daemon
