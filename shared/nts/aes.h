// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// AES for many keys that are each used for a packet: a key is made ready in place, and chains by different keys are computed
// side by side, because one by itself leaves the processor waiting most of the time. By the instructions that the processor
// has for AES, which take the same time whatever key and text are; where it has none, by OpenSSL. FIPS 197.

#include "nts/blocks.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>

extern "C" {
struct evp_cipher_ctx_st;
}

namespace foliot::nts {

class Aes {
public:
    using Octets = std::span<const std::byte>;
    using RoundKeys = std::array<Block, 15>; // a shorter key has fewer

    enum class Means : std::uint8_t { Instructions, Library };
    static Means best();

    explicit Aes(Means means = best());
    ~Aes();
    Aes(Aes&& other) noexcept;
    Aes& operator=(Aes&& other) noexcept;

    // 16, 24 or 32 octets. False when it has another length, or the library refuses: there is no key then.
    bool setKey(Octets key);
    // The same of several, side by side. False when one has no key now.
    static bool setKeys(std::span<Aes* const> each, std::span<const Octets> keys);

    // Wipes the key.
    void forget();

    // Each block by itself, in place. False without a key, or when the library refuses.
    bool encrypt(std::span<Block> blocks) const;

    // Each block by a key of its own, in place. False when one has no key, or the library refuses.
    static bool encryptEach(std::span<const Aes* const> keys, std::span<Block> blocks);

    // Cipher block chaining: each block of the text, of which there are only whole ones, is added to the state, which is then
    // encrypted.
    struct Chain {
        const Aes* aes;
        Octets text;
        Block* state;
    };
    // Leaves the texts empty. False when one has no key, or the library refuses.
    static bool encrypt(std::span<Chain> chains);

    // Counter mode: adds the encryption of each number from there on, which does not reach the end of its lower half, to a
    // block of the text, of which the last one may be a part. In place, or apart from the text. False without a key, or when
    // the library refuses.
    bool addStream(const WideNumber& counter, Octets text, std::span<std::byte> sum) const;

    // For those who do the work.
    const RoundKeys& roundKeys() const { return m_roundKeys; }
    std::size_t rounds() const { return m_rounds; } // 0: there is no key
    Means means() const { return m_means; }

private:
    struct FreeContext {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    using Context = std::unique_ptr<evp_cipher_ctx_st, FreeContext>;
    bool setLibraryKey(Octets key);
    bool encryptAlone(Chain& chain) const;

    alignas(blockLength) RoundKeys m_roundKeys{};
    std::size_t m_rounds = 0; // 0: there is no key
    Means m_means;
    Context m_blocks; // OpenSSL's, when it does the work
    Context m_chain;
};

} // namespace foliot::nts
