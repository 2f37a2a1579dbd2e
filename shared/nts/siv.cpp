// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/siv.h"

#include "ntp/octets.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <algorithm>
#include <bit>
#include <cassert>
#include <cstdint>
#include <utility>

namespace foliot::nts {

namespace {

using Octets = Siv::Octets;

struct FreeCipher {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};

// Looked up once: by name it takes longer than a message.
struct Modes {
    std::unique_ptr<EVP_CIPHER, FreeCipher> chain;
    std::unique_ptr<EVP_CIPHER, FreeCipher> counter;
    std::unique_ptr<EVP_CIPHER, FreeCipher> blocks;

    Modes(const char* chainName, const char* counterName, const char* blocksName)
        : chain(EVP_CIPHER_fetch(nullptr, chainName, nullptr))
        , counter(EVP_CIPHER_fetch(nullptr, counterName, nullptr))
        , blocks(EVP_CIPHER_fetch(nullptr, blocksName, nullptr))
    {}
    bool areThere() const { return chain && counter && blocks; }
};

const Modes* modesFor(std::size_t keyLength)
{
    static const Modes aes128{"AES-128-CBC", "AES-128-CTR", "AES-128-ECB"};
    static const Modes aes192{"AES-192-CBC", "AES-192-CTR", "AES-192-ECB"};
    static const Modes aes256{"AES-256-CBC", "AES-256-CTR", "AES-256-ECB"};
    switch (keyLength) {
    case 32:
        return &aes128;
    case 48:
        return &aes192;
    case 64:
        return &aes256;
    default:
        return nullptr;
    }
}

const unsigned char* inputOf(Octets octets)
{
    return reinterpret_cast<const unsigned char*>(octets.data());
}

// Whole blocks, or a text that is not continued. EVP_CipherUpdate() would look for a part of a block before and after it, which
// takes as long as a short message.
bool encryptTo(EVP_CIPHER_CTX* context, Octets text, std::byte* encrypted)
{
    return EVP_Cipher(context, reinterpret_cast<unsigned char*>(encrypted), inputOf(text),
               static_cast<unsigned int>(text.size())) > 0;
}

bool encryptInPlace(EVP_CIPHER_CTX* context, std::span<Block> blocks)
{
    const std::span octets = std::as_writable_bytes(blocks);
    return encryptTo(context, octets, octets.data());
}

} // namespace

void Siv::FreeContext::operator()(evp_cipher_ctx_st* context) const
{
    EVP_CIPHER_CTX_free(context);
}

Siv::Siv() = default;
Siv::Siv(Siv&& other) noexcept = default;
Siv& Siv::operator=(Siv&& other) noexcept = default;

Siv::~Siv()
{
    for (Block* const secret : {&m_lastOfChain, &m_ofWhole, &m_ofPadded, &m_ofZero, &m_ofAssociated}) {
        wipe(*secret);
    }
    wipe(m_key);
    wipe(std::as_writable_bytes(std::span{m_scratch}));
}

bool Siv::setKey(Octets key)
{
    const Modes* const modes = modesFor(key.size());
    if (!modes || !modes->areThere()) {
        return false;
    }
    std::ranges::copy(key, m_key.begin());
    m_keyLength = key.size();
    m_isBegun = false;
    for (Cipher* const cipher : {&m_chain, &m_chains, &m_counter, &m_streams}) {
        cipher->isKeyed = false;
    }
    const Block zeros{};
    Block ofZeros{};
    m_lastOfChain = {};
    if (prepare(m_chain, Half::OfMac, modes->chain.get(), &zeros) && encryptChain(std::span{&ofZeros, 1})) {
        m_ofWhole = doubled(ofZeros);
        m_ofPadded = doubled(m_ofWhole);
        if (cmac(zeros, nullptr, m_ofZero)) {
            return true;
        }
    }
    m_keyLength = 0;
    return false;
}

bool Siv::prepare(Cipher& cipher, Half half, EVP_CIPHER* mode, const Block* iv)
{
    if (!cipher.context) {
        cipher.context.reset(EVP_CIPHER_CTX_new());
    }
    const Octets key = Octets{m_key}.subspan(half == Half::OfMac ? 0 : m_keyLength / 2, m_keyLength / 2);
    EVP_CIPHER* const other = std::exchange(cipher.keyLength, 0) == m_keyLength ? nullptr : mode;
    if (!cipher.context || EVP_CipherInit_ex2(cipher.context.get(), other, cipher.isKeyed ? nullptr : inputOf(key),
                               iv ? inputOf(*iv) : nullptr, 1, nullptr) != 1) {
        return false;
    }
    cipher.keyLength = m_keyLength;
    cipher.isKeyed = true;
    return true;
}

std::span<Block> Siv::scratch(std::size_t count)
{
    if (m_scratch.size() < count) {
        wipe(std::as_writable_bytes(std::span{m_scratch}));
        m_scratch.resize(count);
    }
    return std::span{m_scratch}.first(count);
}

bool Siv::encryptEach(Cipher& cipher, Half half, std::span<Block> blocks)
{
    return (cipher.isKeyed || prepare(cipher, half, modesFor(m_keyLength)->blocks.get(), nullptr)) &&
           encryptInPlace(cipher.context.get(), blocks);
}

// In place, as if they were the first ones.
bool Siv::encryptChain(std::span<Block> blocks)
{
    // Setting an initialization vector takes longer than undoing the old one.
    blocks.front() = sumOf(blocks.front(), m_lastOfChain);
    if (!encryptInPlace(m_chain.context.get(), blocks)) {
        return false;
    }
    m_lastOfChain = blocks.back();
    return true;
}

// CMAC of the message, to whose last 16 octets xorEnd is added first. RFC 4493.
bool Siv::cmac(Octets message, const Block* xorEnd, Block& mac)
{
    const std::span work = scratch(std::max(blocksOf(message.size()), std::size_t{1}));
    const bool isPadded = layOut(message, xorEnd, work);
    work.back() = sumOf(work.back(), isPadded ? m_ofPadded : m_ofWhole);
    if (!encryptChain(work)) {
        return false;
    }
    mac = m_lastOfChain;
    return true;
}

// S2V, section 2.4, here and below.
bool Siv::setAssociated(Octets associated)
{
    Block mac{};
    m_isBegun = m_keyLength != 0 && cmac(associated, nullptr, mac);
    m_ofAssociated = sumOf(doubled(m_ofZero), mac);
    return m_isBegun;
}

bool Siv::syntheticIv(Octets nonce, Octets plaintext, Block& iv)
{
    Block mac{};
    if (!cmac(nonce, nullptr, mac)) {
        return false;
    }
    const Block sum = sumOf(doubled(m_ofAssociated), mac);
    if (plaintext.size() >= blockLength) {
        return cmac(plaintext, &sum, iv);
    }
    Block last{};
    layOut(plaintext, nullptr, std::span{&last, 1});
    last = sumOf(last, doubled(sum));
    return cmac(last, nullptr, iv);
}

// The same of many nonces. The chains begin alike, and part where the sum of the components before is added.
bool Siv::syntheticIvs(Octets nonces, Octets plaintext, std::span<Block> ivs)
{
    const std::size_t alike = (plaintext.size() - blockLength) / blockLength;
    Block chain{}; // of the blocks that are alike
    if (alike != 0) {
        const std::span work = scratch(alike);
        std::ranges::copy(plaintext.first(alike * blockLength), std::as_writable_bytes(work).begin());
        if (!encryptChain(work)) {
            return false;
        }
        chain = m_lastOfChain;
    }
    for (std::size_t i = 0; i < ivs.size(); ++i) {
        ivs[i] = sumOf(blockAt(nonces, i * blockLength), m_ofWhole);
    }
    if (!encryptEach(m_chains, Half::OfMac, ivs)) {
        return false;
    }
    const Octets rest = plaintext.subspan(alike * blockLength);
    const std::size_t each = blocksOf(rest.size());
    const std::span work = scratch(ivs.size() * each);
    for (std::size_t i = 0; i < ivs.size(); ++i) {
        const std::span end = work.subspan(i * each, each);
        const Block sum = sumOf(doubled(m_ofAssociated), ivs[i]);
        const bool isPadded = layOut(rest, &sum, end);
        end.back() = sumOf(end.back(), isPadded ? m_ofPadded : m_ofWhole);
        ivs[i] = chain;
    }
    for (std::size_t block = 0; block < each; ++block) {
        for (std::size_t i = 0; i < ivs.size(); ++i) {
            ivs[i] = sumOf(ivs[i], work[i * each + block]);
        }
        if (!encryptEach(m_chains, Half::OfMac, ivs)) {
            return false;
        }
    }
    return true;
}

bool Siv::convert(const Block& iv, Octets text, std::span<std::byte> converted)
{
    const Block counter = counterOf(iv);
    return text.empty() || (prepare(m_counter, Half::OfText, modesFor(m_keyLength)->counter.get(), &counter) &&
                               encryptTo(m_counter.context.get(), text, converted.data()));
}

// What is added to a text of this length for each IV; empty when the library refuses.
std::span<const Block> Siv::keyStreams(std::span<const Block> ivs, std::size_t length)
{
    const std::size_t each = blocksOf(length);
    const std::span streams = scratch(ivs.size() * each);
    auto place = streams.begin();
    for (const Block& iv : ivs) {
        auto words = std::bit_cast<BlockWords>(counterOf(iv));
        std::uint64_t low = ntp::inNetworkOrder(words[1]);
        for (std::size_t i = 0; i < each; ++i, ++low, ++place) {
            words[1] = ntp::inNetworkOrder(low);
            *place = std::bit_cast<Block>(words);
        }
    }
    return encryptEach(m_streams, Half::OfText, streams) ? streams : std::span<Block>{};
}

bool Siv::seal(Octets nonce, Octets plaintext, std::span<std::byte> sealed)
{
    assert(sealed.size() == plaintext.size() + tagLength);
    Block iv{};
    if (!m_isBegun || !syntheticIv(nonce, plaintext, iv)) {
        return false;
    }
    placeBlock(sealed, 0, iv);
    return convert(iv, plaintext, sealed.subspan(tagLength));
}

bool Siv::sealEach(Octets nonces, Octets plaintext, std::span<std::byte> sealed, std::size_t stride)
{
    const std::size_t count = nonces.size() / blockLength;
    const std::size_t each = plaintext.size() + tagLength;
    assert(plaintext.size() >= blockLength && count >= 1 && nonces.size() == count * blockLength);
    assert(stride >= each && sealed.size() == (count - 1) * stride + each);
    m_ivs.resize(count);
    if (!m_isBegun || !syntheticIvs(nonces, plaintext, m_ivs)) {
        return false;
    }
    const auto streams = keyStreams(m_ivs, plaintext.size());
    if (streams.empty()) {
        return false;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const std::span one = sealed.subspan(i * stride, each);
        placeBlock(one, 0, m_ivs[i]);
        addStream(streams.subspan(i * streams.size() / count), plaintext, one.subspan(tagLength));
    }
    return true;
}

bool Siv::open(Octets nonce, Octets sealed, std::span<std::byte> plaintext)
{
    assert(plaintext.size() + tagLength == sealed.size());
    const Block claimed = blockAt(sealed, 0);
    Block iv{};
    const bool isAuthentic = m_isBegun && convert(claimed, sealed.subspan(tagLength), plaintext) &&
                             syntheticIv(nonce, plaintext, iv) &&
                             CRYPTO_memcmp(iv.data(), claimed.data(), iv.size()) == 0;
    if (!isAuthentic) {
        wipe(plaintext);
    }
    return isAuthentic;
}

void Siv::forget()
{
    const std::size_t keyLength = m_keyLength;
    if (keyLength != 0) {
        const std::array<std::byte, 64> zeros{};
        const std::array wasKeyed{m_chains.isKeyed, m_counter.isKeyed, m_streams.isKeyed};
        const Block zeroBlock{};
        Block unused{};
        setKey(Octets{zeros}.first(keyLength));
        if (wasKeyed[0]) {
            encryptEach(m_chains, Half::OfMac, std::span{&unused, 1});
        }
        if (wasKeyed[1]) {
            convert(zeroBlock, zeroBlock, unused);
        }
        if (wasKeyed[2]) {
            encryptEach(m_streams, Half::OfText, std::span{&unused, 1});
        }
        m_keyLength = 0;
    }
    wipe(m_key);
    m_isBegun = false;
    m_ofAssociated = {};
    wipe(std::as_writable_bytes(std::span{m_scratch}));
}

} // namespace foliot::nts
