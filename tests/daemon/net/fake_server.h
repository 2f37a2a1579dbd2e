// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server on loopback that answers as a test wants: the requests come in as they are, the test says what goes back.

#include "daemon/net/endpoint.h"
#include "daemon/net/file_descriptor.h"
#include "daemon/net/message.h"

#include <QObject>
#include <QSocketNotifier>

#include <array>
#include <functional>
#include <memory>
#include <vector>

namespace foliot::tests {

// Longer than any packet without Network Time Security.
using PacketBuffer = std::array<std::byte, 1233>;

class FakeServer : public QObject {
    Q_OBJECT
public:
    using Octets = std::vector<std::byte>;
    // What to send back, one datagram each.
    using Behaviour = std::function<std::vector<Octets>(const Octets& request)>;

    // address: "127.0.0.1" or "::1"; the kernel chooses the port.
    FakeServer(const QString& address, Behaviour behaviour);

    daemon::Endpoint endpoint() const { return m_endpoint; }
    const std::vector<daemon::Endpoint>& clients() const { return m_clients; } // one for each request
    const std::vector<Octets>& requests() const { return m_requests; }
    void behave(Behaviour behaviour) { m_behaviour = std::move(behaviour); } // from the next request on
    void send(const daemon::Endpoint& to, const Octets& octets);

private:
    void read();

    Behaviour m_behaviour;
    daemon::FileDescriptor m_descriptor;
    daemon::Endpoint m_endpoint;
    std::unique_ptr<QSocketNotifier> m_notifier;
    std::vector<daemon::Endpoint> m_clients;
    std::vector<Octets> m_requests;
};

// A good reply of a stratum 2 server whose clock is the machine's.
FakeServer::Octets goodReply(const FakeServer::Octets& request);

} // namespace foliot::tests
