// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Both sides of a protected exchange without a network: keys, cookies, requests and replies as the tests want them.

#include "server_side.h"

#include "nts/session.h"

#include "ntp/packet.h"

#include <random>

namespace foliot::nts {

inline Secret someSecret(std::size_t length, int first)
{
    std::vector<std::byte> octets(length);
    for (std::byte& octet : octets) {
        octet = static_cast<std::byte>(first++);
    }
    return Secret{std::move(octets)};
}

inline CookieKeys someCookieKeys()
{
    return CookieKeys{{.id = 1, .secret = someSecret(cookieKeyLength, 100)}};
}

// Each number is another client, with keys of its own.
inline CookieContent someClient(Algorithm algorithm, int number = 0)
{
    return {.algorithm = algorithm,
        .keys = {.clientToServer = someSecret(keyLength(algorithm), 1 + number),
            .serverToClient = someSecret(keyLength(algorithm), 90 + number)}};
}

inline RequestRandom someRandom(int seed)
{
    RequestRandom random;
    random.uniqueIdentifier.fill(static_cast<std::byte>(seed));
    random.nonce.fill(static_cast<std::byte>(seed + 1));
    return random;
}

// A session as a key exchange leaves it.
inline Session someSession(
    Algorithm algorithm, const CookieKeys& keys, std::size_t cookies = wantedCookies, int client = 0)
{
    std::vector<Cookie> made;
    for (std::size_t i = 0; i < cookies; ++i) {
        const std::vector<std::byte> nonce(cookieNonceLength, static_cast<std::byte>(0xf0 + i));
        made.push_back(*keys.make(someClient(algorithm, client), nonce));
    }
    return {algorithm, someClient(algorithm, client).keys, std::move(made)};
}

inline auto requestHeader()
{
    return ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{0x1234}});
}

inline auto replyHeader(std::uint8_t stratum = 1, std::uint32_t referenceId = 0)
{
    return ntp::serializeHeader({.mode = ntp::Mode::Server,
        .stratum = stratum,
        .referenceId = referenceId,
        .origin = ntp::Timestamp{0x1234},
        .receive = ntp::Timestamp{0x5678},
        .transmit = ntp::Timestamp{0x9abc}});
}

inline std::vector<std::byte> replyTo(const std::vector<std::byte>& request, const CookieKeys& keys, int seed = 0)
{
    std::mt19937 generator{static_cast<std::mt19937::result_type>(seed)};
    std::vector<std::byte> random(mostReplyRandom);
    for (std::byte& octet : random) {
        octet = static_cast<std::byte>(generator() & 0xff);
    }
    return *protectReply(replyHeader(), *openRequest(request, keys), keys, random);
}

} // namespace foliot::nts
