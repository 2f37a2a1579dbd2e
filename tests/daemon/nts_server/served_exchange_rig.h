// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server's side of a key exchange and a client by OpenSSL without the network between them, and requests to put together.

#include "daemon/nts_server/served_exchange.h"

#include "memory_client.h"
#include "served_identity.h"

#include <initializer_list>
#include <memory>
#include <optional>

namespace foliot::tests {

inline const daemon::TimeServer nobodyTold;

inline Octets record(int type, bool critical, const Octets& body)
{
    Octets octets;
    nts::appendRecord(octets, static_cast<nts::RecordType>(type), critical, body);
    return octets;
}

inline Octets joined(std::initializer_list<Octets> parts)
{
    Octets all;
    for (const Octets& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

inline Octets numbers(std::initializer_list<int> values)
{
    Octets octets;
    for (const int value : values) {
        octets.push_back(static_cast<std::byte>(value >> 8));
        octets.push_back(static_cast<std::byte>(value));
    }
    return octets;
}

inline const Octets ntpv4 = record(1, true, numbers({0}));
inline const Octets siv = record(4, true, numbers({15}));
inline const Octets end = record(0, true, {});
inline const Octets goodRequest = joined({ntpv4, siv, end});

inline Octets errorRecord(nts::ErrorCode code)
{
    return nts::keyExchangeError(code);
}

inline QString wordOf(std::optional<daemon::KeyExchangeEnd> ended)
{
    const auto word = ended ? daemon::keyExchangeEndWord(*ended) : std::string_view("open");
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

class ServedExchangeRig {
protected:
    std::unique_ptr<daemon::ServedExchange> serve(const daemon::TimeServer& told = nobodyTold) const
    {
        return std::make_unique<daemon::ServedExchange>(m_identities, told);
    }
    // Until neither has anything more to say.
    std::optional<daemon::KeyExchangeEnd> converse(MemoryClient& client, daemon::ServedExchange& server)
    {
        std::optional<daemon::KeyExchangeEnd> ended;
        for (Octets said = client.toSend(); !said.empty() && !ended; said = client.toSend()) {
            ended = server.received(said, m_jar);
            client.received(server.toSend());
        }
        return ended;
    }
    std::optional<daemon::KeyExchangeEnd> ask(
        MemoryClient& client, daemon::ServedExchange& server, const Octets& request)
    {
        if (const auto ended = converse(client, server))
            return ended;
        if (!client.isEstablished())
            return std::nullopt;
        client.say(request);
        return converse(client, server);
    }

    MadeAuthority m_authority;
    std::shared_ptr<const daemon::Identities> m_identities = identitiesFor(
        m_authority, {QStringLiteral("first.test"), QStringLiteral("second.test"), QStringLiteral("*.wild.test")});
    const nts::CookieKeys m_cookieKeys = cookieKeysOf(7);
    nts::CookieJar m_jar{m_cookieKeys};
};

} // namespace foliot::tests
