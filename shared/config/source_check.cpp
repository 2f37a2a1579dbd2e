// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/source_check.h"

#include <algorithm>
#include <format>

namespace foliot::config {

void SourceCheck::checkAddress(Source& source, const Positions& positions, Position header)
{
    const auto written = positions.find("address");
    if (written == positions.end())
        return m_problems.add(header, "source.address", "must be there");
    auto address = parseServerAddress(source.address);
    if (!address) {
        // A wrong type was told already and left the address empty.
        if (!source.address.empty() || m_problems.errors().empty() ||
            m_problems.errors().back().key != "source.address")
            m_problems.add(
                written->second, "source.address", std::format("\"{}\": {}", source.address, address.error()));
        return;
    }
    if (address->port && positions.contains("port"))
        m_problems.add(positions.at("port"), "source.port", "the address has a port already");
    source.port = address->port.value_or(source.port);
    source.address = address->host;
    address->port = source.port;
    const auto isSame = [&](const Address& other) { return isSameEndpoint(other, *address); };
    if (std::ranges::any_of(m_addresses, isSame))
        return m_problems.add(written->second, "source.address",
            std::format("\"{}\" is a source already", writeAddress(source.address, source.port)));
    m_addresses.push_back(*address);
}

void SourceCheck::check(Source& source, const Positions& positions, Position header)
{
    if (source.nts && !positions.contains("port"))
        source.port = keyExchangePort;
    checkAddress(source, positions, header);
    if (source.nts && source.port == ntpPort)
        m_problems.warn(positions.at(positions.contains("port") ? "port" : "address"), "source.port",
            std::format("keys are exchanged at a port of their own, not at NTP's {}", ntpPort),
            std::format("take the port away for the usual {}", keyExchangePort));
    if (source.profile == PollProfile::Precise && !positions.contains("minpoll"))
        source.minPoll = std::min(preciseMinPoll, source.maxPoll);
    const auto place = [&](std::string_view key) {
        const auto position = positions.find(key);
        return position == positions.end() ? header : position->second;
    };
    if (source.minPoll > source.maxPoll) {
        const bool hasMax = positions.contains("maxpoll");
        m_problems.add(place(hasMax ? "maxpoll" : "minpoll"), hasMax ? "source.maxpoll" : "source.minpoll",
            std::format("minpoll {} is larger than maxpoll {}{}", source.minPoll, source.maxPoll,
                hasMax ? "" : ", its default"));
    }
    if (positions.contains("maxsources") && !source.pool)
        m_problems.add(place("maxsources"), "source.maxsources", "only a pool has several servers", "add pool = true");
    if (source.key != 0)
        m_keys.push_back(place("key"));
    if (source.nts && source.key != 0)
        m_problems.add(place("key"), "source.key", "a source is authenticated by nts or by a key", "take one away");
    if (source.nts && source.version != 4)
        m_problems.add(
            place("version"), "source.version", "only version 4 can be authenticated", "take version or nts away");
    const auto contradictsNoSelect = [&](bool isSet, const char* key, std::string_view what) {
        if (isSet && source.noSelect)
            m_problems.add(place(key), std::format("source.{}", key),
                std::format("a source that is never used cannot be {}", what),
                std::format("take {} or noselect away", key));
    };
    contradictsNoSelect(source.prefer, "prefer", "preferred");
    contradictsNoSelect(source.trust, "trust", "trusted");
    contradictsNoSelect(source.require, "require", "required");
}

} // namespace foliot::config
