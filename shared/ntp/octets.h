// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Numbers in network byte order, read and written by index in a span: whoever reads checks the length first, and a
// mistake there ends the program instead of reading beyond the packet.

#include <concepts>
#include <cstddef>
#include <span>

namespace foliot::ntp {

template<std::unsigned_integral Number>
constexpr Number readBigEndian(std::span<const std::byte> octets, std::size_t offset)
{
    Number number = 0;
    for (const std::byte octet : octets.subspan(offset, sizeof(Number))) {
        if constexpr (sizeof(Number) > 1) {
            number = static_cast<Number>(number << 8);
        }
        number = static_cast<Number>(number | std::to_integer<Number>(octet));
    }
    return number;
}

template<std::unsigned_integral Number>
constexpr void writeBigEndian(std::span<std::byte> octets, std::size_t offset, Number number)
{
    for (std::size_t i = 0; i < sizeof(Number); ++i) {
        octets[offset + i] = static_cast<std::byte>(number >> (8 * (sizeof(Number) - 1 - i)) & 0xff);
    }
}

} // namespace foliot::ntp
