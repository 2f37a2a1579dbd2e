// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// AES-SIV with two components of associated data, of which the second is the nonce, for many short messages by one key or
// by many. AES itself is OpenSSL's. So is an AES-SIV, but for each message that looks its parts up by name and copies their
// contexts, which takes ten times as long as the message. RFC 5297.

#include "nts/secret.h"

#include <array>
#include <cstddef>
#include <memory>
#include <span>
#include <vector>

extern "C" {
struct evp_cipher_ctx_st;
}

namespace foliot::nts {

class Siv {
public:
    static constexpr std::size_t tagLength = 16; // comes before the text
    using Octets = std::span<const std::byte>;

    Siv();
    ~Siv();
    Siv(Siv&& other) noexcept;
    Siv& operator=(Siv&& other) noexcept;

    // 32, 48 or 64 octets. False when the library refuses, or the key has another length; nothing else is done then.
    bool setKey(Octets key);

    // sealed: tagLength octets longer than the plaintext, and apart from it. False without a key, or when the library
    // refuses.
    bool seal(Octets associated, Octets nonce, Octets plaintext, std::span<std::byte> sealed);

    // plaintext: tagLength octets shorter than what is sealed, and apart from it. False when it is not authentic; the
    // plaintext is zeros then.
    bool open(Octets associated, Octets nonce, Octets sealed, std::span<std::byte> plaintext);

    // Wipes the key, and what is left of the last message.
    void forget();

private:
    static constexpr std::size_t blockLength = 16;
    using Block = std::array<std::byte, blockLength>;
    struct FreeContext {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    using Context = std::unique_ptr<evp_cipher_ctx_st, FreeContext>;

    bool encryptChain(std::span<std::byte> blocks);
    bool cmac(Octets message, const Block* xorEnd, Block& mac);
    bool syntheticIv(Octets associated, Octets nonce, Octets plaintext, Block& iv);
    bool convert(const Block& iv, Octets text, std::span<std::byte> converted);

    Context m_chain;             // CBC, which is CMAC but for the last block
    Context m_counter;           // CTR
    std::size_t m_keyLength = 0; // that the two are made for
    bool m_hasKey = false;
    std::array<std::byte, 32> m_counterKey{}; // until it is wanted: what has no text needs none
    bool m_isCounterKeyed = false;
    Block m_lastOfChain{}; // what CBC adds to the next block
    Block m_ofWhole{};     // the subkeys of CMAC
    Block m_ofPadded{};
    Block m_ofZero{};                 // the CMAC of a block of zeros
    std::vector<std::byte> m_scratch; // of the message, in whole blocks; grows to the longest
};

} // namespace foliot::nts
