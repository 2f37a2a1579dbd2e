// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/hex.h"

#include <charconv>
#include <format>
#include <iterator>
#include <memory>

namespace foliot::daemon {

namespace {

constexpr std::string_view nothing = "-";

} // namespace

void appendHex(std::string& text, std::span<const std::byte> octets)
{
    if (octets.empty())
        text += nothing;
    for (const std::byte octet : octets)
        std::format_to(std::back_inserter(text), "{:02x}", std::to_integer<unsigned>(octet));
}

std::optional<std::vector<std::byte>> octetsOfHex(std::string_view hex)
{
    std::vector<std::byte> octets;
    if (hex == nothing)
        return octets;
    if (hex.empty() || hex.size() % 2 != 0)
        return std::nullopt;
    octets.reserve(hex.size() / 2);
    for (; !hex.empty(); hex.remove_prefix(2)) {
        unsigned value = 0;
        const auto digits = hex.substr(0, 2);
        const auto end = std::to_address(digits.end());
        if (std::from_chars(std::to_address(digits.begin()), end, value, 16).ptr != end)
            return std::nullopt;
        octets.push_back(static_cast<std::byte>(value));
    }
    return octets;
}

} // namespace foliot::daemon
