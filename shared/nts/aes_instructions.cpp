// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/aes_instructions.h"

#include "nts/secret.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstddef>
#include <functional>
#include <utility>

#ifdef FOLIOT_HAS_AES_INSTRUCTIONS
#include "nts/aes_lanes.h"
#endif

namespace foliot::nts {

#ifdef FOLIOT_HAS_AES_INSTRUCTIONS

namespace {

using Octets = Aes::Octets;
using Chain = Aes::Chain;

// The round keys of each lane.
template<std::size_t... lane>
using LaneKeys = std::array<const Aes::RoundKeys*, sizeof...(lane)>;

// All have as many rounds. Where the compiler sees that the keys are the same, it reads them once for all lanes.
template<std::size_t... lane>
[[gnu::target("aes,avx"), gnu::always_inline]] inline void encryptLanes(
    std::index_sequence<lane...>, const LaneKeys<lane...>& keys, std::size_t rounds, Lanes<lane...>& lanes)
{
    (add(lanes[lane], laneOf(keys[lane]->front())), ...);
    for (std::size_t round = 1; round < rounds; ++round) {
        ((lanes[lane].bits = _mm_aesenc_si128(lanes[lane].bits, laneOf((*keys[lane])[round]).bits)), ...);
    }
    ((lanes[lane].bits = _mm_aesenclast_si128(lanes[lane].bits, laneOf((*keys[lane])[rounds]).bits)), ...);
}

// All by one key.
template<std::size_t... lane>
[[gnu::target("aes,avx"), gnu::always_inline]] inline void encryptLanes(
    std::index_sequence<lane...> places, const Aes& aes, Lanes<lane...>& lanes)
{
    const LaneKeys<lane...> keys{(static_cast<void>(lane), &aes.roundKeys())...};
    encryptLanes(places, keys, aes.rounds(), lanes);
}

template<std::size_t... lane>
[[gnu::target("aes,avx")]] void encryptBlocks(
    std::index_sequence<lane...> places, const Aes& aes, std::span<Block> blocks)
{
    Lanes<lane...> lanes{laneOf(blocks[lane])...};
    encryptLanes(places, aes, lanes);
    ((blocks[lane] = std::bit_cast<Block>(lanes[lane])), ...);
}

// Of so many blocks, of which the last one may be a part. What is added to it stays in registers but for such a part.
template<std::size_t... lane>
[[gnu::target("aes,avx")]] void addStreamTo(std::index_sequence<lane...> places, const Aes& aes,
    const WideNumber& counter, Octets text, std::span<std::byte> sum)
{
    constexpr std::size_t before = (sizeof...(lane) - 1) * blockLength;
    Lanes<lane...> lanes{laneOf(blockOf({.high = counter.high, .low = counter.low + lane}))...};
    encryptLanes(places, aes, lanes);
    const auto addWhole = [&](std::size_t place) __attribute__((target("aes,avx"), always_inline)) {
        Lane& one = lanes[place];
        add(one, laneAt(text, place * blockLength));
        placeBlock(sum, place * blockLength, std::bit_cast<Block>(one));
    };
    ((lane * blockLength < before ? addWhole(lane) : static_cast<void>(0)), ...);
    const std::size_t rest = text.size() - before;
    if (rest == blockLength) {
        addWhole(sizeof...(lane) - 1);
        return;
    }
    auto part = std::bit_cast<Block>(lanes[sizeof...(lane) - 1]);
    std::ranges::transform(
        text.last(rest), std::span{part}.first(rest), sum.last(rest).begin(), std::bit_xor<std::byte>());
    wipe(part);
}

// Each block by its own key; all have as many rounds.
template<std::size_t... lane>
[[gnu::target("aes,avx")]] void encryptEachBlock(
    std::index_sequence<lane...> places, std::span<const Aes* const> each, std::span<Block> blocks)
{
    Lanes<lane...> lanes{laneOf(blocks[lane])...};
    const LaneKeys<lane...> keys{&each[lane]->roundKeys()...};
    encryptLanes(places, keys, each.front()->rounds(), lanes);
    ((blocks[lane] = std::bit_cast<Block>(lanes[lane])), ...);
}

// Each chain by so many blocks; all have as many rounds. That the texts are as long as each other is there for the compiler to
// see, which then checks their bounds once for all of them.
template<std::size_t... lane>
[[gnu::target("aes,avx")]] void advance(
    std::index_sequence<lane...> places, std::span<Chain* const> chains, std::size_t blocks)
{
    const std::size_t length = blocks * blockLength;
    Lanes<lane...> lanes{laneOf(*chains[lane]->state)...};
    const LaneKeys<lane...> keys{&chains[lane]->aes->roundKeys()...};
    const std::array<Octets, sizeof...(lane)> texts{chains[lane]->text.first(length)...};
    const std::size_t rounds = chains.front()->aes->rounds();
    for (std::size_t offset = 0; offset < length; offset += blockLength) {
        (add(lanes[lane], laneAt(texts[lane], offset)), ...);
        encryptLanes(places, keys, rounds, lanes);
    }
    ((*chains[lane]->state = std::bit_cast<Block>(lanes[lane]),
         chains[lane]->text = chains[lane]->text.subspan(length)),
        ...);
}

template<std::size_t... less>
void encryptFew(std::index_sequence<less...>, const Aes& aes, std::span<Block> blocks)
{
    static_cast<void>(
        ((blocks.size() == less + 1 && (encryptBlocks(std::make_index_sequence<less + 1>{}, aes, blocks), true)) ||
            ...));
}

template<std::size_t... less>
void addStreamToFew(
    std::index_sequence<less...>, const Aes& aes, const WideNumber& counter, Octets text, std::span<std::byte> sum)
{
    const std::size_t blocks = blocksOf(text.size());
    static_cast<void>(
        ((blocks == less + 1 && (addStreamTo(std::make_index_sequence<less + 1>{}, aes, counter, text, sum), true)) ||
            ...));
}

template<std::size_t... less>
void advanceFew(std::index_sequence<less...>, std::span<Chain* const> chains, std::size_t blocks)
{
    static_cast<void>(
        ((chains.size() == less + 1 && (advance(std::make_index_sequence<less + 1>{}, chains, blocks), true)) || ...));
}

// The chains under way, whose places others take when they are through.
class Places {
public:
    void add(Chain& chain)
    {
        if (m_count > 0 && m_places.front()->aes->rounds() != chain.aes->rounds()) {
            finish();
        }
        m_places[m_count++] = &chain;
        if (m_count == m_places.size()) {
            advanceAll();
        }
    }

