// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/siv.h"

#include "nts/few.h"
#include "nts/secret.h"

#include <openssl/crypto.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <utility>

namespace foliot::nts {

using Octets = Siv::Octets;

namespace {

// What subkeys or plaintexts went into.
template<typename Each>
void wipeAll(std::span<Each> all)
{
    wipe(std::as_writable_bytes(all));
}

} // namespace

Siv::Siv(Aes::Means means)
    : m_mac(means)
    , m_text(means)
{}

Siv::~Siv()
{
    forget();
}

Siv::Siv(Siv&& other) noexcept
    : Siv()
{
    *this = std::move(other);
}

Siv& Siv::operator=(Siv&& other) noexcept
{
    if (this != &other) {
        m_mac = std::move(other.m_mac);
        m_text = std::move(other.m_text);
        m_textKey = other.m_textKey;
        m_halfLength = other.m_halfLength;
        m_isTextReady = other.m_isTextReady;
        m_hasAssociated = other.m_hasAssociated;
        m_ofWhole = other.m_ofWhole;
        m_ofPadded = other.m_ofPadded;
        m_ofAssociated = other.m_ofAssociated;
        other.forget();
    }
    return *this;
}

bool Siv::setKey(Octets key)
{
    Siv* const self = this;
    setKeys(std::span{&self, 1}, std::span{&key, 1});
    return hasKey();
}

void Siv::setKeys(std::span<Siv* const> each, std::span<const Octets> keys)
{
    assert(each.size() == keys.size());
    for (; !each.empty(); each = each.subspan(std::min(sideBySide, each.size())),
                          keys = keys.subspan(std::min(sideBySide, keys.size()))) {
        const std::size_t count = std::min(sideBySide, each.size());
        Few<Aes*, sideBySide> macs;
        Few<Octets, sideBySide> halves;
        Few<Block, sideBySide> ofZeros;
        for (std::size_t i = 0; i < count; ++i) {
            macs.add() = &each[i]->m_mac;
            halves.add() = keys[i].first(keys[i].size() % 2 == 0 ? keys[i].size() / 2 : 0);
            ofZeros.add() = {};
        }
        Aes::setKeys(macs.all(), halves.all());
        const bool areAllReady = Aes::encryptEach(macs.all(), ofZeros.all());
        for (std::size_t i = 0; i < count; ++i) {
            Block& ofZero = ofZeros.all()[i];
            bool isReady = areAllReady;
            if (!isReady) { // one of them; how far the others got nobody knows
                ofZero = {};
                isReady = macs.all()[i]->encrypt(std::span{&ofZero, 1});
            }
            each[i]->begin(keys[i], isReady ? &ofZero : nullptr);
        }
        wipeAll(ofZeros.all());
    }
}

// With the encryption of zeros by the first half of the key, if there is such a key.
void Siv::begin(Octets key, const Block* ofZeros)
{
    if (!ofZeros) {
        forget();
        return;
    }
    m_halfLength = key.size() / 2;
    m_isTextReady = false;
    m_hasAssociated = false;
    placeKey(key.subspan(m_halfLength), m_textKey);
    m_ofWhole = doubled(*ofZeros);
    m_ofPadded = doubled(m_ofWhole);
}

// What has no text needs none.
template<typename Message>
bool Siv::prepareTexts(std::span<Message> messages)
{
    Few<Aes*, sideBySide> texts;
    Few<Octets, sideBySide> keys;
    for (const Message& message : messages) {
        Siv& siv = *message.siv;
        if (!message.plaintext.empty() && !std::exchange(siv.m_isTextReady, true)) {
            texts.add() = &siv.m_text;
            keys.add() = Octets{siv.m_textKey}.first(siv.m_halfLength);
        }
    }
    return Aes::setKeys(texts.all(), keys.all());
}

void Siv::forget()
{
    m_mac.forget();
    m_text.forget();
    wipe(m_textKey);
    for (Block* const secret : {&m_ofWhole, &m_ofPadded, &m_ofAssociated}) {
        wipe(*secret);
    }
    m_halfLength = 0;
    m_isTextReady = false;
    m_hasAssociated = false;
}

// The last block of a message as CMAC encrypts it, but for what goes before it. RFC 4493.
[[gnu::always_inline]] inline Block Siv::lastOf(Octets message) const
{
    return !message.empty() && message.size() % blockLength == 0
               ? sumOf(blockAt(message, message.size() - blockLength), m_ofWhole)
               : sumOf(paddedEndOf(message), m_ofPadded);
}

// What of a plaintext is behind its untouched front, with the sum of the components added as S2V does it.
[[gnu::always_inline]] inline Siv::Tail Siv::tailOf(Octets plaintext, const Block& sum) const
{
    const std::size_t rest = plaintext.size() % blockLength;
    if (plaintext.size() < blockLength) {
        return {.blocks = {sumOf(sumOf(paddedEndOf(plaintext), doubled(sum)), m_ofWhole)}, .count = 1};
    }
    const Block end = sumOf(blockAt(plaintext, plaintext.size() - blockLength), sum);
    if (rest == 0) {
        return {.blocks = {sumOf(end, m_ofWhole)}, .count = 1};
    }
    const Block before = blockAt(plaintext, plaintext.size() - rest - blockLength);
    return {.blocks = {sumOf(before, movedToEnd(sum, rest)),
                sumOf(markedAt(movedToFront(end, blockLength - rest), rest), m_ofPadded)},
        .count = 2};
}

// S2V, section 2.4, of messages that are alike: by one key, and as long as each other.
template<typename Message>
bool Siv::makeAlikeIvs(std::span<Message> messages, std::span<Block> ivs)
{
    const Siv& siv = *messages.front().siv;
    const Block before = doubled(siv.m_ofAssociated);
    const std::size_t front = untouchedFrontOf(messages.front().plaintext).size();
    std::array<Tail, sideBySide> tails;
    for (std::size_t i = 0; i < messages.size(); ++i) {
        ivs[i] = siv.lastOf(messages[i].nonce);
    }
    bool isDone = siv.m_hasAssociated && siv.m_mac.encrypt(ivs);
    for (std::size_t i = 0; i < messages.size(); ++i) {
        tails[i] = siv.tailOf(messages[i].plaintext, sumOf(before, ivs[i]));
        ivs[i] = {};
    }
    for (std::size_t offset = 0; offset < front && isDone; offset += blockLength) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            ivs[i] = sumOf(ivs[i], blockAt(messages[i].plaintext, offset));
        }
        isDone = siv.m_mac.encrypt(ivs);
    }
    for (std::size_t block = 0; block < tails.front().count && isDone; ++block) {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            ivs[i] = sumOf(ivs[i], tails[i].blocks[block]);
        }
        isDone = siv.m_mac.encrypt(ivs);
    }
    wipeAll(std::span{tails}.first(messages.size()));
    return isDone;
}

