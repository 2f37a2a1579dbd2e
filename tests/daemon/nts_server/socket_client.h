// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A client of the key exchange on a socket of its own, that a test leads by the hand. It waits for the server, for half a
// minute at most.

#include "memory_client.h"

#include "daemon/net/endpoint.h"
#include "daemon/net/file_descriptor.h"
#include "nts/key_exchange.h"

#include <QString>

#include <optional>

namespace foliot::tests {

enum class Heard { Something, End, Reset, Nothing };

class SocketClient {
public:
    // from: the address that it has.
    explicit SocketClient(
        const daemon::Endpoint& server, const QString& from = QStringLiteral("127.0.0.1"), ClientManners manners = {});

    int descriptor() const { return m_socket.get(); }
    MemoryClient& tls() { return m_tls; }

    // False: the server does not want it.
    bool send(std::span<const std::byte> octets) const;
    bool speak() { return send(m_tls.toSend()); }
    void halfClose() const;
    // What comes within the time goes to tls().
    Heard hear(int timeoutMs = 30'000);
    // Until the handshake is done. False: it never is.
    bool shakeHands();
    // Until the server has closed. False: it has not.
    bool hearTheEnd();

    // All of an exchange. Empty: nothing was granted.
    std::optional<nts::Agreement> exchange(std::span<const nts::Algorithm> offered = nts::allAlgorithms);

private:
    daemon::FileDescriptor m_socket;
    MemoryClient m_tls;
};

// A connection that says no more than the first octet of a TLS handshake.
daemon::FileDescriptor idleConnection(const daemon::Endpoint& server, const QString& from);

} // namespace foliot::tests
