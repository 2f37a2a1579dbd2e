// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a well-behaved key server says: the algorithm that it likes best of those that are offered, and eight cookies.

#include "key_server.h"

#include "nts/cookie.h"

#include <QtLogging>

namespace foliot::tests {

inline nts::CookieKeys madeCookieKeys()
{
    return nts::CookieKeys{
        {.id = 7, .secret = nts::Secret{std::vector<std::byte>(nts::cookieKeyLength, std::byte{7})}}};
}

// `grant` has the algorithm that is wished, and the server and port that are named.
inline KeyServer::Octets grantTo(const nts::CookieKeys& cookieKeys, nts::Agreement grant,
    const KeyServer::Octets& request, const KeyServer::Export& keys)
{
    const auto offer = nts::parseKeyExchangeRequest(request);
    if (!offer)
        qFatal("the client's request is none");
    const nts::CookieContent content{
        .algorithm = grant.algorithm, .keys = keys(grant.algorithm, grant.compliantContext)};
    for (std::size_t i = 0; i < nts::wantedCookies; ++i) {
        const std::vector<std::byte> nonce(nts::cookieNonceLength, static_cast<std::byte>(i));
        grant.cookies.push_back(*cookieKeys.make(content, nonce));
    }
    return nts::keyExchangeResponse(grant);
}

inline auto granting(nts::Agreement grant = {})
{
    return [grant](const KeyServer::Octets& request, const KeyServer::Export& keys) {
        return grantTo(madeCookieKeys(), grant, request, keys);
    };
}

} // namespace foliot::tests