// S2V of any: first all that is not last, then what is last of the components, then what is last of the plaintext.
template<typename Message>
bool Siv::makeEachIv(std::span<Message> messages, std::span<Block> ivs)
{
    const std::size_t count = messages.size();
    Few<Aes::Chain, 3 * sideBySide> chains;
    std::array<const Aes*, sideBySide> keys;
    std::array<Block, sideBySide> zeros;
    std::array<Block, sideBySide> nonces;
    std::array<Block, sideBySide> associated;
    std::array<Tail, sideBySide> tails;
    const auto addChain = [&](const Aes* aes, Octets text, Block& state) {
        state = {};
        if (!text.empty()) {
            Aes::Chain& chain = chains.add();
            chain.aes = aes;
            chain.text = text;
            chain.state = &state;
        }
    };
    for (std::size_t i = 0; i < count; ++i) {
        const Message& message = messages[i];
        if (message.associated.empty() && !message.siv->m_hasAssociated) {
            return false;
        }
        keys[i] = &message.siv->m_mac;
        addChain(keys[i], frontOf(message.associated), associated[i]);
        addChain(keys[i], frontOf(message.nonce), nonces[i]);
        addChain(keys[i], untouchedFrontOf(message.plaintext), ivs[i]);
    }
    const std::span usedKeys = std::span{keys}.first(count);
    bool isDone = Aes::encrypt(chains.all());
    chains.clear();
    for (std::size_t i = 0; i < count; ++i) {
        const Siv& siv = *messages[i].siv;
        nonces[i] = sumOf(nonces[i], siv.lastOf(messages[i].nonce));
        associated[i] = sumOf(associated[i], siv.lastOf(messages[i].associated));
        zeros[i] = siv.m_ofWhole;
    }
    isDone = isDone && Aes::encryptEach(usedKeys, std::span{nonces}.first(count)) &&
             Aes::encryptEach(usedKeys, std::span{associated}.first(count)) &&
             Aes::encryptEach(usedKeys, std::span{zeros}.first(count));
    for (std::size_t i = 0; i < count; ++i) {
        const Siv& siv = *messages[i].siv;
        const Block before =
            messages[i].associated.empty() ? siv.m_ofAssociated : sumOf(doubled(zeros[i]), associated[i]);
        tails[i] = siv.tailOf(messages[i].plaintext, sumOf(doubled(before), nonces[i]));
        Aes::Chain& chain = chains.add();
        chain.aes = keys[i];
        chain.text = tails[i].octets();
        chain.state = &ivs[i];
    }
    isDone = isDone && Aes::encrypt(chains.all());
    wipeAll(std::span{zeros}.first(count));
    wipeAll(std::span{tails}.first(count));
    return isDone;
}

