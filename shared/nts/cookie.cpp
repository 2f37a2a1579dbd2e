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

// What cookies seal, for as long as it is looked at.
class Plaintexts {
public:
    Plaintexts() = default;
    ~Plaintexts()
    {
        for (auto& plaintext : std::span{m_all}.first(m_count)) {
            wipe(plaintext);
        }
    }
    Plaintexts(const Plaintexts&) = delete;
    Plaintexts& operator=(const Plaintexts&) = delete;

    std::span<std::byte> add(std::size_t length) { return std::span{m_all[m_count++]}.first(length); }

private:
    std::array<std::array<std::byte, longestPlaintext>, Siv::sideBySide> m_all; // as many as are counted
    std::size_t m_count = 0;
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

void place(std::span<std::byte> plaintext, const CookieContent& content)
{
    const Octets toServer = content.keys.clientToServer.octets();
    ntp::writeBigEndian(plaintext, 0, static_cast<std::uint16_t>(content.algorithm));
    ntp::writeBigEndian(plaintext, 2, std::uint16_t{0});
    std::ranges::copy(toServer, plaintext.subspan(algorithmLength).begin());
    std::ranges::copy(
        content.keys.serverToClient.octets(), plaintext.subspan(algorithmLength + toServer.size()).begin());
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

bool CookieJar::make(std::span<const Wanted> wanted)
{
    if (m_keys.empty()) {
        return false;
    }
    ReadyKey& key = m_keys.front();
    for (; !wanted.empty(); wanted = wanted.subspan(std::min(Siv::sideBySide, wanted.size()))) {
        Plaintexts plaintexts;
        std::array<Siv::Sealing, Siv::sideBySide> sealings;
        std::size_t count = 0;
        for (const Wanted& client : wanted.first(std::min(Siv::sideBySide, wanted.size()))) {
            const auto plaintext = plaintexts.add(plaintextLength(client.content->algorithm));
            place(plaintext, *client.content);
            const std::size_t length = cookieLengthFor(client.content->algorithm);
            const std::size_t cookies = client.nonces.size() / cookieNonceLength;
            assert(cookies >= 1 && client.nonces.size() == cookies * cookieNonceLength);
            assert(client.stride >= length && client.cookies.size() == (cookies - 1) * client.stride + length);
            for (std::size_t i = 0; i < cookies; ++i) {
                const auto cookie = client.cookies.subspan(i * client.stride, length);
                const auto nonce = client.nonces.subspan(i * cookieNonceLength, cookieNonceLength);
                ntp::writeBigEndian(cookie, 0, key.id);
                std::ranges::copy(nonce, cookie.subspan(idLength).begin());
                sealings[count++] = {.siv = &key.siv,
                    .associated = {},
                    .nonce = nonce,
                    .plaintext = plaintext,
                    .sealed = cookie.subspan(sealedAt)};
                if (count == sealings.size()) {
                    if (!Siv::seal(sealings)) {
                        return false;
                    }
                    count = 0;
                }
            }
        }
        if (!Siv::seal(std::span{sealings}.first(count))) {
            return false;
        }
    }
    return true;
}

bool CookieJar::make(const CookieContent& content, Octets nonces, std::span<std::byte> cookies)
{
    const Wanted wanted{
        .content = &content, .nonces = nonces, .cookies = cookies, .stride = cookieLengthFor(content.algorithm)};
    return make(std::span{&wanted, 1});
}

void CookieJar::read(std::span<Reading> cookies)
{
    for (; !cookies.empty(); cookies = cookies.subspan(std::min(Siv::sideBySide, cookies.size()))) {
        Plaintexts plaintexts;
        std::array<Siv::Opening, Siv::sideBySide> openings;
        std::array<Reading*, Siv::sideBySide> readings;
        std::size_t count = 0;
        for (Reading& reading : cookies.first(std::min(Siv::sideBySide, cookies.size()))) {
            const Octets cookie = reading.cookie;
            reading.content.reset();
            if (cookie.size() < sealedAt + tagLength || cookie.size() > sealedAt + tagLength + longestPlaintext) {
                continue;
            }
            const auto key = std::ranges::find(m_keys, ntp::readBigEndian<std::uint32_t>(cookie, 0), &ReadyKey::id);
            if (key == m_keys.end()) {
                continue;
            }
            readings[count] = &reading;
            openings[count++] = {.siv = &key->siv,
                .associated = {},
                .nonce = cookie.subspan(idLength, cookieNonceLength),
                .sealed = cookie.subspan(sealedAt),
                .plaintext = plaintexts.add(cookie.size() - sealedAt - tagLength)};
        }
        Siv::open(std::span{openings}.first(count));
        for (std::size_t i = 0; i < count; ++i) {
            if (openings[i].isAuthentic) {
                readings[i]->content = contentOf(openings[i].plaintext);
            }
        }
    }
}

std::optional<CookieContent> CookieJar::read(Octets cookie)
{
    Reading reading{.cookie = cookie, .content = {}};
    read(std::span{&reading, 1});
    return std::move(reading.content);
}

std::size_t cookieLengthFor(Algorithm algorithm)
{
    return sealedAt + tagLength + plaintextLength(algorithm);
}

} // namespace foliot::nts
