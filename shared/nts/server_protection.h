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
    CookieText client;
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

// One for each thread: what it needs is made once, and no packet allocates but by AES-GCM-SIV. Several packets at once take
// much less time than one after the other.
class ServerProtection {
public:
    // No cookie is read without keys.
    ServerProtection() = default;
    explicit ServerProtection(const CookieKeys& cookieKeys)
        : m_cookies(cookieKeys)
    {}

    static constexpr std::size_t sideBySide = Siv::sideBySide;

    using Opened = std::expected<ProtectedRequest, RequestFault>;
    // One for each request.
    void open(std::span<const std::span<const std::byte>> requests, std::span<Opened> opened);
    Opened open(std::span<const std::byte> request);

    // How many octets that nobody can guess the reply takes.
    static std::size_t randomLength(const ProtectedRequest& request);

    // The plain header that a reply begins with, to be protected, with fresh cookies.
    struct Protection {
        std::span<std::byte> reply; // as long as the request at least
        const ProtectedRequest* request = nullptr;
        std::span<const std::byte> random; // randomLength() octets
        std::optional<std::size_t> length; // the reply's; empty when the library refused, with the header as it was
    };
    void protect(std::span<Protection> replies);
    std::optional<std::size_t> protect(
        std::span<std::byte> reply, const ProtectedRequest& request, std::span<const std::byte> random);

    // Wipes what is left of the last clients' keys.
    void forget();

private:
    struct Place {
        KeyedAead client;
        std::array<std::byte, maxProtectedLength> plaintext{};
    };

    void openGroup(std::span<const std::span<const std::byte>> requests, std::span<Opened> opened);
    void protectGroup(std::span<Protection> replies);

    CookieJar m_cookies;
    std::array<Place, sideBySide> m_places{};
    std::size_t m_usedPlaces = 0; // since keys were forgotten
};

// Makes the plain header that a reply begins with the refusal NTSN of a request whose cookie or authenticator is not
// good, and returns its length. reply: as long as the request at least. Empty when the request has no unique identifier:
// nobody would believe it.
std::optional<std::size_t> placeNak(std::span<std::byte> reply, std::span<const std::byte> request);

} // namespace foliot::nts
