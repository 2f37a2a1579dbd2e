// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/access_list.h"

#include <algorithm>
#include <optional>
#include <tuple>

namespace foliot::daemon {

namespace {

constexpr int ipv4Length = 32;
constexpr int ipv6Length = 128;

auto keyOf(const NetworkAddress& address)
{
    return std::tuple(address.isIpv6, address.high, address.low);
}

// The first address behind the prefix; empty when there is none.
std::optional<NetworkAddress> behind(const NetworkAddress& prefix, int length)
{
    if (length == 0)
        return std::nullopt;
    NetworkAddress next = prefix;
    if (length > 64) {
        next.low += std::uint64_t{1} << (ipv6Length - length);
        if (next.low == 0 && ++next.high == 0)
            return std::nullopt;
        return next;
    }
    next.high += std::uint64_t{1} << (64 - length);
    return next.high == 0 ? std::nullopt : std::optional(next);
}

} // namespace

AccessList::AccessList(std::vector<AccessRule> rules)
{
    for (AccessRule& rule : rules) {
        rule.length = std::clamp(rule.length, 0, rule.address.isIpv6 ? ipv6Length : ipv4Length);
        rule.address = prefixOf(rule.address, rule.length);
    }
    // What is within another comes after it; of two for the same prefix the last one counts, which is the one that denies.
    std::ranges::sort(rules, {}, [](const AccessRule& rule) {
        return std::tuple_cat(keyOf(rule.address), std::tuple(rule.length, !rule.isAllowed));
    });
    struct Open {
        std::optional<NetworkAddress> end;
        bool isAllowed;
        bool isIpv6;
    };
    std::vector<Open> open; // the rules around the place that the walk has come to, the innermost last
    const auto put = [this](const NetworkAddress& first, bool isAllowed) {
        if (!m_ranges.empty() && m_ranges.back().first == first)
            m_ranges.back().isAllowed = isAllowed;
        else
            m_ranges.push_back({first, isAllowed});
    };
    const auto closeInnermost = [&] {
        const Open closed = open.back();
        open.pop_back();
        if (closed.end)
            put(*closed.end, !open.empty() && open.back().isIpv6 == closed.isIpv6 && open.back().isAllowed);
    };
    const auto isOver = [&](const NetworkAddress& next) {
        return open.back().isIpv6 != next.isIpv6 || (open.back().end && keyOf(*open.back().end) <= keyOf(next));
    };
    put({}, false);
    for (const AccessRule& rule : rules) {
        while (!open.empty() && isOver(rule.address))
            closeInnermost();
        if (rule.address.isIpv6 && (m_ranges.empty() || !m_ranges.back().first.isIpv6))
            put({.isIpv6 = true}, false);
        put(rule.address, rule.isAllowed);
        open.push_back({behind(rule.address, rule.length), rule.isAllowed, rule.address.isIpv6});
    }
    while (!open.empty())
        closeInnermost();
    if (!m_ranges.back().first.isIpv6)
        put({.isIpv6 = true}, false);
}

bool AccessList::allows(const NetworkAddress& address) const
{
    const auto next =
        std::ranges::upper_bound(m_ranges, keyOf(address), {}, [](const Range& range) { return keyOf(range.first); });
    return next != m_ranges.begin() && std::prev(next)->isAllowed;
}

} // namespace foliot::daemon
