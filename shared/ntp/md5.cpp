// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/md5.h"

#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

namespace foliot::ntp {

namespace {

constexpr std::size_t blockLength = 64;
constexpr std::size_t lengthFieldLength = 8;

// T[i] = floor(2^32 |sin(i + 1)|), section 3.4.
std::array<std::uint32_t, 64> makeSineTable()
{
    std::array<std::uint32_t, 64> table{};
    for (std::size_t i = 0; i < table.size(); ++i) {
        table[i] = static_cast<std::uint32_t>(std::ldexp(std::abs(std::sin(static_cast<double>(i + 1))), 32));
    }
    return table;
}

constexpr std::array<std::array<int, 4>, 4> rotations{{
    {7, 12, 17, 22},
    {5, 9, 14, 20},
    {4, 11, 16, 23},
    {6, 10, 15, 21},
}};

std::uint32_t readLittleEndian(std::span<const std::byte> octets, std::size_t offset)
{
    std::uint32_t word = 0;
    for (std::size_t i = 4; i > 0; --i) {
        word = word << 8 | std::to_integer<std::uint32_t>(octets[offset + i - 1]);
    }
    return word;
}

std::vector<std::byte> pad(std::span<const std::byte> message)
{
    std::vector<std::byte> padded(message.begin(), message.end());
    padded.push_back(std::byte{0x80});
    while (padded.size() % blockLength != blockLength - lengthFieldLength) {
        padded.push_back(std::byte{0});
    }
    const std::uint64_t bits = std::uint64_t{message.size()} * 8;
    for (unsigned shift = 0; shift < 64; shift += 8) {
        padded.push_back(static_cast<std::byte>(bits >> shift & 0xff));
    }
    return padded;
}

using State = std::array<std::uint32_t, 4>;

State digestBlock(const State& before, std::span<const std::byte> block)
{
    static const std::array<std::uint32_t, 64> sines = makeSineTable();
    auto [a, b, c, d] = before;
    for (std::size_t i = 0; i < sines.size(); ++i) {
        const std::size_t round = i / 16;
        std::uint32_t mixed = 0;
        std::size_t word = 0;
        if (round == 0) {
            mixed = (b & c) | (~b & d);
            word = i;
        } else if (round == 1) {
            mixed = (b & d) | (c & ~d);
            word = (5 * i + 1) % 16;
        } else if (round == 2) {
            mixed = b ^ c ^ d;
            word = (3 * i + 5) % 16;
        } else {
            mixed = c ^ (b | ~d);
            word = 7 * i % 16;
        }
        const std::uint32_t sum = a + mixed + sines[i] + readLittleEndian(block, 4 * word);
        a = d;
        d = c;
        c = b;
        b += std::rotl(sum, rotations[round][i % 4]);
    }
    return {before[0] + a, before[1] + b, before[2] + c, before[3] + d};
}

} // namespace

std::array<std::byte, 16> md5(std::span<const std::byte> message)
{
    const std::vector<std::byte> padded = pad(message);
    State state{0x67452301, 0xefcdab89, 0x98badcfe, 0x10325476};
    for (std::size_t offset = 0; offset < padded.size(); offset += blockLength) {
        state = digestBlock(state, std::span{padded}.subspan(offset, blockLength));
    }
    std::array<std::byte, 16> digest{};
    for (std::size_t i = 0; i < digest.size(); ++i) {
        digest[i] = static_cast<std::byte>(state[i / 4] >> (8 * (i % 4)) & 0xff);
    }
    return digest;
}

} // namespace foliot::ntp
