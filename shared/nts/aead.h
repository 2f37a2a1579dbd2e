// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Authenticated encryption as NTS names it: the algorithms of the IANA registry that Foliot speaks. Nothing here draws a
// nonce: it is passed in. RFC 5116, RFC 5297, RFC 8452.

#include "nts/secret.h"
#include "nts/siv.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <utility>
#include <vector>

namespace foliot::nts {

// The values are those of the registry, as they stand on the wire.
enum class Algorithm : std::uint16_t {
    SivCmac256 = 15, // AEAD_AES_SIV_CMAC_256: the one that every server has, RFC 8915 section 5.1
    SivCmac384 = 16,
    SivCmac512 = 17,
    Gcm128Siv = 30, // AEAD_AES_128_GCM_SIV: short keys, and so short cookies
};

// In the order in which a client prefers them.
inline constexpr std::array allAlgorithms{
    Algorithm::Gcm128Siv, Algorithm::SivCmac256, Algorithm::SivCmac512, Algorithm::SivCmac384};

inline constexpr std::size_t tagLength = 16; // how much longer a sealed text is, whatever the algorithm

// What is here for the compiler to see through is asked several times for each packet.
constexpr std::optional<Algorithm> algorithmOf(std::uint16_t number)
{
    switch (const auto algorithm = static_cast<Algorithm>(number)) {
    case Algorithm::SivCmac256:
    case Algorithm::SivCmac384:
    case Algorithm::SivCmac512:
    case Algorithm::Gcm128Siv:
        return algorithm;
    }
    return std::nullopt;
}

// "AES-SIV-CMAC-256", as people write it.
std::string_view algorithmName(Algorithm algorithm);

// Octets.
constexpr std::size_t keyLength(Algorithm algorithm)
{
    switch (algorithm) {
    case Algorithm::SivCmac256:
        return 32;
    case Algorithm::SivCmac384:
        return 48;
    case Algorithm::SivCmac512:
        return 64;
    case Algorithm::Gcm128Siv:
        return 16;
    }
    return 0;
}

// RFC 5297: the nonce is one more component of the associated data, and the tag comes first.
constexpr bool isSiv(Algorithm algorithm)
{
    return algorithm != Algorithm::Gcm128Siv;
}

// Octets that seal() wants.
constexpr std::size_t nonceLength(Algorithm algorithm)
{
    return isSiv(algorithm) ? 16 : 12;
}

// False when the cryptographic library lacks it.
bool isAvailable(Algorithm algorithm);

// Encrypts and authenticates. The associated data is never empty. Empty when the library refuses: out of memory, or the
// algorithm is not available.
std::optional<std::vector<std::byte>> seal(Algorithm algorithm, std::span<const std::byte> key,
    std::span<const std::byte> nonce, std::span<const std::byte> associated, std::span<const std::byte> plaintext);

// The plaintext; empty when it is not authentic. A nonce of a length that the algorithm does not take is not authentic:
// AES-SIV takes any from 1 octet up.
std::optional<std::vector<std::byte>> open(Algorithm algorithm, std::span<const std::byte> key,
    std::span<const std::byte> nonce, std::span<const std::byte> associated, std::span<const std::byte> sealed);

// An algorithm with a key, for many messages: seal() and open() without making everything anew for each, and without
// allocating for AES-SIV. The results go where the caller says, which is apart from what they are made of.
class KeyedAead {
public:
    // False when the key has another length than the algorithm's, or the library refuses: nothing is sealed or opened then.
    bool setKey(Algorithm algorithm, std::span<const std::byte> key);

    // The same of several, side by side.
    struct Keying {
        KeyedAead* aead;
        Algorithm algorithm;
        std::span<const std::byte> key;
        bool isSet;
    };
    static void setKeys(std::span<Keying> each);

    // sealed: tagLength octets longer than the plaintext.
    bool seal(std::span<const std::byte> nonce, std::span<const std::byte> associated,
        std::span<const std::byte> plaintext, std::span<std::byte> sealed);

    // plaintext: tagLength octets shorter than what is sealed; zeros unless it is authentic.
    bool open(std::span<const std::byte> nonce, std::span<const std::byte> associated,
        std::span<const std::byte> sealed, std::span<std::byte> plaintext);

    // The same of several messages, each by its own: those by AES-SIV side by side.
    struct Sealing {
        KeyedAead* aead;
        std::span<const std::byte> nonce;
        std::span<const std::byte> associated;
        std::span<const std::byte> plaintext;
        std::span<std::byte> sealed;
        bool isSealed;
    };
    static void seal(std::span<Sealing> messages);
    struct Opening {
        KeyedAead* aead;
        std::span<const std::byte> nonce;
        std::span<const std::byte> associated;
        std::span<const std::byte> sealed;
        std::span<std::byte> plaintext;
        bool isAuthentic;
    };
    static void open(std::span<Opening> messages);

    // Wipes the key.
    void forget();

    KeyedAead() = default;
    KeyedAead(KeyedAead&& other) noexcept { *this = std::move(other); }
    KeyedAead& operator=(KeyedAead&& other) noexcept;
    ~KeyedAead() { wipe(m_gcmKey); }

private:
    bool takes(std::span<const std::byte> nonce) const;

    std::optional<Algorithm> m_algorithm; // none: there is no key
    Siv m_siv;
    std::array<std::byte, 16> m_gcmKey{};
};

} // namespace foliot::nts
