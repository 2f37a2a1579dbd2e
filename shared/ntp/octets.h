// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Numbers in network byte order, read and written by index in a span: whoever reads checks the length first, and a
// mistake there ends the program instead of reading beyond the packet.

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <span>

namespace foliot::ntp {

template<std::unsigned_integral Number>
constexpr Number inNetworkOrder(Number number)
{
    return std::endian::native == std::endian::little ? std::byteswap(number) : number;
}

template<std::unsigned_integral Number>
constexpr Number readBigEndian(std::span<const std::byte> octets, std::size_t offset)
{
    std::array<std::byte, sizeof(Number)> part{};
    std::ranges::copy(octets.subspan(offset, sizeof(Number)), part.begin());
    return inNetworkOrder(std::bit_cast<Number>(part));
}

template<std::unsigned_integral Number>
constexpr void writeBigEndian(std::span<std::byte> octets, std::size_t offset, Number number)
{
    const auto part = std::bit_cast<std::array<std::byte, sizeof(Number)>>(inNetworkOrder(number));
    std::ranges::copy(part, octets.subspan(offset, sizeof(Number)).begin());
}

} // namespace foliot::ntp
