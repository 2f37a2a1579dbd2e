// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A client's TLS 1.3 connection without its socket: what came in goes to received(), what is to go out comes from
// toSend(). Checks the server's certificates, and that it speaks NTS key exchange. Used by KeyExchange.

#include "daemon/nts/tls_facts.h"
#include "nts/secret.h"

#include <QByteArray>
#include <QString>

#include <openssl/ssl.h>

#include <cstddef>
#include <cstdint>
#include <expected>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

namespace foliot::daemon {

struct TlsWish {
    std::string host;        // name or numeric address that the certificate has to be for
    std::string trustedFile; // certificates (PEM) to trust; empty: those that the system trusts
    DateRule dates;
};

enum class TlsFault : std::uint8_t {
    Certificate, // it was shown one that it does not believe
    Protocol,    // no TLS 1.3, no NTS key exchange, or the connection broke
    Ourselves,   // it could not begin: no memory, no trusted certificates
};

struct TlsFailure {
    TlsFault fault = TlsFault::Protocol;
    QString why; // the end of a sentence
};

class TlsClient {
public:
    static std::expected<std::unique_ptr<TlsClient>, TlsFailure> open(const TlsWish& wish);

    // Goes on with the handshake, or with what the server says after it. True once established, until the server closes
    // or it fails.
    std::expected<bool, TlsFailure> received(const QByteArray& octets);
    QByteArray toSend();

    // Once established.
    bool write(std::span<const std::byte> octets);
    // What the server said so far and nobody read.
    std::vector<std::byte> read();
    bool isClosed() const { return m_isClosed; } // by the server, properly
    void close();                                // our goodbye, to be sent

    std::optional<nts::Secret> exportKey(std::span<const std::byte> context, std::size_t length) const;
    TlsFacts facts() const;

private:
    struct Free {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
        void operator()(SSL* connection) const { SSL_free(connection); }
    };

    TlsClient() = default;
    std::optional<TlsFailure> setUp(const TlsWish& wish);
    std::expected<bool, TlsFailure> shakeHands();
    TlsFailure failure() const;
    static int judgeDates(int isGood, X509_STORE_CTX* context);

    std::unique_ptr<SSL_CTX, Free> m_context;
    std::unique_ptr<SSL, Free> m_connection;
    BIO* m_incoming = nullptr; // owned by the connection
    BIO* m_outgoing = nullptr;
    DateRule m_dates;
    bool m_isEstablished = false;
    bool m_isClosed = false;
    bool m_areDatesExcused = false;
    std::vector<std::byte> m_read;
};

} // namespace foliot::daemon
