// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Blocks in the registers of the processor's instructions for AES, a few of them under way at once. For those files alone that
// use the instructions.

#include "nts/aes.h"

#include <array>
#include <bit>
#include <cstddef>
#include <span>
#include <utility>

#include <immintrin.h>

namespace foliot::nts {

// An instruction's result is there after three or four cycles, and two begin in each: so many are under way at once.
inline constexpr std::size_t mostLanes = 8;
using AllLanes = std::make_index_sequence<mostLanes>;

// A register. In a struct, because its own type has attributes that a container's argument must not have.
struct Lane {
    __m128i bits;
};

template<std::size_t... lane>
using Lanes = std::array<Lane, sizeof...(lane)>;

[[gnu::always_inline]] inline Lane laneOf(const Block& block)
{
    return std::bit_cast<Lane>(block);
}

[[gnu::always_inline]] inline Lane laneAt(std::span<const std::byte> text, std::size_t offset)
{
    return laneOf(blockAt(text, offset));
}

[[gnu::always_inline]] inline void add(Lane& lane, const Lane& other)
{
    lane.bits = _mm_xor_si128(lane.bits, other.bits);
}

} // namespace foliot::nts
