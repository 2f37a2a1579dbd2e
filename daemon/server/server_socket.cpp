// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/server_socket.h"

#include "daemon/net/socket.h"
#include "daemon/server/request_buffer.h"

#include <cerrno>
#include <cstring>

#include <netinet/in.h>

namespace foliot::daemon {

namespace {

// How many requests are taken before the event loop gets its turn: a flood must not starve the client.
constexpr int requestsAtOnce = 64;

// Room for one IPv4 or IPv6 packet-info header.
using ControlBuffer = std::array<std::byte, CMSG_SPACE(sizeof(in6_pktinfo))>;

template<typename Info>
void putControl(msghdr& header, int level, int type, const Info& info)
{
    cmsghdr* control = CMSG_FIRSTHDR(&header);
    control->cmsg_level = level;
    control->cmsg_type = type;
    control->cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(CMSG_DATA(control), &info, sizeof info);
    header.msg_controllen = CMSG_SPACE(sizeof info);
}

// Makes the kernel send from the address that was asked, on machines with several.
void sendFrom(msghdr& header, ControlBuffer& buffer, const QHostAddress& address, int interfaceIndex)
{
    header.msg_control = buffer.data();
    header.msg_controllen = buffer.size();
    if (address.protocol() == QAbstractSocket::IPv6Protocol) {
        in6_pktinfo info{};
        const auto octets = address.toIPv6Address();
        std::memcpy(&info.ipi6_addr, &octets, sizeof info.ipi6_addr);
        // Only link-local addresses need to be told the way out.
        info.ipi6_ifindex = address.isLinkLocal() ? static_cast<unsigned>(interfaceIndex) : 0;
        putControl(header, IPPROTO_IPV6, IPV6_PKTINFO, info);
    } else {
        in_pktinfo info{};
        info.ipi_spec_dst.s_addr = htonl(address.toIPv4Address());
        putControl(header, IPPROTO_IP, IP_PKTINFO, info);
    }
}

} // namespace

std::expected<std::unique_ptr<ServerSocket>, int> ServerSocket::open(const Endpoint& local)
{
    auto descriptor = openBound(local);
    if (!descriptor)
        return std::unexpected(descriptor.error());
    enableStamps(descriptor->get(), Stamping::Receive);
    const auto bound = localEndpoint(descriptor->get()).value_or(local);
    return std::unique_ptr<ServerSocket>(new ServerSocket(std::move(*descriptor), bound));
}

ServerSocket::ServerSocket(FileDescriptor descriptor, const Endpoint& endpoint)
    : m_descriptor(std::move(descriptor))
    , m_endpoint(endpoint)
    , m_readable(m_descriptor.get(), QSocketNotifier::Read)
{
    connect(&m_readable, &QSocketNotifier::activated, this, &ServerSocket::readAll);
}

void ServerSocket::readAll()
{
    RequestBuffer buffer;
    for (int i = 0; i < requestsAtOnce; ++i) {
        const auto message = receiveMessage(m_descriptor.get(), buffer, false);
        if (!message) {
            // A refused reply shows up here once (ECONNREFUSED); the next read brings the next request.
            if (message.error() == EAGAIN || message.error() == EWOULDBLOCK)
                return;
            continue;
        }
        if (message->kind != MessageKind::Data || !message->from)
            continue;
        Q_EMIT received(Request{.octets = {message->octets.begin(), message->octets.end()},
            .isTruncated = message->isTruncated,
            .from = *message->from,
            .localAddress = message->localAddress,
            .interfaceIndex = message->interfaceIndex,
            .stamp = message->stamp});
    }
}

bool ServerSocket::reply(const Request& request, std::span<const std::byte> octets)
{
    auto destination = toSocketAddress(request.from);
    // The kernel only reads what an iovec of a sendmsg points to.
    iovec part{.iov_base = const_cast<std::byte*>(octets.data()), .iov_len = octets.size()};
    msghdr header{};
    header.msg_name = destination.get();
    header.msg_namelen = destination.length;
    header.msg_iov = &part;
    header.msg_iovlen = 1;
    alignas(cmsghdr) ControlBuffer control{};
    if (request.localAddress)
        sendFrom(header, control, *request.localAddress, request.interfaceIndex);
    return ::sendmsg(m_descriptor.get(), &header, MSG_DONTWAIT | MSG_NOSIGNAL) >= 0;
}

} // namespace foliot::daemon
