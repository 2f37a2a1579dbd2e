// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Blocks of AES, and what CMAC (RFC 4493), S2V and the counter mode of SIV (RFC 5297) do with them beside encrypting. Defined
// here for the compiler to see through, since a message is few blocks. Used by Siv.

#include "ntp/octets.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <span>

namespace foliot::nts {

inline constexpr std::size_t blockLength = 16;

using Block = std::array<std::byte, blockLength>;
using BlockWords = std::array<std::uint64_t, 2>; // in network order

inline Block sumOf(const Block& one, const Block& other)
{
    const auto first = std::bit_cast<BlockWords>(one);
    const auto second = std::bit_cast<BlockWords>(other);
    return std::bit_cast<Block>(BlockWords{first[0] ^ second[0], first[1] ^ second[1]});
}

// By pointers, so that it is one instruction; the compiler sees through the spans' iterators less well.
inline Block blockAt(std::span<const std::byte> octets, std::size_t offset)
{
    Block block{};
    std::copy_n(octets.subspan(offset, blockLength).data(), blockLength, block.data());
    return block;
}

inline void placeBlock(std::span<std::byte> octets, std::size_t offset, const Block& block)
{
    std::copy_n(block.data(), blockLength, octets.subspan(offset, blockLength).data());
}

inline std::size_t blocksOf(std::size_t length)
{
    return (length + blockLength - 1) / blockLength;
}

// Multiplication by x in the field of 128 bits, RFC 5297 section 2.3. Without a branch on what is secret.
inline Block doubled(const Block& block)
{
    const auto words = std::bit_cast<BlockWords>(block);
    const std::uint64_t high = ntp::inNetworkOrder(words[0]);
    const std::uint64_t low = ntp::inNetworkOrder(words[1]);
    const std::uint64_t carry = high >> 63;
    return std::bit_cast<Block>(BlockWords{
        ntp::inNetworkOrder(high << 1 | low >> 63), ntp::inNetworkOrder(low << 1 ^ carry * std::uint64_t{0x87})});
}

// Copies a message into so many blocks, padded as CMAC does it. What of it is added before to its last 16 octets: optional.
// Returns whether there was anything to pad.
inline bool layOut(std::span<const std::byte> message, const Block* xorEnd, std::span<Block> blocks)
{
    const std::span octets = std::as_writable_bytes(blocks);
    std::ranges::copy(message, octets.begin());
    if (xorEnd) {
        const std::size_t end = message.size() - blockLength;
        placeBlock(octets, end, sumOf(blockAt(octets, end), *xorEnd));
    }
    const std::span rest = octets.subspan(message.size());
    if (rest.empty()) {
        return false;
    }
    std::ranges::fill(rest, std::byte{0});
    rest.front() = std::byte{0x80};
    return true;
}

// RFC 5297 section 2.5: two bits are cleared for those who count in words of 32 bits. That so little is counted that no carry leaves
// the second word is true of whatever fits a packet.
inline Block counterOf(Block iv)
{
    iv[8] &= std::byte{0x7f};
    iv[12] &= std::byte{0x7f};
    return iv;
}

inline void addStream(std::span<const Block> stream, std::span<const std::byte> text, std::span<std::byte> sum)
{
    const std::size_t whole = text.size() / blockLength;
    for (std::size_t i = 0; i < whole; ++i) {
        const std::size_t offset = i * blockLength;
        placeBlock(sum, offset, sumOf(blockAt(text, offset), stream[i]));
    }
    for (std::size_t i = whole * blockLength; i < text.size(); ++i) {
        sum[i] = text[i] ^ stream[whole][i % blockLength];
    }
}

} // namespace foliot::nts
