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
constexpr std::size_t sealedAt = idLength + cookieNonceLength;
constexpr std::size_t longestPlaintext = algorithmLength + 2 * Secret::mostOctets;

// What a cookie seals, for as long as it is looked at.
class Plaintext {
public:
    explicit Plaintext(std::size_t length)
        : m_octets(std::span{m_all}.first(length))
    {}
    ~Plaintext() { wipe(m_octets); }
    Plaintext(const Plaintext&) = delete;
    Plaintext& operator=(const Plaintext&) = delete;

    std::span<std::byte> octets() { return m_octets; }

private:
    std::array<std::byte, longestPlaintext> m_all{};
    std::span<std::byte> m_octets;
};

std::size_t plaintextLength(Algorithm algorithm)
{
    return algorithmLength + 2 * keyLength(algorithm);
}

std::optional<CookieContent> contentOf(Octets plaintext)
{
    if (plaintext.size() < algorithmLength) {
        return std::nullopt;
    }
    const auto algorithm = algorithmOf(ntp::readBigEndian<std::uint16_t>(plaintext, 0));
    if (!algorithm || plaintext.size() != plaintextLength(*algorithm)) {
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
    if (m_keys.empty()) {
        return std::nullopt;
    }
    CookieJar jar{CookieKeys{{.id = m_keys.front().id, .secret = m_keys.front().secret.copy()}}};
    Cookie cookie(cookieLengthFor(content.algorithm));
    if (!jar.make(content, nonce, cookie)) {
        return std::nullopt;
    }
    return cookie;
}

std::optional<CookieContent> CookieKeys::read(Octets cookie) const
{
    return CookieJar{*this}.read(cookie);
}

CookieJar::CookieJar(const CookieKeys& keys)
{
    for (const CookieKey& key : keys.all()) {
        std::array<std::byte, idLength> id{};
        ntp::writeBigEndian(std::span{id}, 0, key.id);
        Siv siv;
        if (siv.setKey(key.secret.octets()) && siv.setAssociated(id)) {
            m_keys.push_back({.id = key.id, .siv = std::move(siv)});
        }
    }
}

bool CookieJar::make(const CookieContent& content, Octets nonces, std::span<std::byte> cookies)
{
    const std::size_t count = nonces.size() / cookieNonceLength;
    const std::size_t each = cookieLengthFor(content.algorithm);
    assert(count >= 1 && nonces.size() == count * cookieNonceLength && cookies.size() == count * each);
    if (m_keys.empty()) {
        return false;
    }
    Plaintext plaintext(plaintextLength(content.algorithm));
    const std::span octets = plaintext.octets();
    const Octets toServer = content.keys.clientToServer.octets();
    ntp::writeBigEndian(octets, 0, static_cast<std::uint16_t>(content.algorithm));
    std::ranges::copy(toServer, octets.subspan(algorithmLength).begin());
    std::ranges::copy(content.keys.serverToClient.octets(), octets.subspan(algorithmLength + toServer.size()).begin());

    ReadyKey& key = m_keys.front();
    for (std::size_t i = 0; i < count; ++i) {
        const auto cookie = cookies.subspan(i * each, each);
        ntp::writeBigEndian(cookie, 0, key.id);
        std::ranges::copy(nonces.subspan(i * cookieNonceLength, cookieNonceLength), cookie.subspan(idLength).begin());
    }
    const auto sealed = cookies.subspan(sealedAt);
    return count == 1 ? key.siv.seal(nonces, octets, sealed) : key.siv.sealEach(nonces, octets, sealed, each);
}

std::optional<CookieContent> CookieJar::read(Octets cookie)
{
    if (cookie.size() < sealedAt + tagLength || cookie.size() > sealedAt + tagLength + longestPlaintext) {
        return std::nullopt;
    }
    const auto key = std::ranges::find(m_keys, ntp::readBigEndian<std::uint32_t>(cookie, 0), &ReadyKey::id);
    if (key == m_keys.end()) {
        return std::nullopt;
    }
    const Octets sealed = cookie.subspan(sealedAt);
    Plaintext plaintext(sealed.size() - tagLength);
    if (!key->siv.open(cookie.subspan(idLength, cookieNonceLength), sealed, plaintext.octets())) {
        return std::nullopt;
    }
    return contentOf(plaintext.octets());
}

std::size_t cookieLengthFor(Algorithm algorithm)
{
    return sealedAt + tagLength + plaintextLength(algorithm);
}

} // namespace foliot::nts
