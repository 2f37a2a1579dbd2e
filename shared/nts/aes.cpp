// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/aes.h"

#include "nts/aes_instructions.h"
#include "nts/secret.h"

#include <openssl/evp.h>

#include <algorithm>
#include <cassert>
#include <functional>
#include <ranges>
#include <utility>

namespace foliot::nts {

namespace {

struct FreeCipher {
    void operator()(EVP_CIPHER* cipher) const { EVP_CIPHER_free(cipher); }
};
using Cipher = std::unique_ptr<EVP_CIPHER, FreeCipher>;

// Looked up once: by name it takes longer than a message.
struct Modes {
    Cipher blocks;
    Cipher chain;

    Modes(const char* blocksName, const char* chainName)
        : blocks(EVP_CIPHER_fetch(nullptr, blocksName, nullptr))
        , chain(EVP_CIPHER_fetch(nullptr, chainName, nullptr))
    {}
};

const Modes& modesFor(std::size_t keyLength)
{
    static const Modes aes128{"AES-128-ECB", "AES-128-CBC"};
    static const Modes aes192{"AES-192-ECB", "AES-192-CBC"};
    static const Modes aes256{"AES-256-ECB", "AES-256-CBC"};
    return keyLength == 16 ? aes128 : keyLength == 24 ? aes192 : aes256;
}

const unsigned char* inputOf(Aes::Octets octets)
{
    return reinterpret_cast<const unsigned char*>(octets.data());
}

// Whole blocks. EVP_CipherUpdate() would look for a part of a block before and after them, which takes as long as a few.
bool encryptTo(EVP_CIPHER_CTX* context, Aes::Octets text, std::span<std::byte> encrypted)
{
    return text.empty() || EVP_Cipher(context, reinterpret_cast<unsigned char*>(encrypted.data()), inputOf(text),
                               static_cast<unsigned int>(text.size())) > 0;
}

// Section 5, figure 4.
std::size_t roundsFor(std::size_t keyLength)
{
    return keyLength / 4 + 6;
}

// What does the work for several keys; each by its own means where they are not all for the instructions.
enum class Common : std::uint8_t { Instructions, Each, None };

Common meansOf(std::ranges::forward_range auto&& keys)
{
    if (std::ranges::any_of(keys, [](const Aes* aes) { return aes->rounds() == 0; })) {
        return Common::None;
    }
    const auto isForInstructions = [](const Aes* aes) { return aes->means() == Aes::Means::Instructions; };
    return !std::ranges::empty(keys) && std::ranges::all_of(keys, isForInstructions) ? Common::Instructions
                                                                                     : Common::Each;
}

} // namespace

void Aes::FreeContext::operator()(evp_cipher_ctx_st* context) const
{
    EVP_CIPHER_CTX_free(context); // which wipes the key
}

Aes::Means Aes::best()
{
    return areThereAesInstructions() ? Means::Instructions : Means::Library;
}

Aes::Aes(Means means)
    : m_means(means)
{
    assert(means == Means::Library || areThereAesInstructions());
}

Aes::~Aes()
{
    forget();
}

Aes::Aes(Aes&& other) noexcept
    : m_roundKeys(other.m_roundKeys)
    , m_rounds(other.m_rounds)
    , m_means(other.m_means)
    , m_blocks(std::move(other.m_blocks))
    , m_chain(std::move(other.m_chain))
{
    other.forget();
}

Aes& Aes::operator=(Aes&& other) noexcept
{
    if (this != &other) {
        m_roundKeys = other.m_roundKeys;
        m_rounds = other.m_rounds;
        m_means = other.m_means;
        m_blocks = std::move(other.m_blocks);
        m_chain = std::move(other.m_chain);
        other.forget();
    }
    return *this;
}

void Aes::forget()
{
    if (m_rounds != 0) {
        wipe(std::as_writable_bytes(std::span{m_roundKeys}));
        m_rounds = 0;
    }
    m_blocks.reset();
    m_chain.reset();
}

bool Aes::setKey(Octets key)
{
    Aes* const self = this;
    return setKeys(std::span{&self, 1}, std::span{&key, 1});
}

bool Aes::setKeys(std::span<Aes* const> each, std::span<const Octets> keys)
{
    assert(each.size() == keys.size());
    constexpr std::size_t atOnce = 8;
    std::array<RoundKeys*, atOnce> expanded;
    std::size_t count = 0;
    std::size_t length = 0; // of the keys that are to be expanded
    const auto expand = [&] {
        if (count > 0) {
            expandKeys(std::span{expanded}.first(std::exchange(count, 0)), length);
        }
    };
    bool areSet = true;
    for (std::size_t i = 0; i < keys.size(); ++i) {
        Aes& aes = *each[i];
        const Octets key = keys[i];
        if (key.size() != 16 && key.size() != 24 && key.size() != 32) {
            aes.forget();
            areSet = false;
        } else if (aes.m_means == Means::Library) {
            areSet = aes.setLibraryKey(key) && areSet;
        } else {
            if (count == atOnce || key.size() != length) {
                expand();
                length = key.size();
            }
            placeKey(key, std::as_writable_bytes(std::span{aes.m_roundKeys}));
            aes.m_rounds = roundsFor(length);
            expanded[count++] = &aes.m_roundKeys;
        }
    }
    expand();
    return areSet;
}

bool Aes::setLibraryKey(Octets key)
{
    const Modes& modes = modesFor(key.size());
    const Block zeros{};
    const auto set = [&](Context& context, EVP_CIPHER* cipher, const unsigned char* iv) {
        if (!context) {
            context.reset(EVP_CIPHER_CTX_new());
        }
        return context && cipher && EVP_CipherInit_ex2(context.get(), cipher, inputOf(key), iv, 1, nullptr) == 1;
    };
    if (!set(m_blocks, modes.blocks.get(), nullptr) || !set(m_chain, modes.chain.get(), inputOf(zeros))) {
        forget();
        return false;
    }
    m_rounds = roundsFor(key.size());
    return true;
}

bool Aes::encrypt(std::span<Block> blocks) const
{
    if (m_rounds == 0) {
        return false;
    }
    if (m_means == Means::Instructions) {
        encryptByInstructions(*this, blocks);
        return true;
    }
    const std::span octets = std::as_writable_bytes(blocks);
    return encryptTo(m_blocks.get(), octets, octets);
}

bool Aes::encryptEach(std::span<const Aes* const> keys, std::span<Block> blocks)
{
    assert(keys.size() == blocks.size());
    switch (meansOf(keys)) {
    case Common::None:
        return false;
    case Common::Instructions:
        encryptByInstructions(keys, blocks);
        return true;
    case Common::Each:
        break;
    }
    for (std::size_t i = 0; i < blocks.size(); ++i) {
        if (!keys[i]->encrypt(blocks.subspan(i, 1))) {
            return false;
        }
    }
    return true;
}

bool Aes::encrypt(std::span<Chain> chains)
{
    switch (meansOf(chains | std::views::transform(&Chain::aes))) {
    case Common::None:
        return false;
    case Common::Instructions:
        encryptByInstructions(chains);
        return true;
    case Common::Each:
        break;
    }
    return std::ranges::all_of(chains, [](Chain& chain) { return chain.aes->encryptAlone(chain); });
}

bool Aes::encryptAlone(Chain& chain) const
{
    if (m_means == Means::Instructions) {
        encryptByInstructions(std::span{&chain, 1});
        return true;
    }
    std::array<std::byte, 32 * blockLength> encrypted;
    bool isDone = EVP_CipherInit_ex2(m_chain.get(), nullptr, nullptr, inputOf(*chain.state), 1, nullptr) == 1;
    while (isDone && !chain.text.empty()) {
        const Octets some = chain.text.first(std::min(chain.text.size(), encrypted.size()));
        isDone = encryptTo(m_chain.get(), some, encrypted);
        *chain.state = blockAt(encrypted, some.size() - blockLength);
        chain.text = chain.text.subspan(some.size());
    }
    return isDone;
}

bool Aes::addStream(const WideNumber& counter, Octets text, std::span<std::byte> sum) const
{
    assert(sum.size() == text.size());
    if (m_rounds == 0) {
        return false;
    }
    if (m_means == Means::Instructions) {
        addStreamByInstructions(*this, counter, text, sum);
        return true;
    }
    constexpr std::size_t atOnce = 8;
    std::array<Block, atOnce> stream;
    WideNumber next = counter;
    bool isDone = true;
    for (std::size_t at = 0; at < text.size() && isDone; at += sizeof stream) {
        const Octets some = text.subspan(at, std::min(text.size() - at, sizeof stream));
        for (Block& block : stream) {
            block = blockOf(next);
            ++next.low;
        }
        isDone = encrypt(stream);
        std::ranges::transform(
            some, std::as_bytes(std::span{stream}).first(some.size()), sum.subspan(at).begin(), std::bit_xor());
    }
    wipe(std::as_writable_bytes(std::span{stream}));
    return isDone;
}

} // namespace foliot::nts