    void finish()
    {
        while (m_count > 0) {
            advanceAll();
        }
    }

private:
    // Until one of them at least is through.
    void advanceAll()
    {
        const std::span all = std::span{m_places}.first(m_count);
        std::size_t octets = all.front()->text.size();
        for (const Chain* const chain : all) {
            octets = std::min(octets, chain->text.size());
        }
        advanceFew(AllLanes{}, all, octets / blockLength);
        m_count = 0;
        for (Chain* const chain : all) {
            if (!chain->text.empty()) {
                m_places[m_count++] = chain;
            }
        }
    }

    std::array<Chain*, mostLanes> m_places; // as many as are counted
    std::size_t m_count = 0;
};

} // namespace

bool areThereAesInstructions()
{
    static const bool areThere = __builtin_cpu_supports("aes") != 0 && __builtin_cpu_supports("avx") != 0;
    return areThere;
}

void encryptByInstructions(const Aes& aes, std::span<Block> blocks)
{
    for (; blocks.size() > mostLanes; blocks = blocks.subspan(mostLanes)) {
        encryptBlocks(AllLanes{}, aes, blocks);
    }
    encryptFew(AllLanes{}, aes, blocks);
}

void encryptByInstructions(std::span<const Aes* const> keys, std::span<Block> blocks)
{
    const std::size_t whole = blocks.size() / mostLanes * mostLanes;
    const auto hasOtherRounds = [&](const Aes* aes) { return aes->rounds() != keys.front()->rounds(); };
    std::size_t done = 0;
    if (std::ranges::none_of(keys.first(whole), hasOtherRounds)) {
        for (; done < whole; done += mostLanes) {
            encryptEachBlock(AllLanes{}, keys.subspan(done, mostLanes), blocks.subspan(done, mostLanes));
        }
    }
    for (; done < blocks.size(); ++done) {
        encryptBlocks(std::index_sequence<0>{}, *keys[done], blocks.subspan(done, 1));
    }
}

void encryptByInstructions(std::span<Chain> chains)
{
    Places places;
    for (Chain& chain : chains) {
        if (!chain.text.empty()) {
            places.add(chain);
        }
    }
    places.finish();
}

void addStreamByInstructions(const Aes& aes, const WideNumber& counter, Octets text, std::span<std::byte> sum)
{
    constexpr std::size_t together = mostLanes * blockLength;
    WideNumber next = counter;
    for (; text.size() > together; text = text.subspan(together), sum = sum.subspan(together), next.low += mostLanes) {
        addStreamTo(AllLanes{}, aes, next, text.first(together), sum.first(together));
    }
    addStreamToFew(AllLanes{}, aes, next, text, sum);
}

#else

bool areThereAesInstructions()
{
    return false;
}

void encryptByInstructions(const Aes&, std::span<Block>)
{
    std::unreachable();
}

void encryptByInstructions(std::span<const Aes* const>, std::span<Block>)
{
    std::unreachable();
}

void encryptByInstructions(std::span<Aes::Chain>)
{
    std::unreachable();
}

void addStreamByInstructions(const Aes&, const WideNumber&, Aes::Octets, std::span<std::byte>)
{
    std::unreachable();
}

#endif

} // namespace foliot::nts
