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

constexpr std::uint32_t sourceBase = 0x7F10'0001; // 127.16.0.1
constexpr int bufferSize = 4 << 20;

constexpr std::int64_t nsPerSecond = 1'000'000'000;
constexpr std::int64_t unixEpoch = 2'208'988'800; // seconds since 1900

// Since 1970; good until 2036.
std::int64_t nsOf(std::span<const std::byte, 8> timestamp)
{
    std::uint64_t bits = 0;
    for (const std::byte octet : timestamp)
        bits = bits << 8 | std::to_integer<std::uint64_t>(octet);
    const auto seconds = static_cast<std::int64_t>(bits >> 32) - unixEpoch;
    return seconds * nsPerSecond + static_cast<std::int64_t>((bits & 0xFFFF'FFFF) * std::uint64_t{nsPerSecond} >> 32);
}

} // namespace

std::int64_t nowNs()
{
    timespec time{};
    ::clock_gettime(CLOCK_MONOTONIC, &time);
    return std::int64_t{time.tv_sec} * nsPerSecond + time.tv_nsec;
}

LoadSocket::LoadSocket(const LoadOptions& options, std::unique_ptr<Requests> requests)
    : m_options(options)
    , m_requests(std::move(requests))
    , m_descriptor(::socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC | SOCK_NONBLOCK, 0))
    , m_nextSource(options.firstSource)
    , m_slots(options.slotCount)
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
    m_slots[slot].isBusy = true;
    const auto request = m_requests->next(slot);
    // The kernel only reads it.
    m_outParts[place] = {.iov_base = const_cast<std::byte*>(request.data()), .iov_len = request.size()};
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
    std::array<std::size_t, batch> chosen{};
    std::size_t count = 0;
    for (std::size_t tried = 0; tried < m_slots.size() && count < std::min(batch, most); ++tried) {
        const std::size_t slot = m_nextSlot++ % m_slots.size();
        if (!m_slots[slot].isBusy) {
            chosen[count] = slot;
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
            m_slots[chosen[i]].sentNs = sentAt;
        else
            m_slots[chosen[i]].isBusy = false;
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
            const auto reply = std::span<const std::byte>(m_replies[i]).first(m_in[i].msg_len);
            const auto [kind, slot] = m_requests->judge(reply);
            if (kind == Requests::Kind::Wrong) {
                ++tally.wrong;
                continue;
            }
            if (kind == Requests::Kind::Late || !m_slots[slot].isBusy) {
                ++tally.late;
                continue;
            }
            ++tally.answered;
            tally.latenciesNs.push_back(receivedAt - m_slots[slot].sentNs);
            if (m_options.judgesStamps)
                judgeStamp(tally, i);
            m_slots[slot].isBusy = false;
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
        if (slot.isBusy && now - slot.sentNs > patienceNs) {
            slot.isBusy = false;
            ++tally.lost;
        }
    }
}

} // namespace foliot::bench
