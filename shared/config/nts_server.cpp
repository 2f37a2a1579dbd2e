// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/nts_server.h"

#include "config/address.h"

#include <algorithm>

namespace foliot::config {

namespace {

std::uint16_t ntpPortOf(const std::string& listen)
{
    const auto address = parseAddress(listen);
    return address && address->port ? *address->port : ntpPort;
}

} // namespace

bool servesNts(const Config& config)
{
    return !config.ntsServer.certificates.empty() && !config.server.listen.empty();
}

std::vector<std::string> keyExchangeAddresses(const Config& config)
{
    const NtsServer& settings = config.ntsServer;
    const bool hasOwn = !settings.listen.empty();
    std::vector<std::string> addresses;
    for (const std::string& text : hasOwn ? settings.listen : config.server.listen) {
        const auto address = parseAddress(text);
        if (!address)
            continue; // the configuration was checked when it was read
        const auto port = hasOwn ? address->port.value_or(settings.port) : settings.port;
        if (auto written = writeAddress(address->host, port); !std::ranges::contains(addresses, written))
            addresses.push_back(std::move(written));
    }
    return addresses;
}

std::optional<std::uint16_t> toldNtpPort(const Config& config)
{
    if (config.ntsServer.ntpPort)
        return static_cast<std::uint16_t>(*config.ntsServer.ntpPort);
    const auto& listen = config.server.listen;
    if (listen.empty() || std::ranges::contains(listen, ntpPort, ntpPortOf))
        return {};
    return ntpPortOf(listen.front());
}

} // namespace foliot::config
