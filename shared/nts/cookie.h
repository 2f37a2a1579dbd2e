// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server's cookies: the server keeps nothing of a client, the client brings its keys along, sealed with a key of the
// server's. Keys are replaced by and by; those before stay good until they fall off the end. RFC 8915 section 6.

#include "nts/cookie_text.h"
#include "nts/key_exchange.h"
#include "nts/secret.h"
#include "nts/siv.h"

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace foliot::nts {

// A cookie is a key's number, a nonce, and then sealed what CookieText holds.
inline constexpr std::size_t cookieIdLength = 4;
inline constexpr std::size_t cookieNonceLength = 16;
inline constexpr std::size_t cookieKeyLength = 32; // of AES-SIV-CMAC-256

struct CookieKey {
    std::uint32_t id = 0; // travels in the open
    Secret secret;        // cookieKeyLength octets
};

class CookieKeys {
public:
    // None: no cookie is made or read until there is one.
    CookieKeys() = default;
    explicit CookieKeys(CookieKey first);

    // Cookies are made with this one from now on. Those made with the keys before it are still read, as far as no more
    // than `kept` keys are there in all.
    void rotate(CookieKey next, std::size_t kept);

    bool isEmpty() const { return m_keys.empty(); }
    // Newest first.
    const std::vector<CookieKey>& all() const { return m_keys; }

    // The nonce is random, cookieNonceLength octets. Empty when the library refuses or there is no key. A multiple of four
    // octets long.
    std::optional<Cookie> make(const CookieContent& content, std::span<const std::byte> nonce) const;

    // Empty when it is none of ours, or made with a key that is gone.
    std::optional<CookieContent> read(std::span<const std::byte> cookie) const;

private:
    std::vector<CookieKey> m_keys;
};

// The keys made ready for many cookies: one for each thread.
class CookieJar {
public:
    CookieJar() = default; // no keys
    // Without those that the library refuses.
    explicit CookieJar(const CookieKeys& keys);

    bool isEmpty() const { return m_keys.empty(); }

    // A client's cookies: as many as there are nonces, each cookieLengthFor() octets long, the second one `stride` octets behind
    // the first one's beginning, and so on.
    struct Wanted {
        const CookieText* client = nullptr; // not empty
        std::span<const std::byte> nonces;  // cookieNonceLength octets each
        std::span<std::byte> cookies;       // to where the last one ends
        std::size_t stride = 0;
    };
    // Of several clients, side by side. False when the library refuses or there is no key.
    bool make(std::span<const Wanted> wanted);
    // A cookie for each nonce, one behind the other.
    bool make(const CookieContent& content, std::span<const std::byte> nonces, std::span<std::byte> cookies);

    struct Reading {
        std::span<const std::byte> cookie;
        CookieText* client = nullptr; // empty when it is none of ours, or made with a key that is gone
    };
    // Several, side by side.
    void read(std::span<const Reading> cookies);
    std::optional<CookieContent> read(std::span<const std::byte> cookie);

private:
    struct ReadyKey {
        std::uint32_t id = 0;
        Siv siv; // AES-SIV-CMAC-256, with the id for associated data
    };
    std::vector<ReadyKey> m_keys; // newest first
};

// How long the cookies for this algorithm are.
constexpr std::size_t cookieLengthFor(Algorithm algorithm)
{
    return cookieIdLength + cookieNonceLength + tagLength + CookieText::lengthFor(algorithm);
}

} // namespace foliot::nts
