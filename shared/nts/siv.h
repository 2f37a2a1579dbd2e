// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// AES-SIV with two components of associated data, of which the second is the nonce, for many short messages by one key or
// by many. AES itself is OpenSSL's. So is an AES-SIV, but for each message that looks its parts up by name and copies their
// contexts, which takes ten times as long as the message. RFC 5297.

#include "nts/blocks.h"
#include "nts/secret.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <span>
#include <vector>

extern "C" {
struct evp_cipher_ctx_st;
struct evp_cipher_st;
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

    // The first component of associated data, of all messages from now on until there is another key. False without a key,
    // or when the library refuses; nothing is sealed or opened then.
    bool setAssociated(Octets associated);

    // sealed: tagLength octets longer than the plaintext, and apart from it. False without a key and associated data, or when
    // the library refuses.
    bool seal(Octets nonce, Octets plaintext, std::span<std::byte> sealed);

    // Seals one plaintext, of a block at least, as often as there are nonces, each of a block: side by side, in not much more
    // time than once. sealed: where the first comes, to where the last one ends; from one's beginning to the next one's it is
    // `stride` octets.
    bool sealEach(Octets nonces, Octets plaintext, std::span<std::byte> sealed, std::size_t stride);

    // plaintext: tagLength octets shorter than what is sealed, and apart from it. False when it is not authentic; the
    // plaintext is zeros then.
    bool open(Octets nonce, Octets sealed, std::span<std::byte> plaintext);

    // Wipes the key, and what is left of the last message.
    void forget();

private:
    struct FreeContext {
        void operator()(evp_cipher_ctx_st* context) const;
    };
    using Context = std::unique_ptr<evp_cipher_ctx_st, FreeContext>;

    // AES in one mode by one half of the key, which it gets when it is wanted first: what has no text needs none.
    struct Cipher {
        Context context;
        std::size_t keyLength = 0; // of the whole key, that the context is made for
        bool isKeyed = false;
    };
    enum class Half : std::uint8_t { OfMac, OfText };

    std::span<Block> scratch(std::size_t count);
    bool prepare(Cipher& cipher, Half half, evp_cipher_st* mode, const Block* iv);
    bool encryptEach(Cipher& cipher, Half half, std::span<Block> blocks);
    bool encryptChain(std::span<Block> blocks);
    bool cmac(Octets message, const Block* xorEnd, Block& mac);
    bool syntheticIv(Octets nonce, Octets plaintext, Block& iv);
    bool syntheticIvs(Octets nonces, Octets plaintext, std::span<Block> ivs);
    bool convert(const Block& iv, Octets text, std::span<std::byte> converted);
    std::span<const Block> keyStreams(std::span<const Block> ivs, std::size_t length);

    Cipher m_chain;   // CBC: CMAC, but for the last block
    Cipher m_chains;  // ECB: many of them side by side
    Cipher m_counter; // CTR
    Cipher m_streams; // ECB: many of them side by side
    std::array<std::byte, 64> m_key{};
    std::size_t m_keyLength = 0; // 0: there is no key
    bool m_isBegun = false;      // there is associated data
    Block m_lastOfChain{};       // what CBC adds to the next block
    Block m_ofWhole{};           // the subkeys of CMAC
    Block m_ofPadded{};
    Block m_ofZero{};             // the CMAC of a block of zeros
    Block m_ofAssociated{};       // S2V so far
    std::vector<Block> m_scratch; // grows to the longest message
    std::vector<Block> m_ivs;
};

} // namespace foliot::nts
