// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A key exchange server on real sockets, as a test wants it.

#include "daemon/nts_server/key_exchange_server.h"

#include "served_identity.h"
#include "socket_client.h"

#include <memory>

namespace foliot::tests {

inline const daemon::AccessList everybody(
    {{.length = 0, .isAllowed = true}, {.address = {.isIpv6 = true}, .isAllowed = true}});
inline const QString local = QStringLiteral("127.0.0.1");

// One of many clients.
inline QString addressOf(int number)
{
    return QStringLiteral("127.1.%1.%2").arg(number / 250).arg(number % 250 + 1);
}

class KeyExchangeRig {
protected:
    // A server that serves everybody, as its settings are.
    std::unique_ptr<daemon::KeyExchangeServer> start(const daemon::KeyExchangeSettings& settings)
    {
        auto server = std::make_unique<daemon::KeyExchangeServer>(settings, m_cookieKeys);
        server->admit(everybody);
        server->start();
        if (!server->problems().isEmpty())
            qFatal("%s", qPrintable(server->problems().join(u'\n')));
        return server;
    }
    daemon::KeyExchangeSettings settings() const
    {
        return {.addresses = {{.address = QHostAddress(local), .port = 0}},
            .identities = {filesOf(m_files)},
            .limit = {.inAll = 64, .ofOne = 64, .rate = {.prefixes = {.ipv4 = 32, .ipv6 = 64}}},
            .timeLimit = std::chrono::seconds(20)};
    }
    static daemon::Endpoint endpointOf(const std::unique_ptr<daemon::KeyExchangeServer>& server)
    {
        return server->served().front().endpoint;
    }
    static std::uint64_t count(const std::unique_ptr<daemon::KeyExchangeServer>& server, daemon::KeyExchangeEnd end)
    {
        return server->counters().of(end);
    }

    MadeAuthority m_authority;
    CertificateFiles m_files = m_authority.sign({.names = {QStringLiteral("nts.test")}});
    daemon::Publication<nts::CookieKeys> m_cookieKeys{cookieKeysOf(7)};
};

} // namespace foliot::tests
