// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server's side of NTS: reads a protected request with the help of the cookie in it, and protects the reply. Keeps
// nothing between the two. RFC 8915 section 5.7.

#include "nts/cookie.h"
#include "nts/protection.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <vector>

namespace foliot::nts {

struct ProtectedRequest {
    CookieContent client;
    std::vector<std::byte> uniqueIdentifier;
    std::size_t cookiesWanted = 1; // at most wantedCookies
    std::size_t length = 0;        // of the request: its reply is not longer
};

enum class RequestFault : std::uint8_t {
    NotProtected, // no NTS field in it: a plain request
    Malformed,    // stay silent
    NotAuthentic, // the cookie cannot be read, or the request is not by its keys: nakReply()
};

std::expected<ProtectedRequest, RequestFault> openRequest(
    std::span<const std::byte> packet, const CookieKeys& cookieKeys);

inline constexpr std::size_t replyRandomLength = 16 + wantedCookies * cookieNonceLength;

// The plain reply's header, protected, with fresh cookies. random: replyRandomLength octets that nobody can guess. Empty
// when the library refuses.
std::optional<std::vector<std::byte>> protectReply(std::span<const std::byte> header, const ProtectedRequest& request,
    const CookieKeys& cookieKeys, std::span<const std::byte> random);

// The refusal NTSN of a request that is NotAuthentic, made of the plain reply's header. Empty when the request has no
// unique identifier: nobody would believe it.
std::optional<std::vector<std::byte>> nakReply(std::span<const std::byte> header, std::span<const std::byte> request);

} // namespace foliot::nts
