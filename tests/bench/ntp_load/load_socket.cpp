// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "load_socket.h"

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <ctime>
#include <span>

#include <unistd.h>

namespace foliot::bench {

namespace {

constexpr std::size_t transmitOffset = 40;
constexpr std::size_t originOffset = 24;
constexpr std::uint32_t sourceBase = 0x7F10'0001; // 127.16.0.1
constexpr int bufferSize = 4 << 20;

constexpr std::int64_t nsPerSecond = 1'000'000'000;
constexpr std::int64_t unixEpoch = 2'208'988'800; // seconds since 1900

// Since 1970; good until 2036.
std::int64_t nsOf(std::span<const std::uint8_t, 8> timestamp)
{
    std::uint64_t bits = 0;
    for (const std::uint8_t octet : timestamp)
        bits = bits << 8 | octet;
    const auto seconds = static_cast<std::int64_t>(bits >> 32) - unixEpoch;
    return seconds * nsPerSecond + static_cast<std::int64_t>((bits & 0xFFFF'FFFF) * std::uint64_t{nsPerSecond} >> 32);
}

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
    return std::int64_t{time.tv_sec} * nsPerSecond + time.tv_nsec;
}

LoadSocket::LoadSocket(const LoadOptions& options, std::uint64_t seed)
    : m_options(options)
    , m_descriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    , m_seed(seed)
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
    constexpr int isWanted = 1;
    if (m_options.judgesStamps)
        ::setsockopt(m_descriptor, SOL_SOCKET, SO_TIMESTAMPNS, &isWanted, sizeof isWanted);
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

// The lower half is the request's number, whose lowest octet says which slot waits for it; the upper half proves that it is
// ours, however late it comes back. Never 0.
std::uint64_t LoadSocket::cookieOf(std::uint32_t number) const
{
    const std::uint64_t mixed = (number ^ m_seed) * 0x9E37'79B9'7F4A'7C15;
    return ((mixed ^ mixed >> 29) | 1) << 32 | number;
}

void LoadSocket::prepare(std::size_t place, std::size_t slot)
{
    const auto cookie = cookieOf(m_nextNumber++ << 8 | static_cast<std::uint32_t>(slot));
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
    for (std::size_t tried = 0; tried < m_slots.size() && count < std::min(batch, most); ++tried) {
        const std::size_t slot = m_nextSlot++ % m_slots.size();
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

// On loopback the kernel stamps the reply while the server's system call sends it, so this is what a stamp of the server's
// side would say.
void LoadSocket::judgeStamp(Tally& tally, std::size_t place) const
{
    cmsghdr control{};
    timespec arrived{};
    std::memcpy(&control, m_inControl[place].data(), sizeof control);
    if (m_in[place].msg_hdr.msg_controllen == 0 || control.cmsg_type != SO_TIMESTAMPNS)
        return;
    std::memcpy(&arrived, m_inControl[place].data() + CMSG_LEN(0), sizeof arrived);
    const auto left = nsOf(std::span(m_replies[place]).subspan<transmitOffset, 8>());
    tally.stampErrorsNs.push_back(std::int64_t{arrived.tv_sec} * nsPerSecond + arrived.tv_nsec - left);
}

bool LoadSocket::hasForm(const std::array<std::uint8_t, 128>& reply, std::size_t length) const
{
    const int mode = m_options.isEcho ? 3 : 4;
    return length == requestLength && (reply[0] & 7) == mode && (reply[0] >> 3 & 7) == m_options.version;
}

std::size_t LoadSocket::drain(Tally& tally)
{
    std::size_t freed = 0;
    for (;;) {
        for (std::size_t i = 0; m_options.judgesStamps && i < batch; ++i) {
            m_in[i].msg_hdr.msg_control = m_inControl[i].data();
            m_in[i].msg_hdr.msg_controllen = m_inControl[i].size();
        }
        const int count = ::recvmmsg(m_descriptor, m_in.data(), batch, MSG_DONTWAIT, nullptr);
        if (count <= 0)
            return freed;
        const auto receivedAt = nowNs();
        for (std::size_t i = 0; i < static_cast<std::size_t>(count); ++i) {
            const auto at = m_options.isEcho ? transmitOffset : originOffset;
            const std::uint64_t cookie = cookieAt(&m_replies[i][at]);
            const std::size_t slot = cookie & 0xff;
            if (!hasForm(m_replies[i], m_in[i].msg_len) || slot >= m_slots.size() ||
                cookie != cookieOf(static_cast<std::uint32_t>(cookie))) {
                ++tally.wrong;
                continue;
            }
            if (m_slots[slot].cookie != cookie) {
                ++tally.late;
                continue;
            }
            ++tally.answered;
            tally.latenciesNs.push_back(receivedAt - m_slots[slot].sentNs);
            if (m_options.judgesStamps)
                judgeStamp(tally, i);
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
