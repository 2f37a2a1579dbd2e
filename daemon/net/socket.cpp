// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/socket.h"

#include <array>
#include <cerrno>
#include <ctime>
#include <span>

#include <fcntl.h>
#include <linux/net_tstamp.h>
#include <netinet/in.h>

namespace foliot::daemon {

namespace {

std::expected<FileDescriptor, int> openDatagram(const Endpoint& endpoint)
{
    const int family = endpoint.isIpv6() ? AF_INET6 : AF_INET;
    FileDescriptor descriptor{::socket(family, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (!descriptor.isValid() && errno == EINVAL) {
        // Without the flags: reads ask not to wait one by one, and the daemon starts no other program.
        descriptor = FileDescriptor{::socket(family, SOCK_DGRAM, 0)};
    }
    if (!descriptor.isValid())
        return std::unexpected(errno);
    return descriptor;
}

} // namespace

bool setOption(int descriptor, int level, int name, int value)
{
    return ::setsockopt(descriptor, level, name, &value, sizeof(value)) == 0;
}

void forbidFragments(int descriptor, bool isIpv6)
{
    if (isIpv6)
        setOption(descriptor, IPPROTO_IPV6, IPV6_MTU_DISCOVER, IPV6_PMTUDISC_PROBE);
    else
        setOption(descriptor, IPPROTO_IP, IP_MTU_DISCOVER, IP_PMTUDISC_PROBE);
}

std::expected<FileDescriptor, int> openConnected(const Endpoint& server)
{
    auto descriptor = openDatagram(server);
    if (!descriptor)
        return descriptor;
    forbidFragments(descriptor->get(), server.isIpv6());
    // What routers and hosts answer comes through the error queue, with its origin.
    if (server.isIpv6())
        setOption(descriptor->get(), IPPROTO_IPV6, IPV6_RECVERR, 1);
    else
        setOption(descriptor->get(), IPPROTO_IP, IP_RECVERR, 1);
    setOption(descriptor->get(), SOL_SOCKET, SO_SELECT_ERR_QUEUE, 1);
    enableStamps(descriptor->get(), Stamping::ReceiveAndTransmit);
    const SocketAddress address = toSocketAddress(server);
    if (::connect(descriptor->get(), address.get(), address.length) != 0)
        return std::unexpected(errno);
    return descriptor;
}

std::expected<FileDescriptor, int> openBound(const Endpoint& local)
{
    auto descriptor = openDatagram(local);
    if (!descriptor)
        return descriptor;
    forbidFragments(descriptor->get(), local.isIpv6());
    if (local.isIpv6()) {
        // IPv4 has sockets of its own.
        setOption(descriptor->get(), IPPROTO_IPV6, IPV6_V6ONLY, 1);
        setOption(descriptor->get(), IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    } else {
        setOption(descriptor->get(), IPPROTO_IP, IP_PKTINFO, 1);
    }
    enableStamps(descriptor->get(), Stamping::Receive);
    const SocketAddress address = toSocketAddress(local);
    if (::bind(descriptor->get(), address.get(), address.length) != 0)
        return std::unexpected(errno);
    return descriptor;
}

bool enableStamps(int descriptor, Stamping stamping)
{
    constexpr int receive = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE;
    constexpr int transmit = SOF_TIMESTAMPING_TX_SOFTWARE | SOF_TIMESTAMPING_OPT_ID;
    // Most wanted first: without TSONLY the kernel returns the whole datagram with its stamp.
    constexpr std::array tries{receive | transmit | SOF_TIMESTAMPING_OPT_TSONLY, receive | transmit, receive};
    const auto wanted = std::span(tries).subspan(stamping == Stamping::ReceiveAndTransmit ? 0 : 2);
    for (const int flags : wanted) {
        if (setOption(descriptor, SOL_SOCKET, SO_TIMESTAMPING, flags))
            return true;
    }
    return setOption(descriptor, SOL_SOCKET, SO_TIMESTAMPNS, 1);
}

FileDescriptor keepKernelStamping()
{
    auto descriptor = openDatagram({.address = QHostAddress(QHostAddress::AnyIPv4)});
    if (!descriptor)
        descriptor = openDatagram({.address = QHostAddress(QHostAddress::AnyIPv6)});
    if (!descriptor)
        return {};
    enableStamps(descriptor->get(), Stamping::Receive);
    return *std::move(descriptor);
}

std::optional<Endpoint> localEndpoint(int descriptor)
{
    SocketAddress address;
    if (::getsockname(descriptor, address.get(), &address.length) != 0)
        return std::nullopt;
    return fromSocketAddress(address);
}

} // namespace foliot::daemon
