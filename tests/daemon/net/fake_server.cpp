// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/fake_server.h"

#include "daemon/clocks/machine_reading.h"
#include "daemon/net/socket.h"
#include "ntp/whole_reply.h"

namespace foliot::tests {

using namespace std::chrono_literals;

FakeServer::FakeServer(const QString& address, Behaviour behaviour)
    : m_behaviour(std::move(behaviour))
{
    auto descriptor = daemon::openBound({.address = QHostAddress(address), .port = 0});
    if (!descriptor)
        return;
    m_descriptor = *std::move(descriptor);
    m_endpoint = daemon::localEndpoint(m_descriptor.get()).value_or(daemon::Endpoint{});
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &FakeServer::read);
}

void FakeServer::send(const daemon::Endpoint& to, const Octets& octets)
{
    const auto address = daemon::toSocketAddress(to);
    ::sendto(m_descriptor.get(), octets.data(), octets.size(), MSG_NOSIGNAL, address.get(), address.length);
}

void FakeServer::read()
{
    PacketBuffer buffer;
    while (const auto message = daemon::receiveMessage(m_descriptor.get(), buffer, false)) {
        const Octets request(message->octets.begin(), message->octets.end());
        m_requests.push_back(request);
        m_clients.push_back(*message->from);
        for (const Octets& reply : m_behaviour(request))
            send(*message->from, reply);
    }
}

FakeServer::Octets goodReply(const FakeServer::Octets& request)
{
    const RealTime now = daemon::readMachine().now.real;
    const auto reply = ntp::serverReply(request, now, now,
        {.leap = ntp::LeapIndicator::None,
            .stratum = 2,
            .rootDelay = 1ms,
            .rootDispersion = 1ms,
            .referenceId = 0xC0000201,
            .referenceTime = now - 10s});
    return reply ? FakeServer::Octets(reply->begin(), reply->end()) : FakeServer::Octets();
}

} // namespace foliot::tests
