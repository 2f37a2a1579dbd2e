// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// AES-SIV with two components of associated data, of which the second is the nonce, for many short messages by many keys, a
// few of them side by side. OpenSSL's looks its parts up by name and copies their contexts for each message, which takes ten
// times as long as the message. RFC 5297.

#include "nts/aes.h"

#include <array>
#include <cstddef>
#include <span>

namespace foliot::nts {

class Siv {
public:
    static constexpr std::size_t tagLength = 16; // comes before the text
    static constexpr std::size_t sideBySide = 8; // so many messages take little longer than two
    using Octets = std::span<const std::byte>;

    explicit Siv(Aes::Means means = Aes::best());
    ~Siv();
    Siv(Siv&& other) noexcept;
    Siv& operator=(Siv&& other) noexcept;

    // 32, 48 or 64 octets. False when the library refuses, or the key has another length: there is none then.
    bool setKey(Octets key);
    // The same of several, side by side; each tells by hasKey().
    static void setKeys(std::span<Siv* const> each, std::span<const Octets> keys);
    bool hasKey() const { return m_halfLength != 0; }

    // Associated data for those messages that have none of their own, until there is another key; not empty. False without a
    // key, or when the library refuses.
    bool setAssociated(Octets associated);

    // Wipes the key.
    void forget();

    // A message to be sealed. sealed: tagLength octets longer than the plaintext, and apart from it.
    struct Sealing {
        Siv* siv;
        Octets associated; // the first component; empty: that of setAssociated()
        Octets nonce;      // the second one
        Octets plaintext;
        std::span<std::byte> sealed;
    };
    // False when one has no key or no associated data, or the library refuses.
    static bool seal(std::span<const Sealing> messages);

    // A message to be opened. plaintext: tagLength octets shorter than what is sealed, and apart from it.
    struct Opening {
        Siv* siv;
        Octets associated; // as above
        Octets nonce;
        Octets sealed;
        std::span<std::byte> plaintext; // zeros unless it is authentic
        bool isAuthentic;
    };
    static void open(std::span<Opening> messages);

private:
    // The end of a plaintext: one block or two.
    struct Tail {
        std::array<Block, 2> blocks;
        std::size_t count;

        Octets octets() const { return std::as_bytes(std::span{blocks}.first(count)); }
    };

    template<typename Message>
    static bool makeIvs(std::span<Message> messages, std::span<Block> ivs);
    template<typename Message>
    static bool makeAlikeIvs(std::span<Message> messages, std::span<Block> ivs);
    template<typename Message>
    static bool makeEachIv(std::span<Message> messages, std::span<Block> ivs);

    Block lastOf(Octets message) const;
    Tail tailOf(Octets plaintext, const Block& sum) const;
    void begin(Octets key, const Block* ofZeros);
    template<typename Message>
    static bool prepareTexts(std::span<Message> messages);
    bool convert(const Block& iv, Octets text, std::span<std::byte> converted) const;

    Aes m_mac;
    Aes m_text; // gets its key when it is wanted first: what has no text needs none
    std::array<std::byte, 32> m_textKey{};
    std::size_t m_halfLength = 0; // of the key; 0: there is none
    bool m_isTextReady = false;
    bool m_hasAssociated = false;
    Block m_ofWhole{}; // the subkeys of CMAC
    Block m_ofPadded{};
    Block m_ofAssociated{}; // S2V so far
};

} // namespace foliot::nts
