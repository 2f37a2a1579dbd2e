// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/key_exchange_rules.h"

#include "config/nts_server.h"

#include <algorithm>
#include <ranges>

namespace foliot::daemon {

namespace {

// One client, which may be a whole network behind one address, has so many of all connections.
std::size_t connectionsOfOne(std::size_t inAll)
{
    constexpr std::size_t least = 8;
    constexpr std::size_t share = 16;
    return std::max(inAll / share, least);
}

} // namespace

KeyExchangeSettings keyExchangeSettingsOf(const config::Config& config)
{
    const config::NtsServer& nts = config.ntsServer;
    const config::Server& server = config.server;
    const auto inAll = static_cast<std::size_t>(nts.maxConnections);
    KeyExchangeSettings settings{.threads = static_cast<unsigned>(nts.workers),
        .limit = {.inAll = inAll,
            .ofOne = connectionsOfOne(inAll),
            .rate = {.perSecond = nts.rateLimit,
                .burst = nts.rateBurst,
                .prefixes = {.ipv4 = server.ratePrefixIpv4, .ipv6 = server.ratePrefixIpv6},
                .entries = static_cast<std::size_t>(server.rateClients)}},
        .timeLimit = std::chrono::duration_cast<std::chrono::milliseconds>(nts.timeLimit),
        .told = {.name = nts.ntpServer, .port = config::toldNtpPort(config)}};
    for (const auto& [chain, key] : std::views::zip(nts.certificates, nts.privateKeys))
        settings.identities.push_back({.chain = chain, .key = key});
    for (const std::string& text : config::keyExchangeAddresses(config))
        if (const auto address = numericEndpoint(text, nts.port)) // the configuration was checked when it was read
            settings.addresses.push_back(*address);
    return settings;
}

} // namespace foliot::daemon
