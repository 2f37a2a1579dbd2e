// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/cookie.h"

#include "nts/few.h"

#include "ntp/octets.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <ranges>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

constexpr std::size_t sealedAt = cookieIdLength + cookieNonceLength;

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
        std::array<std::byte, cookieIdLength> id{};
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
    Few<Siv::Sealing, Siv::sideBySide> sealings;
    for (const Wanted& each : wanted) {
        const std::size_t length = cookieLengthFor(each.client->algorithm());
        const std::size_t cookies = each.nonces.size() / cookieNonceLength;
        assert(!each.client->isEmpty() && cookies >= 1 && each.nonces.size() == cookies * cookieNonceLength);
        assert(each.stride >= length && each.cookies.size() == (cookies - 1) * each.stride + length);
        for (std::size_t i = 0; i < cookies; ++i) {
            const auto cookie = each.cookies.subspan(i * each.stride, length);
            const auto nonce = each.nonces.subspan(i * cookieNonceLength, cookieNonceLength);
            ntp::writeBigEndian(cookie, 0, key.id);
            std::ranges::copy(nonce, cookie.subspan(cookieIdLength).begin());
            Siv::Sealing& sealing = sealings.add();
            sealing.siv = &key.siv;
            sealing.nonce = nonce;
            sealing.plaintext = each.client->octets();
            sealing.sealed = cookie.subspan(sealedAt);
            if (sealings.isFull()) {
                if (!Siv::seal(sealings.all())) {
                    return false;
                }
                sealings.clear();
            }
        }
    }
    return Siv::seal(sealings.all());
}

bool CookieJar::make(const CookieContent& content, Octets nonces, std::span<std::byte> cookies)
{
    const CookieText client{content};
    const Wanted wanted{
        .client = &client, .nonces = nonces, .cookies = cookies, .stride = cookieLengthFor(content.algorithm)};
    return make(std::span{&wanted, 1});
}

void CookieJar::read(std::span<const Reading> cookies)
{
    for (; !cookies.empty(); cookies = cookies.subspan(std::min(Siv::sideBySide, cookies.size()))) {
        Few<Siv::Opening, Siv::sideBySide> openings;
        Few<CookieText*, Siv::sideBySide> clients;
        for (const auto& [cookie, client] : cookies.first(std::min(Siv::sideBySide, cookies.size()))) {
            client->clear();
            constexpr std::size_t added = sealedAt + tagLength;
            if (cookie.size() < added + CookieText::keysAt || cookie.size() > added + CookieText::longest) {
                continue;
            }
            const auto key = std::ranges::find(m_keys, ntp::readBigEndian<std::uint32_t>(cookie, 0), &ReadyKey::id);
            if (key == m_keys.end()) {
                continue;
            }
            clients.add() = client;
            Siv::Opening& opening = openings.add();
            opening.siv = &key->siv;
            opening.nonce = cookie.subspan(cookieIdLength, cookieNonceLength);
            opening.sealed = cookie.subspan(sealedAt);
            opening.plaintext = client->room(cookie.size() - added);
        }
        Siv::open(openings.all());
        for (const auto& [opening, client] : std::views::zip(openings.all(), clients.all())) {
            if (opening.isAuthentic) {
                client->accept(opening.plaintext.size());
            }
        }
    }
}

std::optional<CookieContent> CookieJar::read(Octets cookie)
{
    CookieText client;
    const Reading reading{.cookie = cookie, .client = &client};
    read(std::span{&reading, 1});
    return client.isEmpty() ? std::nullopt : std::optional{client.content()};
}

} // namespace foliot::nts
