// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Starts other NTP implementations as servers and clients, each kept from this machine's clock. They are unpacked side by
// side under $FOLIOT_PEERS (default /opt), because their packages exclude each other.

#include "support/child_process.h"
#include "support/made_certificates.h"

#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace foliot::tests {

// The path of a peer's program, or why it is not there.
QString peerProgram(const QString& peer, const QString& relativePath);

using Peer = std::unique_ptr<ChildProcess>;

// Servers. Each serves this machine's clock as stratum 1 or so on the given loopback address and port.
// keys: its key file.
Peer startChronydServer(const QTemporaryDir& folder, const QString& address, quint16 port, const QString& keys = {});
Peer startNtpdRsServer(const QTemporaryDir& folder, const QString& address, quint16 port);
Peer startNtpsecServer(const QTemporaryDir& folder, const QString& address); // port 123, it knows no other

// The same on port 123 with Network Time Security: keys are exchanged on port 4460. chronyd replaces the key of its
// cookies every four seconds; algorithm: the number of the AEAD that it offers.
Peer startChronydNtsServer(
    const QTemporaryDir& folder, const QString& address, const CertificateFiles& certificate, int algorithm);
Peer startNtpdRsNtsServer(const QTemporaryDir& folder, const QString& address, const CertificateFiles& certificate);

// One measurement of a server by another implementation: its offset from this machine's clock in seconds, positive when
// the server is ahead. Empty when it got no usable answer; `output` tells what it said.
std::optional<double> measureWithChronyd(
    const QTemporaryDir& folder, const QString& address, quint16 port, QString* output);
std::optional<double> measureWithNtpdig(const QString& address, QString* output);

// Clients that go on running, and what they say of the server.
// options: of chrony's server directive. keys: its key file.
Peer startChronydClient(const QTemporaryDir& folder, const QString& server, quint16 port, const QString& options = {},
    const QString& keys = {});
bool chronydClientSelected(const QTemporaryDir& folder, QString* output);
QString chronydClientData(const QTemporaryDir& folder, const QString& server); // of the last exchange, for people
Peer startNtpdRsClient(const QTemporaryDir& folder, const QString& server, quint16 port);
bool ntpdRsClientHasMeasured(const QTemporaryDir& folder, QString* output);
Peer startNtpsecClient(const QTemporaryDir& folder, const QString& listen, const QString& server);
bool ntpsecClientHasReached(const QString& listen, QString* output);

// The same with Network Time Security: trusted is the file of certificates that they trust. algorithm: the number of the AEAD
// that chronyd offers. ntpd-rs, which would ask every 16 seconds, does so every second.
Peer startChronydNtsClient(const QTemporaryDir& folder, const QString& server, const QString& trusted, int algorithm);
QString chronydClientAuthentication(const QTemporaryDir& folder); // one line a source: its state, comma-separated
Peer startNtpdRsNtsClient(const QTemporaryDir& folder, const QString& server, const QString& trusted);
Peer startNtpsecNtsClient(
    const QTemporaryDir& folder, const QString& listen, const QString& server, const QString& trusted);

} // namespace foliot::tests
