// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// An NTS key server on loopback that behaves as a test wants, well or badly.

#include "daemon/net/endpoint.h"
#include "nts/session.h"
#include "support/made_certificates.h"

#include <QTcpServer>
#include <QTcpSocket>

#include <openssl/ssl.h>

#include <functional>
#include <memory>
#include <vector>

namespace foliot::tests {

class KeyServer : public QObject {
    Q_OBJECT
public:
    using Octets = std::vector<std::byte>;
    // The keys of this connection for an algorithm.
    using Export = std::function<nts::SessionKeys(nts::Algorithm, bool compliant)>;

    struct Manners {
        CertificateFiles certificate;
        QByteArray alpn = "ntske/1"; // empty: none is agreed upon
        int maxVersion = TLS1_3_VERSION;
        // What it says to a whole request.
        std::function<Octets(const Octets& request, const Export& keys)> answer;
        int piece = 0;           // octets of its answer in each record of TLS; 0: all in one
        bool isDripping = false; // a piece each 20 ms, and no goodbye
        bool isSilent = false;   // it takes connections and says nothing
        bool isFalling = false;  // it takes connections and resets them
    };

    // address: where to listen; the kernel chooses the port, unless one is given.
    explicit KeyServer(Manners manners, const QString& address = QStringLiteral("127.0.0.1"), quint16 port = 0);
    ~KeyServer() override;

    daemon::Endpoint endpoint() const;
    int connections() const { return m_connections; }
    // Names that clients asked for by SNI.
    const QStringList& namesAsked() const { return m_namesAsked; }

    Manners manners;

private:
    struct Connection;

    void take(QTcpSocket* socket);
    void serve(Connection& connection);
    void say(Connection& connection);

    QTcpServer m_server;
    int m_connections = 0;
    QStringList m_namesAsked;
    std::vector<std::unique_ptr<Connection>> m_open;
};

} // namespace foliot::tests
