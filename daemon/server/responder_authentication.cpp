// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a Responder does about who authenticates: by a symmetric key, or by Network Time Security.

#include "daemon/server/responder.h"

#include "ntp/octets.h"
#include "nts/few.h"

#include <algorithm>
#include <array>
#include <ranges>
#include <utility>

namespace foliot::daemon {

// Not a word to whoever has a key that we do not know: a crypto-NAK would tell strangers which keys there are.
bool Responder::authenticate(const ntp::ClientRequest& request, std::span<const std::byte> octets, Reply& reply)
{
    const keys::Key* const key = m_keys.value().find(request.mac->keyId);
    if (!key || !m_macs.verify(*key, octets.first(request.mac->offset), request.version, request.mac->digest))
        return false;
    ++m_counters.authenticated;
    reply.key = key;
    return true;
}

// What stands behind the authenticator is nobody's: a MAC there is not looked at.
Responder::Access Responder::unprotect(
    const ntp::ClientRequest& request, const Arrival& arrival, Opened& opened, Reply& reply)
{
    if (opened) {
        const std::size_t place = placeOf(opened->client.algorithm());
        ++m_counters.protectedWith[place];
        m_counters.cookiesFor[place] += opened->cookiesWanted;
        reply.protects = *std::move(opened);
        return Access::Open;
    }
    switch (opened.error()) {
    case nts::RequestFault::NotProtected:
        return Access::Open;
    case nts::RequestFault::Malformed:
        break;
    case nts::RequestFault::UnreadableCookie:
        ++m_counters.unreadableCookies;
        return refuse(request, arrival, reply);
    case nts::RequestFault::NotAuthentic:
        ++m_counters.notAuthenticByNts;
        return refuse(request, arrival, reply);
    }
    ++m_counters.rejected[placeOf(ntp::Rejection::MalformedExtension)];
    return Access::Dropped;
}

// NTSN, so that the client exchanges keys again. Anybody may ask for it, and gets less than was sent.
Responder::Access Responder::refuse(const ntp::ClientRequest& request, const Arrival& arrival, Reply& reply)
{
    m_nak.place(reply.header(), request, smeared(ntp::toTimestamp(arrival.received)), {});
    reply.length = nts::placeNak(reply.octets, arrival.octets).value_or(ntp::headerLength);
    return Access::Refused;
}

void Responder::end()
{
    if (!std::exchange(m_hasClientKeys, false))
        return;
    m_protection.forget();
    m_random.provide();
}

// Those of them that are to be. When the library refuses, a reply stays without protection, and the client takes it for what
// it is.
void Responder::protect(std::span<Reply> replies)
{
    std::size_t randomLength = 0;
    for (const Reply& reply : replies)
        randomLength += reply.protects ? nts::ServerProtection::randomLength(*reply.protects) : 0;
    if (randomLength == 0)
        return;
    auto random = m_random.take(randomLength);
    nts::Few<nts::ServerProtection::Protection, together> protections;
    nts::Few<Reply*, together> isProtected;
    for (Reply& reply : replies) {
        if (!reply.protects)
            continue;
        const std::size_t own = nts::ServerProtection::randomLength(*reply.protects);
        isProtected.add() = &reply;
        auto& protection = protections.add();
        protection.reply = reply.octets;
        protection.request = &*reply.protects;
        protection.random = random.first(own);
        random = random.subspan(own);
    }
    m_protection.protect(protections.all());
    for (const auto& [reply, protection] : std::views::zip(isProtected.all(), protections.all())) {
        reply->length = protection.length.value_or(ntp::headerLength);
        reply->protects.reset(); // with its keys
    }
}

void Responder::appendMac(Reply& reply)
{
    // No longer than the request's: a key has one kind of digest, and the version cuts both alike.
    std::array<std::byte, keys::longestDigest> digest{};
    const auto length = m_macs.compute(*reply.key, reply.content(), reply.version, digest);
    ntp::writeBigEndian(std::span(reply.octets), reply.length, reply.key->id);
    reply.length += Reply::keyIdLength;
    std::ranges::copy(std::span(digest).first(length), std::span(reply.octets).subspan(reply.length).begin());
    reply.length += length;
}

} // namespace foliot::daemon
