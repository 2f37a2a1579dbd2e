// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/nts_server/listening_socket.h"

#include "daemon/net/socket.h"

#include <cerrno>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

namespace foliot::daemon {

namespace {

FileDescriptor open(const Endpoint& local)
{
    FileDescriptor descriptor{
        ::socket(local.isIpv6() ? AF_INET6 : AF_INET, SOCK_STREAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0)};
    if (descriptor.isValid() && local.isIpv6())
        setOption(descriptor.get(), IPPROTO_IPV6, IPV6_V6ONLY, 1); // IPv4 has sockets of its own
    return descriptor;
}

bool bind(const FileDescriptor& descriptor, const Endpoint& local)
{
    // Connections of before, that the kernel still remembers, are in nobody's way.
    setOption(descriptor.get(), SOL_SOCKET, SO_REUSEADDR, 1);
    const SocketAddress address = toSocketAddress(local);
    return ::bind(descriptor.get(), address.get(), address.length) == 0;
}

// SO_REUSEPORT would let another foliotd share the port without a word, and each would get half of the clients.
int whyTaken(const Endpoint& local)
{
    const FileDescriptor alone = open(local);
    return alone.isValid() && bind(alone, local) ? 0 : errno;
}

void prepare(int descriptor)
{
    setOption(descriptor, SOL_SOCKET, SO_REUSEPORT, 1);
    // Connections inherit it: an answer is not to wait for the acknowledgement of the one before.
    setOption(descriptor, IPPROTO_TCP, TCP_NODELAY, 1);
    // In TLS the client speaks first. Until it does the kernel keeps it to itself.
    setOption(descriptor, IPPROTO_TCP, TCP_DEFER_ACCEPT, 1);
}

} // namespace

std::expected<ListeningGroup, int> openListeningGroup(
    const Endpoint& local, unsigned threads, const SteeringPrefixes& prefixes, std::uint64_t key)
{
    if (const int reason = local.port == 0 ? 0 : whyTaken(local))
        return std::unexpected(reason);
    ListeningGroup group{.sockets = {}, .endpoint = local};
    for (unsigned i = 0; i < threads; ++i) {
        FileDescriptor descriptor = open(local);
        if (!descriptor.isValid())
            return std::unexpected(errno);
        prepare(descriptor.get());
        if (!bind(descriptor, group.endpoint) || ::listen(descriptor.get(), SOMAXCONN) != 0)
            return std::unexpected(errno);
        if (i == 0)
            group.endpoint = localEndpoint(descriptor.get()).value_or(local);
        group.sockets.push_back(std::move(descriptor));
    }
    if (threads > 1) {
        if (const int reason = steerByAddress(group.sockets.front().get(), local.isIpv6(), threads, prefixes, key))
            return std::unexpected(reason);
    }
    return group;
}

} // namespace foliot::daemon
