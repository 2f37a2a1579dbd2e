// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A time server and its key server on loopback, honest or not, and what must hold of all that was asked of them.

#include "granting.h"

#include "config/config.h"
#include "daemon/net/fake_server.h"
#include "ntp/packet.h"
#include "nts/server_side.h"
#include "support/made_certificates.h"

#include <QTest>

#include <set>

namespace foliot::tests {

// A time server and its key server, with the cookies of both in one place.
class SecureServer {
public:
    using Octets = FakeServer::Octets;
    enum class Manner { Honest, Strips, Forges, Naks, Silent };

    explicit SecureServer(
        MadeAuthority& authority, CertificateWish certificate = {.names = {QStringLiteral("nts.test")}})
        : m_time(QStringLiteral("127.0.0.1"), [this](const Octets& request) { return answer(request); })
        , m_keys({.certificate = authority.sign(certificate),
              .answer = [this](const Octets& request, const KeyServer::Export& keys) {
                  return grantTo(m_cookieKeys, {.server = "127.0.0.1", .port = m_time.endpoint().port}, request, keys);
              }})
    {}

    config::Source source(const std::string& name = "nts.test") const
    {
        return {.address = name, .port = m_keys.endpoint().port, .nts = true, .minPoll = 0, .maxPoll = 2};
    }
    // Cookies made before mean nothing from now on.
    void forgetKeys(std::uint32_t id)
    {
        m_cookieKeys = nts::CookieKeys{{.id = id,
            .secret = nts::Secret{std::vector<std::byte>(nts::cookieKeyLength, static_cast<std::byte>(id))}}};
    }
    int keyExchanges() const { return m_keys.connections(); }
    const std::vector<Octets>& requests() const { return m_time.requests(); }
    daemon::Endpoint timeServer() const { return m_time.endpoint(); }

    Manner manner = Manner::Honest;

private:
    std::vector<Octets> answer(const Octets& request)
    {
        const Octets plain = goodReply(Octets(request.begin(), request.begin() + ntp::headerLength));
        const auto opened = nts::openRequest(request, m_cookieKeys);
        if (!opened && opened.error() == nts::RequestFault::NotProtected)
            return {plain};
        switch (manner) {
        case Manner::Silent:
            return {};
        case Manner::Strips:
            return {plain};
        case Manner::Naks:
            return {*nts::nakReply(plain, request)};
        case Manner::Honest:
        case Manner::Forges:
            break;
        }
        if (!opened)
            return {*nts::nakReply(plain, request)};
        Octets random(nts::mostReplyRandom);
        for (std::size_t i = 0; i < random.size(); ++i)
            random[i] = static_cast<std::byte>(++m_random >> (i % 4));
        Octets reply = *nts::protectReply(plain, *opened, m_cookieKeys, random);
        if (manner == Manner::Forges)
            reply.back() ^= std::byte{1};
        return {reply};
    }

    nts::CookieKeys m_cookieKeys = madeCookieKeys();
    unsigned m_random = 0;
    FakeServer m_time;
    KeyServer m_keys;
};

// Each request is protected, and no two carry the same cookie.
inline void checkRequests(const std::vector<FakeServer::Octets>& requests)
{
    std::set<FakeServer::Octets> cookies;
    for (const FakeServer::Octets& request : requests) {
        const auto fields = nts::findProtectedFields(request);
        QVERIFY(fields && fields->authenticator && fields->cookieCount == 1);
        const auto cookie = fields->cookie;
        QVERIFY(cookies.insert(FakeServer::Octets(cookie.begin(), cookie.end())).second);
        QVERIFY(request.size() <= ntp::maxPacketLength);
    }
}

} // namespace foliot::tests
