// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/message.h"

#include "daemon/net/control_message.h"

#include <array>
#include <cerrno>
#include <cstring>
#include <ctime>

#include <linux/errqueue.h>
#include <netinet/in.h>
#include <sys/socket.h>

namespace foliot::daemon {

namespace {

// SO_TIMESTAMPING has two numbers: one whose times are as wide as long, one whose times are always 64 bits wide.
constexpr int timestampingOld = 37;
constexpr int timestampingNew = 65;
constexpr int timestampNsOld = 35;
constexpr int timestampNsNew = 64;

template<typename Number>
std::optional<RealTime> softwareTime(const cmsghdr& header)
{
    // The first of up to three times is the kernel's software stamp.
    const auto time = payload<std::array<Number, 2>>(header);
    if (!time || ((*time)[0] == 0 && (*time)[1] == 0))
        return std::nullopt;
    return RealTime{std::chrono::seconds((*time)[0]) + Nanoseconds((*time)[1])};
}

void readStamp(const cmsghdr& header, Message& message)
{
    std::optional<RealTime> time;
    switch (header.cmsg_type) {
    case timestampingOld:
    case timestampNsOld:
        time = softwareTime<long>(header);
        break;
    case timestampingNew:
    case timestampNsNew:
        time = softwareTime<std::int64_t>(header);
        break;
    default: // other ancillary data of the socket level
        return;
    }
    if (time)
        message.stamp = MachineStamp{.real = *time, .origin = StampOrigin::Kernel};
}

void readExtendedError(const cmsghdr& header, Message& message)
{
    const auto error = payload<sock_extended_err>(header);
    if (!error)
        return;
    if (error->ee_origin == SO_EE_ORIGIN_TIMESTAMPING) {
        message.kind = MessageKind::TransmitStamp;
        message.id = error->ee_data;
    } else {
        message.kind = MessageKind::NetworkError;
        message.error = static_cast<int>(error->ee_errno);
    }
}

void readControl(const cmsghdr& header, Message& message)
{
    if (header.cmsg_level == SOL_SOCKET) {
        readStamp(header, message);
    } else if (header.cmsg_level == IPPROTO_IP && header.cmsg_type == IP_RECVERR) {
        readExtendedError(header, message);
    } else if (header.cmsg_level == IPPROTO_IPV6 && header.cmsg_type == IPV6_RECVERR) {
        readExtendedError(header, message);
    } else if (header.cmsg_level == IPPROTO_IP && header.cmsg_type == IP_PKTINFO) {
        if (const auto info = payload<in_pktinfo>(header)) {
            message.localAddress = QHostAddress(ntohl(info->ipi_spec_dst.s_addr));
            message.interfaceIndex = info->ipi_ifindex;
        }
    } else if (header.cmsg_level == IPPROTO_IPV6 && header.cmsg_type == IPV6_PKTINFO) {
        if (const auto info = payload<in6_pktinfo>(header)) {
            Q_IPV6ADDR octets;
            std::memcpy(&octets, &info->ipi6_addr, sizeof(octets));
            message.localAddress = QHostAddress(octets);
            message.interfaceIndex = static_cast<int>(info->ipi6_ifindex);
        }
    }
}

} // namespace

std::expected<Message, int> receiveMessage(int descriptor, std::span<std::byte> buffer, bool fromErrorQueue)
{
    SocketAddress from;
    iovec octets{.iov_base = buffer.data(), .iov_len = buffer.size()};
    alignas(cmsghdr) std::array<std::byte, 512> control;
    msghdr header{};
    header.msg_name = from.get();
    header.msg_namelen = from.length;
    header.msg_iov = &octets;
    header.msg_iovlen = 1;
    header.msg_control = control.data();
    header.msg_controllen = control.size();

    const ssize_t length = ::recvmsg(descriptor, &header, MSG_DONTWAIT | (fromErrorQueue ? MSG_ERRQUEUE : 0));
    if (length < 0)
        return std::unexpected(errno);

    Message message;
    message.octets = std::span(buffer).first(static_cast<std::size_t>(length));
    message.isTruncated = (header.msg_flags & MSG_TRUNC) != 0;
    message.isControlTruncated = (header.msg_flags & MSG_CTRUNC) != 0;
    from.length = header.msg_namelen;
    message.from = fromSocketAddress(from);
    if ((header.msg_flags & MSG_ERRQUEUE) != 0)
        message.kind = MessageKind::TransmitStamp; // unless the extended error says otherwise
    for (const cmsghdr* part = CMSG_FIRSTHDR(&header); part; part = CMSG_NXTHDR(&header, const_cast<cmsghdr*>(part)))
        readControl(*part, message);
    return message;
}

} // namespace foliot::daemon
