// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One recvmsg() and what the kernel says beside the octets: when, from where, to which of our addresses. Shared by the
// client's sockets and the server's.

#include "daemon/clocks/clock.h"
#include "daemon/net/endpoint.h"

#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>

namespace foliot::daemon {

enum class MessageKind : std::uint8_t {
    Data,          // a datagram
    TransmitStamp, // the kernel says when a datagram of ours left
    NetworkError,  // a router or host says that a datagram of ours did not arrive
};

struct Message {
    MessageKind kind = MessageKind::Data;
    std::span<const std::byte> octets; // of the datagram, or of ours if the kernel gave it back
    bool isTruncated = false;          // longer than the buffer
    bool isControlTruncated = false;   // the kernel had more to say than we gave it room for
    std::optional<Endpoint> from;
    std::optional<QHostAddress> localAddress; // with IP_PKTINFO
    int interfaceIndex = 0;                   // with IP_PKTINFO
    std::optional<MachineStamp> stamp;
    std::optional<std::uint32_t> id; // TransmitStamp: which datagram, counted from 0
    int error = 0;                   // NetworkError: errno
};

// Reads one message without waiting, from the error queue or from the data. Error: errno, EAGAIN when there is none.
std::expected<Message, int> receiveMessage(int descriptor, std::span<std::byte> buffer, bool fromErrorQueue);

} // namespace foliot::daemon
