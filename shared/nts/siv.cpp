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
struct Ciphers {
    std::unique_ptr<EVP_CIPHER, FreeCipher> chain;
    std::unique_ptr<EVP_CIPHER, FreeCipher> counter;

    Ciphers(const char* chainName, const char* counterName)
        : chain(EVP_CIPHER_fetch(nullptr, chainName, nullptr))
        , counter(EVP_CIPHER_fetch(nullptr, counterName, nullptr))
    {}
};

const Ciphers* ciphersFor(std::size_t keyLength)
{
    static const Ciphers aes128{"AES-128-CBC", "AES-128-CTR"};
    static const Ciphers aes192{"AES-192-CBC", "AES-192-CTR"};
    static const Ciphers aes256{"AES-256-CBC", "AES-256-CTR"};
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

unsigned char* outputOf(std::span<std::byte> octets)
{
    return reinterpret_cast<unsigned char*>(octets.data());
}

int lengthOf(Octets octets)
{
    return static_cast<int>(octets.size());
}

using Block = std::array<std::byte, 16>;
using Words = std::array<std::uint64_t, 2>;

void addTo(std::span<std::byte, 16> sum, const Block& block)
{
    Block copy{};
    std::ranges::copy(sum, copy.begin());
    const auto first = std::bit_cast<Words>(copy);
    const auto second = std::bit_cast<Words>(block);
    std::ranges::copy(std::bit_cast<Block>(Words{first[0] ^ second[0], first[1] ^ second[1]}), sum.begin());
}

// Multiplication by x in the field of 128 bits, section 2.3. Without a branch on what is secret.
Block doubled(const Block& block)
{
    const auto words = std::bit_cast<Words>(block);
    const std::uint64_t high = ntp::inNetworkOrder(words[0]);
    const std::uint64_t low = ntp::inNetworkOrder(words[1]);
    const std::uint64_t carry = high >> 63;
    return std::bit_cast<Block>(
        Words{ntp::inNetworkOrder(high << 1 | low >> 63), ntp::inNetworkOrder(low << 1 ^ carry * std::uint64_t{0x87})});
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
    wipe(m_counterKey);
    wipe(m_ofWhole);
    wipe(m_ofPadded);
    wipe(m_ofZero);
    wipe(m_scratch);
}

bool Siv::setKey(Octets key)
{
    const Ciphers* const ciphers = ciphersFor(key.size());
    if (!ciphers || !ciphers->chain || !ciphers->counter) {
        return false;
    }
    if (!m_chain || !m_counter) {
        m_chain.reset(EVP_CIPHER_CTX_new());
        m_counter.reset(EVP_CIPHER_CTX_new());
    }
    m_hasKey = false;
    const bool isOtherCipher = std::exchange(m_keyLength, 0) != key.size();
    const Octets first = key.first(key.size() / 2);
    const Octets second = key.last(key.size() / 2);
    const Block zeros{};
    EVP_CIPHER* const chain = isOtherCipher ? ciphers->chain.get() : nullptr;
    if (!m_chain || !m_counter ||
        EVP_CipherInit_ex2(m_chain.get(), chain, inputOf(first), inputOf(zeros), 1, nullptr) != 1 ||
        EVP_CIPHER_CTX_set_padding(m_chain.get(), 0) != 1) {
        return false;
    }
    if (isOtherCipher &&
        EVP_CipherInit_ex2(m_counter.get(), ciphers->counter.get(), nullptr, nullptr, 1, nullptr) != 1) {
        return false;
    }
    std::ranges::copy(second, m_counterKey.begin());
    m_isCounterKeyed = false;

    Block ofZeros{};
    m_lastOfChain = {};
    if (!encryptChain(ofZeros)) {
        return false;
    }
    m_keyLength = key.size();
    m_ofWhole = doubled(ofZeros);
    m_ofPadded = doubled(m_ofWhole);
    m_hasKey = cmac(zeros, nullptr, m_ofZero);
    return m_hasKey;
}

// Whole blocks, in place, as if they were the first ones.
bool Siv::encryptChain(std::span<std::byte> blocks)
{
    // Setting an initialization vector takes longer than undoing the old one.
    addTo(blocks.first<blockLength>(), m_lastOfChain);
    int written = 0;
    if (EVP_CipherUpdate(m_chain.get(), outputOf(blocks), &written, inputOf(blocks), lengthOf(blocks)) != 1 ||
        written != lengthOf(blocks)) {
        return false;
    }
    std::ranges::copy(blocks.last<blockLength>(), m_lastOfChain.begin());
    return true;
}

// CMAC of the message, to whose last 16 octets xorEnd is added first. RFC 4493.
bool Siv::cmac(Octets message, const Block* xorEnd, Block& mac)
{
    const std::size_t blocks = std::max((message.size() + blockLength - 1) / blockLength, std::size_t{1});
    if (m_scratch.size() < blocks * blockLength) {
        wipe(m_scratch);
        m_scratch.resize(blocks * blockLength);
    }
    const auto work = std::span{m_scratch}.first(blocks * blockLength);
    std::ranges::copy(message, work.begin());
    if (xorEnd) {
        addTo(work.first(message.size()).last<blockLength>(), *xorEnd);
    }
    const auto padding = work.subspan(message.size());
    std::ranges::fill(padding, std::byte{0});
    if (!padding.empty()) {
        padding.front() = std::byte{0x80};
    }
    addTo(work.last<blockLength>(), padding.empty() ? m_ofWhole : m_ofPadded);
    if (!encryptChain(work)) {
        return false;
    }
    mac = m_lastOfChain;
    return true;
}

// S2V, section 2.4.
bool Siv::syntheticIv(Octets associated, Octets nonce, Octets plaintext, Block& iv)
{
    Block sum = m_ofZero;
    for (const Octets component : {associated, nonce}) {
        Block mac{};
        if (!cmac(component, nullptr, mac)) {
            return false;
        }
        sum = doubled(sum);
        addTo(sum, mac);
    }
    if (plaintext.size() >= blockLength) {
        return cmac(plaintext, &sum, iv);
    }
    Block padded{};
    std::ranges::copy(plaintext, padded.begin());
    padded[plaintext.size()] = std::byte{0x80};
    sum = doubled(sum);
    addTo(padded, sum);
    return cmac(padded, nullptr, iv);
}

// Section 2.5: two bits of the counter are cleared, for those who add in words of 32 bits.
bool Siv::convert(const Block& iv, Octets text, std::span<std::byte> converted)
{
    if (text.empty()) {
        return true;
    }
    Block counter = iv;
    counter[8] &= std::byte{0x7f};
    counter[12] &= std::byte{0x7f};
    const unsigned char* key = m_isCounterKeyed ? nullptr : inputOf(m_counterKey);
    int written = 0;
    if (EVP_CipherInit_ex2(m_counter.get(), nullptr, key, inputOf(counter), 1, nullptr) != 1 ||
        EVP_CipherUpdate(m_counter.get(), outputOf(converted), &written, inputOf(text), lengthOf(text)) != 1) {
        return false;
    }
    m_isCounterKeyed = true;
    return written == lengthOf(text);
}

bool Siv::seal(Octets associated, Octets nonce, Octets plaintext, std::span<std::byte> sealed)
{
    assert(sealed.size() == plaintext.size() + tagLength);
    Block iv{};
    if (!m_hasKey || !syntheticIv(associated, nonce, plaintext, iv)) {
        return false;
    }
    std::ranges::copy(iv, sealed.begin());
    return convert(iv, plaintext, sealed.subspan(tagLength));
}

bool Siv::open(Octets associated, Octets nonce, Octets sealed, std::span<std::byte> plaintext)
{
    assert(plaintext.size() + tagLength == sealed.size());
    Block claimed{};
    std::ranges::copy(sealed.first(tagLength), claimed.begin());
    Block iv{};
    const bool isAuthentic = m_hasKey && convert(claimed, sealed.subspan(tagLength), plaintext) &&
                             syntheticIv(associated, nonce, plaintext, iv) &&
                             CRYPTO_memcmp(iv.data(), claimed.data(), iv.size()) == 0;
    if (!isAuthentic) {
        wipe(plaintext);
    }
    return isAuthentic;
}

void Siv::forget()
{
    if (std::exchange(m_hasKey, false)) {
        const std::array<std::byte, 64> zeros{};
        const bool isCounterKeyed = m_isCounterKeyed;
        setKey(Octets{zeros}.first(m_keyLength));
        if (isCounterKeyed) {
            Block unused{};
            convert({}, Block{}, unused);
        }
        m_hasKey = false;
    }
    wipe(m_scratch);
}

} // namespace foliot::nts
