// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/server_rules.h"

#include "config/prefix.h"
#include "daemon/net/random.h"
#include "daemon/server/local_networks.h"
#include "ntp/octets.h"

#include <span>

namespace foliot::daemon {

namespace {

void addRules(std::vector<AccessRule>& rules, const std::string& text, bool isAllowed)
{
    const auto prefix = config::parsePrefix(text);
    if (!prefix)
        return; // the configuration was checked when it was read
    const auto octets = std::as_bytes(std::span(prefix->octets));
    switch (prefix->kind) {
    case config::PrefixKind::All:
        rules.push_back({.address = {}, .length = 0, .isAllowed = isAllowed});
        rules.push_back({.address = {.isIpv6 = true}, .length = 0, .isAllowed = isAllowed});
        return;
    case config::PrefixKind::Local:
        for (AccessRule rule : localNetworks()) {
            rule.isAllowed = isAllowed;
            rules.push_back(rule);
        }
        return;
    case config::PrefixKind::Ipv4:
        rules.push_back({.address = {.high = std::uint64_t{ntp::readBigEndian<std::uint32_t>(octets, 0)} << 32},
            .length = prefix->length,
            .isAllowed = isAllowed});
        return;
    case config::PrefixKind::Ipv6:
        rules.push_back({.address = {.high = ntp::readBigEndian<std::uint64_t>(octets, 0),
                             .low = ntp::readBigEndian<std::uint64_t>(octets, 8),
                             .isIpv6 = true},
            .length = prefix->length,
            .isAllowed = isAllowed});
        return;
    }
}

} // namespace

AccessList accessListOf(const config::Server& settings)
{
    std::vector<AccessRule> rules;
    for (const std::string& text : settings.allow)
        addRules(rules, text, true);
    for (const std::string& text : settings.deny)
        addRules(rules, text, false);
    return AccessList(std::move(rules));
}

ResponderSettings responderSettingsOf(const config::Server& settings)
{
    return {.limit = {.perSecond = settings.rateLimit,
                .burst = settings.rateBurst,
                .prefixes = {.ipv4 = settings.ratePrefixIpv4, .ipv6 = settings.ratePrefixIpv6},
                .entries = static_cast<std::size_t>(settings.rateClients)},
        .interleavedReplies = static_cast<std::size_t>(settings.interleavedReplies),
        .clientLog = static_cast<std::size_t>(settings.clientLog),
        .isSilentUnsynchronized = settings.silentUnsynchronized,
        .key = {randomTransmitTimestamp(), randomTransmitTimestamp()}};
}

} // namespace foliot::daemon
