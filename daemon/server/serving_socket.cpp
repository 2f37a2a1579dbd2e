// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/serving_socket.h"

#include "daemon/net/socket.h"

#include <cerrno>

#include <linux/net_tstamp.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace foliot::daemon {

namespace {

// A thread that loses its processor for 50 ms at 100 000 requests a second finds them all: each costs the kernel about 800.
constexpr int wantedReceiveBuffer = 4 << 20;

int option(int descriptor, int level, int name)
{
    int value = 0;
    socklen_t length = sizeof value;
    return ::getsockopt(descriptor, level, name, &value, &length) == 0 ? value : 0;
}

FileDescriptor open(const Endpoint& local)
{
    return FileDescriptor{::socket(local.isIpv6() ? AF_INET6 : AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0)};
}

bool bind(const FileDescriptor& descriptor, const Endpoint& local)
{
    if (local.isIpv6())
        setOption(descriptor.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1); // IPv4 has sockets of its own
    const SocketAddress address = toSocketAddress(local);
    return ::bind(descriptor.get(), address.get(), address.length) == 0;
}

// SO_REUSEPORT would let another foliotd share the port without a word, and each would get half of the requests.
int whyTaken(const Endpoint& local)
{
    const FileDescriptor alone = open(local);
    return alone.isValid() && bind(alone, local) ? 0 : errno;
}

void prepare(ServingSocket& socket, const Endpoint& local)
{
    const int descriptor = socket.descriptor.get();
    setOption(descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
    // The first is not bound by the system's limit but needs a privilege.
    if (!setOption(descriptor, SOL_SOCKET, SO_RCVBUFFORCE, wantedReceiveBuffer))
        setOption(descriptor, SOL_SOCKET, SO_RCVBUF, wantedReceiveBuffer);
    forbidFragments(descriptor, local.isIpv6());
    // Looking up which address was asked costs a tenth of a request; a socket of one address knows it.
    const bool anyAddress = local.address == QHostAddress::AnyIPv4 || local.address == QHostAddress::AnyIPv6;
    if (anyAddress && local.isIpv6())
        setOption(descriptor, IPPROTO_IPV6, IPV6_RECVPKTINFO, 1);
    else if (anyAddress)
        setOption(descriptor, IPPROTO_IP, IP_PKTINFO, 1);
    socket.saysLocalAddress = anyAddress;
    socket.saysTransmitTime = restartTransmitNumbers(descriptor);
}

} // namespace

bool restartTransmitNumbers(int descriptor)
{
    // Transmit stamps are asked for with single datagrams, and numbered by those. Numbers begin when that is switched on.
    constexpr int receive = SOF_TIMESTAMPING_SOFTWARE | SOF_TIMESTAMPING_RX_SOFTWARE;
    constexpr int reports = SOF_TIMESTAMPING_OPT_ID | SOF_TIMESTAMPING_OPT_TSONLY;
    setOption(descriptor, SOL_SOCKET, SO_TIMESTAMPING_NEW, receive);
    return setOption(descriptor, SOL_SOCKET, SO_TIMESTAMPING_NEW, receive | reports);
}

std::expected<ServingGroup, int> openServingGroup(
    const Endpoint& local, unsigned workers, const SteeringPrefixes& prefixes, std::uint64_t key)
{
    if (const int reason = local.port == 0 ? 0 : whyTaken(local))
        return std::unexpected(reason);
    ServingGroup group{.sockets = {}, .endpoint = local};
    for (unsigned i = 0; i < workers; ++i) {
        ServingSocket socket{.descriptor = open(local)};
        if (!socket.descriptor.isValid())
            return std::unexpected(errno);
        prepare(socket, local);
        if (!bind(socket.descriptor, group.endpoint))
            return std::unexpected(errno);
        if (i == 0) {
            group.endpoint = localEndpoint(socket.descriptor.get()).value_or(local);
            // The kernel counts its own overhead into what it was asked for, and doubles it for that.
            group.receiveBuffer = option(socket.descriptor.get(), SOL_SOCKET, SO_RCVBUF) / 2;
        }
        group.sockets.push_back(std::move(socket));
    }
    if (workers > 1) {
        if (const int reason =
                steerByAddress(group.sockets.front().descriptor.get(), local.isIpv6(), workers, prefixes, key))
            return std::unexpected(reason);
    }
    return group;
}

} // namespace foliot::daemon
