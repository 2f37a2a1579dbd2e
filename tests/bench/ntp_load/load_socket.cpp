// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load_socket.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>

#include <unistd.h>

namespace foliot::bench {

namespace {

constexpr std::size_t transmitOffset = 40;
constexpr std::size_t originOffset = 24;
constexpr std::uint32_t sourceBase = 0x7F10'0001; // 127.16.0.1
constexpr int bufferSize = 4 << 20;

std::uint64_t cookieAt(const std::uint8_t* octets)
{
    std::uint64_t cookie = 0;
    std::memcpy(&cookie, octets, sizeof cookie);
    return cookie;
}

} // namespace

std::int64_t nowNs()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * 1'000'000'000 + time.tv_nsec;
}

LoadSocket::LoadSocket(const LoadOptions& options, std::uint64_t seed)
    : m_options(options)
    , m_descriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    , m_random(seed)
    , m_nextSource(options.firstSource)
    , m_slots(options.slots)
{
    sockaddr_in any{};
    any.sin_family = AF_INET;
    if (::bind(m_descriptor, reinterpret_cast<const sockaddr*>(&any), sizeof any) != 0) {
        std::perror("bind");
        std::exit(1);
    }
    ::setsockopt(m_descriptor, SOL_SOCKET, SO_RCVBUFFORCE, &bufferSize, sizeof bufferSize);
    for (std::size_t i = 0; i < batch; ++i) {
        m_requests[i][0] = static_cast<std::uint8_t>(m_options.version << 3 | 3);
        m_outParts[i] = {.iov_base = m_requests[i].data(), .iov_len = requestLength};
        m_out[i].msg_hdr.msg_name = const_cast<sockaddr_in*>(&m_options.server);
        m_out[i].msg_hdr.msg_namelen = sizeof(sockaddr_in);
        m_out[i].msg_hdr.msg_iov = &m_outParts[i];
        m_out[i].msg_hdr.msg_iovlen = 1;
        m_inParts[i] = {.iov_base = m_replies[i].data(), .iov_len = m_replies[i].size()};
        m_in[i].msg_hdr.msg_iov = &m_inParts[i];
        m_in[i].msg_hdr.msg_iovlen = 1;
    }
}

LoadSocket::~LoadSocket()
{
    ::close(m_descriptor);
}

void LoadSocket::prepare(std::size_t place, std::size_t slot)
{
    // The lowest octet in memory says which slot waits for it.
    const std::uint64_t cookie = (m_random() << 8 | 0x100) + slot;
    m_slots[slot].cookie = cookie;
    std::memcpy(&m_requests[place][transmitOffset], &cookie, sizeof cookie);
    if (m_options.sourceAddresses <= 1)
        return;
    in_pktinfo info{};
    info.ipi_spec_dst.s_addr = htonl(sourceBase + m_nextSource);
    m_nextSource = (m_nextSource + 1) % m_options.sourceAddresses;
    cmsghdr control{};
    control.cmsg_level = IPPROTO_IP;
    control.cmsg_type = IP_PKTINFO;
    control.cmsg_len = CMSG_LEN(sizeof info);
    std::memcpy(m_control[place].data(), &control, sizeof control);
    std::memcpy(m_control[place].data() + CMSG_LEN(0), &info, sizeof info);
    m_out[place].msg_hdr.msg_control = m_control[place].data();
    m_out[place].msg_hdr.msg_controllen = m_control[place].size();
}

void LoadSocket::fill(Tally& tally, std::size_t most)
{
    std::array<std::size_t, batch> slots{};
    std::size_t count = 0;
    for (std::size_t slot = 0; slot < m_slots.size() && count < std::min(batch, most); ++slot) {
        if (m_slots[slot].cookie == 0) {
            slots[count] = slot;
            prepare(count++, slot);
        }
    }
    if (count == 0)
        return;
    const auto sentAt = nowNs();
    const int sent = std::max(::sendmmsg(m_descriptor, m_out.data(), static_cast<unsigned>(count), 0), 0);
    tally.sent += static_cast<std::uint64_t>(sent);
    for (std::size_t i = 0; i < count; ++i) {
        if (i < static_cast<std::size_t>(sent))
            m_slots[slots[i]].sentNs = sentAt;
        else
            m_slots[slots[i]].cookie = 0;
    }
}

bool LoadSocket::isOurs(const std::array<std::uint8_t, 128>& reply, std::size_t length, std::uint64_t cookie) const
{
    if (length != requestLength)
        return false;
    if (m_options.isEcho)
        return (reply[0] & 7) == 3 && cookieAt(&reply[transmitOffset]) == cookie;
    return (reply[0] & 7) == 4 && (reply[0] >> 3 & 7) == m_options.version && cookieAt(&reply[originOffset]) == cookie;
}

std::size_t LoadSocket::drain(Tally& tally)
{
    std::size_t freed = 0;
    for (;;) {
        const int count = ::recvmmsg(m_descriptor, m_in.data(), batch, MSG_DONTWAIT, nullptr);
        if (count <= 0)
            return freed;
        const auto receivedAt = nowNs();
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            const auto at = m_options.isEcho ? transmitOffset : originOffset;
            const std::size_t slot = cookieAt(&m_replies[i][at]) & 0xff;
            if (slot >= m_slots.size() || m_slots[slot].cookie == 0 ||
                !isOurs(m_replies[i], m_in[i].msg_len, m_slots[slot].cookie)) {
                ++tally.wrong;
                continue;
            }
            ++tally.answered;
            tally.latenciesNs.push_back(receivedAt - m_slots[slot].sentNs);
            m_slots[slot].cookie = 0;
            ++freed;
        }
        if (static_cast<std::size_t>(count) < batch)
            return freed;
    }
}

void LoadSocket::giveUp(Tally& tally, std::int64_t patienceNs)
{
    const auto now = nowNs();
    for (auto& slot : m_slots) {
        if (slot.cookie != 0 && now - slot.sentNs > patienceNs) {
            slot.cookie = 0;
            ++tally.lost;
        }
    }
}

} // namespace foliot::bench
