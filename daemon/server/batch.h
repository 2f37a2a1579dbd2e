// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Up to 32 datagrams that come in together and the replies that go out together: the buffers of recvmmsg() and sendmmsg(),
// and what the kernel says beside the octets. One for each answering thread, allocated once.

#include "daemon/server/network_address.h"
#include "daemon/server/reply.h"
#include "daemon/server/request_buffer.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>

#include <netinet/in.h>
#include <sys/socket.h>

namespace foliot::daemon {

class Batch {
public:
    static constexpr std::size_t capacity = 32;

    explicit Batch(bool repliesNameTheirAddress);

    // Sleeps until there is a datagram and takes all that are there. Error: errno.
    std::expected<std::size_t, int> receive(int descriptor);

    // Of datagram i, below what receive() returned.
    std::span<const std::byte> octets(std::size_t i) const;
    bool isTruncated(std::size_t i) const;
    NetworkEndpoint from(std::size_t i) const;
    std::optional<RealTime> receivedAt(std::size_t i) const; // the kernel's stamp

    // Room for the replies, and the queueing of the next one as one to datagram i. Places count from 0 in each batch.
    std::span<Reply> replies() { return m_replies; }
    void addReply(std::size_t i);
    std::size_t replyCount() const { return m_replyCount; }
    Reply& reply(std::size_t place) { return m_replies[place]; }
    // Has the kernel report when that reply left.
    void askTransmitTime(std::size_t place);

    // Sends the queued replies from that place to before the end, without waiting. Returns how many the kernel took.
    std::size_t send(int descriptor, std::size_t first, std::size_t end);

private:
    // Stamp and packet-info of a received datagram.
    using ReceiveControl = std::array<std::byte, 128>;
    // Packet-info and the wish for a stamp of a sent one.
    using SendControl = std::array<std::byte, 64>;

    void resetLengths(std::size_t count);
    void nameAddress(std::size_t i, std::size_t place);
    void addControl(std::size_t place, int level, int type, std::span<const std::byte> value);

    const bool m_namesAddress;
    std::size_t m_receivedCount = 0;
    std::size_t m_replyCount = 0;
    std::array<mmsghdr, capacity> m_in{};
    std::array<mmsghdr, capacity> m_out{};
    std::array<iovec, capacity> m_inParts{};
    std::array<iovec, capacity> m_outParts{};
    std::array<sockaddr_storage, capacity> m_names{};
    alignas(cmsghdr) std::array<ReceiveControl, capacity> m_inControl{};
    alignas(cmsghdr) std::array<SendControl, capacity> m_outControl{};
    std::array<RequestBuffer, capacity> m_octets{};
    std::array<Reply, capacity> m_replies{};
};

} // namespace foliot::daemon
