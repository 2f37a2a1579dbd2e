// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Blocks of AES, and what CMAC (RFC 4493), S2V and the counter mode of SIV (RFC 5297) do with them beside encrypting. Defined
// here for the compiler to see through, since a message is few blocks. What goes through memory in parts and comes back as a
// whole takes longer than its encryption, so nothing here does.

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

// A block as a number of 128 bits.
struct WideNumber {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
};

[[gnu::always_inline]] inline WideNumber numberOf(const Block& block)
{
    const auto words = std::bit_cast<std::array<std::uint64_t, 2>>(block);
    return {.high = ntp::inNetworkOrder(words[0]), .low = ntp::inNetworkOrder(words[1])};
}

[[gnu::always_inline]] inline Block blockOf(const WideNumber& number)
{
    return std::bit_cast<Block>(std::array{ntp::inNetworkOrder(number.high), ntp::inNetworkOrder(number.low)});
}

[[gnu::always_inline]] inline Block sumOf(const Block& one, const Block& other)
{
    // A register. In a struct, because its own type has attributes that a template's argument must not have.
    struct Words {
        [[gnu::vector_size(blockLength)]] std::uint64_t each;
    };
    return std::bit_cast<Block>(Words{std::bit_cast<Words>(one).each ^ std::bit_cast<Words>(other).each});
}

// By pointers, so that it is one instruction; the compiler sees through the spans' iterators less well.
[[gnu::always_inline]] inline Block blockAt(std::span<const std::byte> octets, std::size_t offset)
{
    Block block;
    std::copy_n(octets.subspan(offset, blockLength).data(), blockLength, block.data());
    return block;
}

[[gnu::always_inline]] inline void placeBlock(std::span<std::byte> octets, std::size_t offset, const Block& block)
{
    std::copy_n(block.data(), blockLength, octets.subspan(offset, blockLength).data());
}

// A key of AES: of one block most often, which is one instruction.
[[gnu::always_inline]] inline void placeKey(std::span<const std::byte> key, std::span<std::byte> place)
{
    placeBlock(place, 0, blockAt(key, 0));
    if (key.size() > blockLength) {
        std::ranges::copy(key.subspan(blockLength), place.subspan(blockLength).begin());
    }
}

inline std::size_t blocksOf(std::size_t length)
{
    return (length + blockLength - 1) / blockLength;
}

// Multiplication by x in the field of 128 bits, RFC 5297 section 2.3. Without a branch on what is secret.
[[gnu::always_inline]] inline Block doubled(const Block& block)
{
    const auto [high, low] = numberOf(block);
    const std::uint64_t carry = high >> 63;
    return blockOf({.high = high << 1 | low >> 63, .low = low << 1 ^ carry * std::uint64_t{0x87}});
}

// The octets moved to the front, past which that many fall out; zeros come in at the end. Less than a block.
[[gnu::always_inline]] inline Block movedToFront(const Block& block, std::size_t octets)
{
    const auto [high, low] = numberOf(block);
    const std::size_t bits = 8 * octets % 64;
    if (octets >= 8) {
        return blockOf({.high = low << bits, .low = 0});
    }
    return blockOf({.high = high << bits | (low >> 1) >> (63 - bits), .low = low << bits});
}

// The octets moved to the end, past which that many fall out; zeros come in at the front. Less than a block.
[[gnu::always_inline]] inline Block movedToEnd(const Block& block, std::size_t octets)
{
    const auto [high, low] = numberOf(block);
    const std::size_t bits = 8 * octets % 64;
    if (octets >= 8) {
        return blockOf({.high = 0, .low = high >> bits});
    }
    return blockOf({.high = high >> bits, .low = low >> bits | (high << 1) << (63 - bits)});
}

// So many octets and then zeros, with the bit between them that CMAC puts there. Less than a block.
[[gnu::always_inline]] inline Block markedAt(const Block& block, std::size_t octets)
{
    return sumOf(block, movedToEnd(Block{std::byte{0x80}}, octets));
}

// What follows the last whole block of a message, padded as CMAC does it; not of a message that ends with a whole block.
[[gnu::always_inline]] inline Block paddedEndOf(std::span<const std::byte> message)
{
    const std::size_t rest = message.size() % blockLength;
    if (message.size() >= blockLength) {
        return markedAt(movedToFront(blockAt(message, message.size() - blockLength), blockLength - rest), rest);
    }
    Block block{};
    std::ranges::copy(message, block.begin());
    block[rest] = std::byte{0x80};
    return block;
}

// The blocks before the last one, which CMAC treats alike for any message.
[[gnu::always_inline]] inline std::span<const std::byte> frontOf(std::span<const std::byte> message)
{
    return message.first(message.empty() ? 0 : (message.size() - 1) / blockLength * blockLength);
}

// The blocks of a plaintext to which S2V adds nothing: with one whole block behind them at least.
[[gnu::always_inline]] inline std::span<const std::byte> untouchedFrontOf(std::span<const std::byte> plaintext)
{
    return plaintext.first(
        plaintext.size() < blockLength ? 0 : (plaintext.size() - blockLength) / blockLength * blockLength);
}

// RFC 5297 section 2.5: two bits are cleared for those who count in words of 32 bits. That so little is counted that no carry
// leaves the second word is true of whatever fits a packet.
[[gnu::always_inline]] inline WideNumber counterOf(const Block& iv)
{
    const auto [high, low] = numberOf(iv);
    return {.high = high, .low = low & 0x7fff'ffff'7fff'ffff};
}

} // namespace foliot::nts
