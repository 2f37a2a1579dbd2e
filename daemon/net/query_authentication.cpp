// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/query_authentication.h"

#include "daemon/net/random.h"
#include "ntp/octets.h"
#include "ntp/packet.h"

#include <array>
#include <cerrno>
#include <utility>
#include <variant>

namespace foliot::daemon {

void QueryAuthentication::use(std::shared_ptr<nts::Session> session)
{
    m_session = std::move(session);
    m_key.reset();
}

void QueryAuthentication::use(const keys::Key& key)
{
    m_session.reset();
    m_key = key.copy();
}

std::expected<void, int> QueryAuthentication::complete(std::vector<std::byte>& request)
{
    if (m_session && !protect(request))
        return std::unexpected(ENOMEM);
    if (m_key && !addDigest(request))
        return std::unexpected(ENOTSUP);
    return {};
}

bool QueryAuthentication::protect(std::vector<std::byte>& request)
{
    nts::RequestRandom random;
    fillWithRandom(random.uniqueIdentifier);
    fillWithRandom(random.nonce);
    auto sealed = m_session->protect(request, random);
    if (sealed)
        request = *std::move(sealed);
    return sealed.has_value();
}

// False when libcrypto refuses, as it does with MD5 in some systems.
bool QueryAuthentication::addDigest(std::vector<std::byte>& request)
{
    std::array<std::byte, keys::longestDigest> digest{};
    const auto length = m_macs.compute(*m_key, request, m_version, digest);
    const auto keyIdAt = request.size();
    request.resize(keyIdAt + sizeof m_key->id);
    ntp::writeBigEndian(std::span(request), keyIdAt, m_key->id);
    const auto made = std::span(digest).first(length);
    request.insert(request.end(), made.begin(), made.end());
    return length != 0;
}

std::expected<std::span<const std::byte>, ntp::Rejection> QueryAuthentication::judge(
    std::span<const std::byte> reply, bool mayBeAnswer)
{
    if (m_session) {
        const auto verdict = m_session->judge(reply);
        if (const auto* rejection = std::get_if<ntp::Rejection>(&verdict))
            return std::unexpected(*rejection);
        return reply.first(ntp::headerLength); // of what is authentic, all that tells the time
    }
    if (m_key && mayBeAnswer && !hasDigest(reply))
        return std::unexpected(ntp::Rejection::Unauthenticated);
    return reply;
}

bool QueryAuthentication::hasDigest(std::span<const std::byte> reply)
{
    const auto parsed = ntp::parsePacket(reply);
    return parsed && parsed->mac && parsed->mac->keyId == m_key->id &&
           m_macs.verify(*m_key, reply.first(parsed->mac->offset), m_version, parsed->mac->digest);
}

} // namespace foliot::daemon
