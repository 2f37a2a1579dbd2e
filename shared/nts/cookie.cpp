// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/cookie.h"

#include "ntp/octets.h"

#include <algorithm>
#include <array>
#include <cassert>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

// key's number, nonce, then sealed: algorithm, two octets of zero, key c2s, key s2c.
constexpr std::size_t idLength = 4;
constexpr std::size_t algorithmLength = 4;
constexpr auto sealedWith = Algorithm::SivCmac256;

void append(std::vector<std::byte>& octets, Octets more)
{
    octets.insert(octets.end(), more.begin(), more.end());
}

std::optional<CookieContent> contentOf(Octets plaintext)
{
    if (plaintext.size() < algorithmLength) {
        return std::nullopt;
    }
    const auto algorithm = algorithmOf(ntp::readBigEndian<std::uint16_t>(plaintext, 0));
    if (!algorithm || plaintext.size() != algorithmLength + 2 * keyLength(*algorithm)) {
        return std::nullopt;
    }
    const Octets keys = plaintext.subspan(algorithmLength);
    return CookieContent{
        .algorithm = *algorithm,
        .keys = {.clientToServer = Secret{keys.first(keyLength(*algorithm))},
            .serverToClient = Secret{keys.last(keyLength(*algorithm))}},
    };
}

} // namespace

CookieKeys::CookieKeys(CookieKey first)
{
    assert(first.secret.octets().size() == cookieKeyLength);
    m_keys.push_back(std::move(first));
}

void CookieKeys::rotate(CookieKey next, std::size_t kept)
{
    assert(next.secret.octets().size() == cookieKeyLength && kept >= 1);
    m_keys.insert(m_keys.begin(), std::move(next));
    if (m_keys.size() > kept) {
        m_keys.resize(kept);
    }
}

std::optional<Cookie> CookieKeys::make(const CookieContent& content, Octets nonce) const
{
    assert(nonce.size() == cookieNonceLength);
    std::vector<std::byte> plaintext(algorithmLength);
    ntp::writeBigEndian(std::span{plaintext}, 0, static_cast<std::uint16_t>(content.algorithm));
    plaintext.reserve(algorithmLength + 2 * keyLength(content.algorithm)); // a key is not left behind by a larger copy
    append(plaintext, content.keys.clientToServer.octets());
    append(plaintext, content.keys.serverToClient.octets());
    const Secret wiped{std::move(plaintext)};

    Cookie cookie(idLength);
    ntp::writeBigEndian(std::span{cookie}, 0, m_keys.front().id);
    const auto sealed = seal(sealedWith, m_keys.front().secret.octets(), nonce, cookie, wiped.octets());
    if (!sealed) {
        return std::nullopt;
    }
    append(cookie, nonce);
    append(cookie, *sealed);
    return cookie;
}

std::optional<CookieContent> CookieKeys::read(Octets cookie) const
{
    if (cookie.size() < idLength + cookieNonceLength + tagLength || cookie.size() > maxCookieLength) {
        return std::nullopt;
    }
    const auto key = std::ranges::find(m_keys, ntp::readBigEndian<std::uint32_t>(cookie, 0), &CookieKey::id);
    if (key == m_keys.end()) {
        return std::nullopt;
    }
    auto plaintext = open(sealedWith, key->secret.octets(), cookie.subspan(idLength, cookieNonceLength),
        cookie.first(idLength), cookie.subspan(idLength + cookieNonceLength));
    if (!plaintext) {
        return std::nullopt;
    }
    return contentOf(Secret{*std::move(plaintext)}.octets());
}

std::size_t cookieLengthFor(Algorithm algorithm)
{
    return idLength + cookieNonceLength + tagLength + algorithmLength + 2 * keyLength(algorithm);
}

} // namespace foliot::nts
