// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "socket_client.h"

#include <QtLogging>

#include <array>
#include <cerrno>
#include <cstring>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>

namespace foliot::tests {

namespace {

daemon::FileDescriptor connectTo(const daemon::Endpoint& server, const QString& from)
{
    daemon::FileDescriptor socket{::socket(server.isIpv6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)};
    constexpr int on = 1;
    // The port is chosen for the connection, not for the address: there are more of them then.
    ::setsockopt(socket.get(), IPPROTO_IP, IP_BIND_ADDRESS_NO_PORT, &on, sizeof on);
    // What it says in two pieces does not wait for the acknowledgement of the first.
    ::setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const auto local = daemon::toSocketAddress({.address = QHostAddress(from), .port = 0});
    const auto remote = daemon::toSocketAddress(server);
    if (!socket.isValid() || ::bind(socket.get(), local.get(), local.length) != 0 ||
        ::connect(socket.get(), remote.get(), remote.length) != 0)
        qFatal("cannot connect from %s: %s", qPrintable(from), std::strerror(errno));
    return socket;
}

} // namespace

SocketClient::SocketClient(const daemon::Endpoint& server, const QString& from, ClientManners manners)
    : m_socket(connectTo(server, from))
    , m_tls(manners)
{}

bool SocketClient::send(std::span<const std::byte> octets) const
{
    return ::send(m_socket.get(), octets.data(), octets.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(octets.size());
}

void SocketClient::halfClose() const
{
    ::shutdown(m_socket.get(), SHUT_WR);
}

Heard SocketClient::hear(int timeoutMs)
{
    pollfd waited{.fd = m_socket.get(), .events = POLLIN, .revents = 0};
    if (::poll(&waited, 1, timeoutMs) != 1)
        return Heard::Nothing;
    std::array<std::byte, 8192> octets{};
    const ssize_t count = ::recv(m_socket.get(), octets.data(), octets.size(), 0);
    if (count < 0)
        return Heard::Reset;
    if (count == 0)
        return Heard::End;
    m_tls.received(std::span(octets).first(static_cast<std::size_t>(count)));
    return Heard::Something;
}

bool SocketClient::shakeHands()
{
    while (speak() && !m_tls.isEstablished())
        if (hear() != Heard::Something || m_tls.hasFailed())
            return false;
    return m_tls.isEstablished();
}

bool SocketClient::hearTheEnd()
{
    for (;;) {
        const Heard heard = hear();
        if (heard != Heard::Something)
            return heard != Heard::Nothing;
    }
}

std::optional<nts::Agreement> SocketClient::exchange(std::span<const nts::Algorithm> offered)
{
    if (!shakeHands())
        return std::nullopt;
    m_tls.say(nts::keyExchangeRequest(offered));
    if (!speak())
        return std::nullopt;
    for (;;) {
        if (auto agreement = nts::parseKeyExchangeResponse(m_tls.heard(), offered))
            return *std::move(agreement);
        if (hear() != Heard::Something)
            return std::nullopt;
    }
}

daemon::FileDescriptor idleConnection(const daemon::Endpoint& server, const QString& from)
{
    auto socket = connectTo(server, from);
    constexpr char first = '\x16';
    ::send(socket.get(), &first, 1, MSG_NOSIGNAL);
    return socket;
}

} // namespace foliot::tests
