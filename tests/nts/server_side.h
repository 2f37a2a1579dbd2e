// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server's side of a protected exchange as functions of octets, made anew for each packet.

#include "ntp/packet.h"
#include "nts/server_protection.h"

#include <algorithm>
#include <optional>
#include <vector>

namespace foliot::nts {

inline constexpr std::size_t mostReplyRandom = 16 + wantedCookies * cookieNonceLength;

inline std::expected<ProtectedRequest, RequestFault> openRequest(
    std::span<const std::byte> request, const CookieKeys& keys)
{
    return ServerProtection{keys}.open(request);
}

// random: as many octets of it as are wanted.
inline std::optional<std::vector<std::byte>> protectReply(std::span<const std::byte> header,
    const ProtectedRequest& request, const CookieKeys& keys, std::span<const std::byte> random)
{
    std::vector<std::byte> reply(request.length);
    std::ranges::copy(header, reply.begin());
    const auto length =
        ServerProtection{keys}.protect(reply, request, random.first(ServerProtection::randomLength(request)));
    if (!length)
        return std::nullopt;
    reply.resize(*length);
    return reply;
}

inline std::optional<std::vector<std::byte>> nakReply(
    std::span<const std::byte> header, std::span<const std::byte> request)
{
    std::vector<std::byte> reply(std::max(request.size(), header.size()));
    std::ranges::copy(header, reply.begin());
    const auto length = placeNak(reply, request);
    if (!length)
        return std::nullopt;
    reply.resize(*length);
    return reply;
}

} // namespace foliot::nts
