// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A TLS client by OpenSSL that behaves as a test wants, without a socket: what the server said goes to received(), what it
// says comes from toSend(). It believes any certificate.

#include "nts/session.h"

#include <QByteArray>

#include <openssl/ssl.h>

#include <memory>
#include <span>
#include <vector>

namespace foliot::tests {

using Octets = std::vector<std::byte>;

struct ClientManners {
    QByteArray alpn = "\x07ntske/1"; // the list as it stands in the message; empty: none
    int version = TLS1_3_VERSION;    // the only one, as RFC 8915 section 3 wants it
    QByteArray groups = "X25519";
    QByteArray suites;     // of TLS 1.3; empty: OpenSSL's own
    QByteArray serverName; // by SNI; empty: none
};

class MemoryClient {
public:
    explicit MemoryClient(const ClientManners& manners = {});

    Octets toSend();
    void received(std::span<const std::byte> octets);

    bool isEstablished() const { return m_isEstablished; }
    bool hasFailed() const { return m_hasFailed; }
    bool isClosed() const { return m_isClosed; } // by the server, properly
    const Octets& heard() const { return m_heard; }
    QByteArray certificateName() const; // the first of the server's certificate
    int certificates() const;           // how many it showed
    QByteArray suite() const;           // that was agreed upon
    int group() const;                  // that was agreed upon: a NID
    bool isResumable() const;           // it was given a ticket

    void say(std::span<const std::byte> octets);
    void sayGoodbye();
    void updateKey(); // asks the server for one too
    nts::SessionKeys keys(nts::Algorithm algorithm, bool compliant = true) const;

private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* connection) const { SSL_free(connection); }
    };
    void proceed();

    std::unique_ptr<SSL_CTX, Free> m_context;
    std::unique_ptr<SSL, Free> m_connection;
    BIO* m_incoming = nullptr; // owned by the connection
    BIO* m_outgoing = nullptr;
    bool m_isEstablished = false;
    bool m_hasFailed = false;
    bool m_isClosed = false;
    Octets m_heard;
};

} // namespace foliot::tests
