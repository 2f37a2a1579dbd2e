// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// SipHash-2-4 (Aumasson and Bernstein, 2012): a hash whose values nobody can foresee who does not know the key, so that
// nobody can choose addresses that fall into one place of a table.

#include <array>
#include <bit>
#include <cstdint>
#include <span>

namespace foliot::daemon {

using SipKey = std::array<std::uint64_t, 2>;

// Of the words' octets, the lowest of each word first.
constexpr std::uint64_t siphash(const SipKey& key, std::span<const std::uint64_t> words)
{
    std::array<std::uint64_t, 4> v{key[0] ^ 0x736f6d6570736575, key[1] ^ 0x646f72616e646f6d,
        key[0] ^ 0x6c7967656e657261, key[1] ^ 0x7465646279746573};
    const auto rounds = [&v](int count) {
        for (int i = 0; i < count; ++i) {
            v[0] += v[1];
            v[2] += v[3];
            v[1] = std::rotl(v[1], 13) ^ v[0];
            v[3] = std::rotl(v[3], 16) ^ v[2];
            v[0] = std::rotl(v[0], 32);
            v[2] += v[1];
            v[0] += v[3];
            v[1] = std::rotl(v[1], 17) ^ v[2];
            v[3] = std::rotl(v[3], 21) ^ v[0];
            v[2] = std::rotl(v[2], 32);
        }
    };
    const auto absorb = [&](std::uint64_t word) {
        v[3] ^= word;
        rounds(2);
        v[0] ^= word;
    };
    for (const std::uint64_t word : words)
        absorb(word);
    absorb(std::uint64_t{words.size() * sizeof(std::uint64_t)} << 56);
    v[2] ^= 0xff;
    rounds(4);
    return v[0] ^ v[1] ^ v[2] ^ v[3];
}

} // namespace foliot::daemon
