// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts_requests.h"

#include "ntp/extension_field.h"
#include "ntp/octets.h"
#include "ntp/packet.h"
#include "nts/protection.h"

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <random>

namespace foliot::bench {

namespace {

constexpr std::size_t opened = 64; // one reply in so many is decrypted; all the others are looked at from outside

std::size_t cookiesIn(std::span<const std::byte> fields)
{
    constexpr auto type = static_cast<std::uint16_t>(nts::FieldType::NtsCookie);
    std::size_t cookies = 0;
    while (fields.size() >= ntp::fieldHeaderLength) {
        const std::size_t length = ntp::readBigEndian<std::uint16_t>(fields, 2);
        if (length < ntp::fieldHeaderLength || length > fields.size())
            return 0;
        if (ntp::readBigEndian<std::uint16_t>(fields, 0) == type)
            ++cookies;
        fields = fields.subspan(length);
    }
    return cookies;
}

} // namespace

NtsRequests::NtsRequests(std::size_t slotCount, const nts::Agreement& agreement, const nts::SessionKeys& keys,
    std::size_t cookiesWanted, bool isEcho, std::uint64_t seed)
    : m_algorithm(agreement.algorithm)
    , m_serverKey(keys.serverToClient.copy())
    , m_cookiesWanted(cookiesWanted)
    , m_isEcho(isEcho)
    , m_last(slotCount)
{
    std::mt19937_64 random(seed);
    for (std::size_t i = 0; i < slotCount * variants; ++i) {
        // The transmit timestamp says which one it is.
        const auto header = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{seed + i}});
        auto cookies = agreement.cookies;
        std::rotate(cookies.begin(), cookies.begin() + static_cast<std::ptrdiff_t>(i % cookies.size()), cookies.end());
        cookies.resize(std::min(cookies.size(), nts::wantedCookies + 1 - cookiesWanted));
        nts::Session session(m_algorithm,
            {.clientToServer = keys.clientToServer.copy(), .serverToClient = keys.serverToClient.copy()}, cookies);
        nts::RequestRandom drawn;
        for (std::byte& octet : drawn.uniqueIdentifier)
            octet = static_cast<std::byte>(random());
        for (std::byte& octet : drawn.nonce)
            octet = static_cast<std::byte>(random());
        const auto request = session.protect(header, drawn);
        if (!request) {
            std::fprintf(stderr, "no request can be protected\n");
            std::exit(1);
        }
        m_requests.push_back(*request);
    }
}

std::span<const std::byte> NtsRequests::next(std::size_t slot)
{
    m_last[slot] = (m_last[slot] + 1) % variants;
    return m_requests[slot * variants + m_last[slot]];
}

Requests::Verdict NtsRequests::judge(std::span<const std::byte> reply) const
{
    if (reply.size() < ntp::headerLength)
        return {};
    const auto first = ntp::readBigEndian<std::uint64_t>(m_requests.front(), transmitOffset);
    const auto sent = ntp::readBigEndian<std::uint64_t>(reply, m_isEcho ? transmitOffset : originOffset);
    const std::size_t which = sent - first;
    if (which >= m_requests.size() || !isRight(reply))
        return {};
    const std::size_t slot = which / variants;
    return {.kind = m_last[slot] == which % variants ? Kind::Answer : Kind::Late, .slot = slot};
}

bool NtsRequests::isRight(std::span<const std::byte> reply) const
{
    if (m_isEcho)
        return true;
    const auto fields = nts::findProtectedFields(reply);
    if (!fields || !fields->authenticator || !fields->uniqueIdentifier)
        return false;
    if (m_judged++ % opened != 0)
        return true;
    const auto plaintext = nts::openAuthenticator(reply, *fields->authenticator, m_algorithm, m_serverKey.octets());
    // Some bring one less than was asked for.
    const std::size_t cookies = plaintext ? cookiesIn(*plaintext) : 0;
    return cookies <= m_cookiesWanted && cookies + 1 >= m_cookiesWanted && cookies > 0;
}

} // namespace foliot::bench
