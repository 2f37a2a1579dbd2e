// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server's side of NTS: reads a protected request with the help of the cookie in it, and protects the reply. Keeps
// nothing of a client. RFC 8915 section 5.7.

#include "nts/cookie.h"
#include "nts/protection.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>

namespace foliot::nts {

// What is left of a request that is authentic, until its reply is protected.
struct ProtectedRequest {
    CookieContent client;
    std::span<const std::byte> uniqueIdentifier; // a view into the request
    std::size_t cookiesWanted = 1;               // at most wantedCookies
    std::size_t length = 0;                      // of the request: its reply is not longer
};

enum class RequestFault : std::uint8_t {
    NotProtected,     // no NTS field in it: a plain request
    Malformed,        // stay silent
    UnreadableCookie, // none of ours, or made with a key that is gone: placeNak()
    NotAuthentic,     // not by the keys of its cookie: placeNak()
};

// One for each thread: what it needs is made once, and no packet allocates but by AES-GCM-SIV.
class ServerProtection {
public:
    // No cookie is read without keys.
    ServerProtection() = default;
    explicit ServerProtection(const CookieKeys& cookieKeys)
        : m_cookies(cookieKeys)
    {}

    std::expected<ProtectedRequest, RequestFault> open(std::span<const std::byte> request);

    // How many octets that nobody can guess the reply takes.
    static std::size_t randomLength(const ProtectedRequest& request);

    // Protects the plain header that a reply begins with, and adds fresh cookies. reply: as long as the request at least.
    // Returns the reply's length; empty when the library refuses, with the header as it was.
    std::optional<std::size_t> protect(
        std::span<std::byte> reply, const ProtectedRequest& request, std::span<const std::byte> random);

    // Wipes what is left of the last client's keys.
    void forget();

private:
    CookieJar m_cookies;
    KeyedAead m_client;
    std::array<std::byte, maxProtectedLength> m_plaintext{};
    std::array<std::byte, wantedCookies * maxCookieLength> m_made{}; // cookies, before they are fields of the plaintext
};

// Makes the plain header that a reply begins with the refusal NTSN of a request whose cookie or authenticator is not
// good, and returns its length. reply: as long as the request at least. Empty when the request has no unique identifier:
// nobody would believe it.
std::optional<std::size_t> placeNak(std::span<std::byte> reply, std::span<const std::byte> request);

} // namespace foliot::nts
