// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keys of AES's rounds, several side by side.

#include "nts/aes_instructions.h"
#include "nts/secret.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <utility>

#ifdef FOLIOT_HAS_AES_INSTRUCTIONS
#include "nts/aes_lanes.h"
#endif

namespace foliot::nts {

#ifdef FOLIOT_HAS_AES_INSTRUCTIONS

namespace {

constexpr std::array<std::uint8_t, 10> roundConstants{0x01, 0x02, 0x04, 0x08, 0x10, 0x20, 0x40, 0x80, 0x1b, 0x36};

// Keys as long as a block: four words at once, each of which adds those before it. SubWord is that of the last round, in
// which ShiftRows changes nothing about four words that are alike.
template<std::size_t... lane>
[[gnu::target("aes,avx")]] void expandShortKeys(
    std::index_sequence<lane...>, std::span<Aes::RoundKeys* const> roundKeys)
{
    const __m128i lastRotated = _mm_set1_epi32(0x0c0f0e0d);
    Lanes<lane...> keys{laneOf(roundKeys[lane]->front())...};
    for (std::size_t round = 0; round < roundConstants.size(); ++round) {
        const __m128i constant = _mm_set1_epi32(roundConstants[round]);
        const auto next = [&](Lane& lanes) __attribute__((target("aes,avx"), always_inline)) {
            __m128i key = lanes.bits;
            const __m128i added = _mm_aesenclast_si128(_mm_shuffle_epi8(key, lastRotated), constant);
            key = _mm_xor_si128(key, _mm_slli_si128(key, 4));
            key = _mm_xor_si128(key, _mm_slli_si128(key, 8));
            lanes.bits = _mm_xor_si128(key, added);
            return std::bit_cast<Block>(lanes);
        };
        (((*roundKeys[lane])[round + 1] = next(keys[lane])), ...);
    }
}

[[gnu::target("aes,avx")]] std::uint32_t substituted(std::uint32_t word)
{
    const __m128i four = _mm_set1_epi32(static_cast<int>(word));
    return static_cast<std::uint32_t>(_mm_cvtsi128_si32(_mm_aesenclast_si128(four, _mm_setzero_si128())));
}

// Word for word. They lie in memory as the octets do, and this processor reads them with the first octet lowest.
void expandLongKey(Aes::RoundKeys& roundKeys, std::size_t keyLength)
{
    using Words = std::array<std::uint32_t, sizeof(Aes::RoundKeys) / sizeof(std::uint32_t)>;
    auto words = std::bit_cast<Words>(roundKeys);
    const std::size_t inKey = keyLength / sizeof(std::uint32_t);
    for (std::size_t i = inKey; i < 4 * (inKey + 7); ++i) {
        std::uint32_t word = words[i - 1];
        if (i % inKey == 0) {
            word = std::rotr(substituted(word), 8) ^ roundConstants[i / inKey - 1];
        } else if (inKey > 6 && i % inKey == 4) {
            word = substituted(word);
        }
        words[i] = words[i - inKey] ^ word;
    }
    roundKeys = std::bit_cast<Aes::RoundKeys>(words);
    wipe(std::as_writable_bytes(std::span{words}));
}

} // namespace

void expandKeys(std::span<Aes::RoundKeys* const> roundKeys, std::size_t keyLength)
{
    if (keyLength != blockLength) {
        for (Aes::RoundKeys* const each : roundKeys) {
            expandLongKey(*each, keyLength);
        }
        return;
    }
    for (; roundKeys.size() >= mostLanes; roundKeys = roundKeys.subspan(mostLanes)) {
        expandShortKeys(AllLanes{}, roundKeys);
    }
    for (; !roundKeys.empty(); roundKeys = roundKeys.subspan(1)) {
        expandShortKeys(std::index_sequence<0>{}, roundKeys);
    }
}

#else

void expandKeys(std::span<Aes::RoundKeys* const>, std::size_t)
{
    std::unreachable();
}

#endif

} // namespace foliot::nts