template<typename Message>
bool Siv::makeIvs(std::span<Message> messages, std::span<Block> ivs)
{
    const Message& first = messages.front();
    const bool areAlike = std::ranges::all_of(messages, [&](const Message& message) {
        return message.siv == first.siv && message.associated.empty() && message.nonce.size() <= blockLength &&
               message.plaintext.size() == first.plaintext.size();
    });
    return areAlike ? makeAlikeIvs(messages, ivs) : makeEachIv(messages, ivs);
}

bool Siv::setAssociated(Octets associated)
{
    assert(!associated.empty());
    Block zeros = m_ofWhole;
    m_ofAssociated = {};
    Aes::Chain front{.aes = &m_mac, .text = frontOf(associated), .state = &m_ofAssociated};
    m_hasAssociated = Aes::encrypt(std::span{&front, 1}) && m_mac.encrypt(std::span{&zeros, 1});
    m_ofAssociated = sumOf(m_ofAssociated, lastOf(associated));
    m_hasAssociated = m_hasAssociated && m_mac.encrypt(std::span{&m_ofAssociated, 1});
    m_ofAssociated = sumOf(doubled(zeros), m_ofAssociated);
    wipe(zeros);
    return m_hasAssociated;
}

// CTR, section 2.5.
bool Siv::convert(const Block& iv, Octets text, std::span<std::byte> converted) const
{
    return text.empty() || m_text.addStream(counterOf(iv), text, converted);
}

bool Siv::seal(std::span<const Sealing> messages)
{
    for (; !messages.empty(); messages = messages.subspan(std::min(sideBySide, messages.size()))) {
        const auto group = messages.first(std::min(sideBySide, messages.size()));
        std::array<Block, sideBySide> ivs;
        if (!prepareTexts(group) || !makeIvs(group, std::span{ivs}.first(group.size()))) {
            return false;
        }
        for (std::size_t i = 0; i < group.size(); ++i) {
            const Sealing& message = group[i];
            assert(message.sealed.size() == message.plaintext.size() + tagLength);
            placeBlock(message.sealed, 0, ivs[i]);
            if (!message.siv->convert(ivs[i], message.plaintext, message.sealed.subspan(tagLength))) {
                return false;
            }
        }
    }
    return true;
}

void Siv::open(std::span<Opening> messages)
{
    for (; !messages.empty(); messages = messages.subspan(std::min(sideBySide, messages.size()))) {
        const auto group = messages.first(std::min(sideBySide, messages.size()));
        bool isDone = prepareTexts(group);
        for (const Opening& message : group) {
            assert(message.plaintext.size() + tagLength == message.sealed.size());
            isDone = message.siv->convert(
                         blockAt(message.sealed, 0), message.sealed.subspan(tagLength), message.plaintext) &&
                     isDone;
        }
        std::array<Block, sideBySide> ivs;
        isDone = isDone && makeIvs(group, std::span{ivs}.first(group.size()));
        for (std::size_t i = 0; i < group.size(); ++i) {
            Opening& message = group[i];
            message.isAuthentic = isDone && CRYPTO_memcmp(ivs[i].data(), message.sealed.data(), tagLength) == 0;
            if (!message.isAuthentic) {
                wipe(message.plaintext);
            }
        }
    }
}

} // namespace foliot::nts
