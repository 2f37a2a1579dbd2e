// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/batch.h"

#include "daemon/net/control_message.h"

#include <cerrno>
#include <cstring>
#include <utility>

#include <linux/net_tstamp.h>

namespace foliot::daemon {

namespace {

// What the kernel sends for SO_TIMESTAMPING_NEW: the software stamp, and two for hardware.
struct Stamps {
    std::array<std::array<std::int64_t, 2>, 3> secondsAndNanoseconds;
};

template<typename Call>
void forEachControl(const msghdr& header, Call&& call)
{
    for (const cmsghdr* control = CMSG_FIRSTHDR(&header); control;
        control = CMSG_NXTHDR(const_cast<msghdr*>(&header), const_cast<cmsghdr*>(control)))
        call(*control);
}

} // namespace

Batch::Batch(bool repliesNameTheirAddress)
    : m_namesAddress(repliesNameTheirAddress)
{
    for (std::size_t i = 0; i < capacity; ++i) {
        m_inParts[i] = {.iov_base = m_octets[i].data(), .iov_len = m_octets[i].size()};
        m_in[i].msg_hdr.msg_name = &m_names[i];
        m_in[i].msg_hdr.msg_iov = &m_inParts[i];
        m_in[i].msg_hdr.msg_iovlen = 1;
        m_in[i].msg_hdr.msg_control = m_inControl[i].data();
        m_outParts[i] = {.iov_base = m_replies[i].octets.data(), .iov_len = 0};
        m_out[i].msg_hdr.msg_iov = &m_outParts[i];
        m_out[i].msg_hdr.msg_iovlen = 1;
    }
    resetLengths(capacity);
}

// The kernel leaves the lengths that it used.
void Batch::resetLengths(std::size_t count)
{
    for (std::size_t i = 0; i < count; ++i) {
        m_in[i].msg_hdr.msg_namelen = sizeof(sockaddr_storage);
        m_in[i].msg_hdr.msg_controllen = sizeof(ReceiveControl);
    }
}

std::expected<std::size_t, int> Batch::receive(int descriptor)
{
    resetLengths(std::exchange(m_receivedCount, 0));
    m_replyCount = 0;
    const int count = ::recvmmsg(descriptor, m_in.data(), capacity, MSG_WAITFORONE, nullptr);
    if (count < 0)
        return std::unexpected(errno);
    m_receivedCount = static_cast<std::size_t>(count);
    return m_receivedCount;
}

std::span<const std::byte> Batch::octets(std::size_t i) const
{
    return std::span(m_octets[i]).first(m_in[i].msg_len);
}

bool Batch::isTruncated(std::size_t i) const
{
    return (m_in[i].msg_hdr.msg_flags & MSG_TRUNC) != 0;
}

NetworkEndpoint Batch::from(std::size_t i) const
{
    return networkEndpointOf(m_names[i]);
}

std::optional<RealTime> Batch::receivedAt(std::size_t i) const
{
    std::optional<RealTime> time;
    forEachControl(m_in[i].msg_hdr, [&](const cmsghdr& control) {
        if (control.cmsg_level != SOL_SOCKET || control.cmsg_type != SO_TIMESTAMPING_NEW)
            return;
        const auto stamps = payload<Stamps>(control);
        if (stamps && stamps->secondsAndNanoseconds[0][0] != 0)
            time = RealTime{std::chrono::seconds(stamps->secondsAndNanoseconds[0][0]) +
                            Nanoseconds(stamps->secondsAndNanoseconds[0][1])};
    });
    return time;
}

void Batch::addReply(std::size_t i)
{
    const std::size_t place = m_replyCount++;
    msghdr& header = m_out[place].msg_hdr;
    header.msg_name = &m_names[i];
    header.msg_namelen = m_in[i].msg_hdr.msg_namelen;
    header.msg_control = nullptr;
    header.msg_controllen = 0;
    if (m_namesAddress)
        nameAddress(i, place);
}

void Batch::addControl(std::size_t place, int level, int type, std::span<const std::byte> value)
{
    msghdr& header = m_out[place].msg_hdr;
    header.msg_control = m_outControl[place].data();
    const std::size_t used = header.msg_controllen;
    const auto rest = std::span(m_outControl[place]).subspan(used, CMSG_SPACE(value.size()));
    cmsghdr control{};
    control.cmsg_level = level;
    control.cmsg_type = type;
    control.cmsg_len = CMSG_LEN(value.size());
    std::memcpy(rest.data(), &control, sizeof control);
    std::memcpy(rest.subspan(CMSG_LEN(0)).data(), value.data(), value.size());
    header.msg_controllen = used + CMSG_SPACE(value.size());
}

// Makes the kernel send from the address that was asked, on machines with several.
void Batch::nameAddress(std::size_t i, std::size_t place)
{
    forEachControl(m_in[i].msg_hdr, [&](const cmsghdr& control) {
        if (control.cmsg_level == IPPROTO_IP && control.cmsg_type == IP_PKTINFO) {
            if (auto info = payload<in_pktinfo>(control)) {
                const in_pktinfo from{.ipi_ifindex = 0, .ipi_spec_dst = info->ipi_spec_dst, .ipi_addr = {}};
                addControl(place, IPPROTO_IP, IP_PKTINFO, std::as_bytes(std::span(&from, 1)));
            }
        } else if (control.cmsg_level == IPPROTO_IPV6 && control.cmsg_type == IPV6_PKTINFO) {
            if (auto info = payload<in6_pktinfo>(control)) {
                // Only link-local addresses need to be told the way out; replies to multicast go from any address.
                if (IN6_IS_ADDR_MULTICAST(&info->ipi6_addr))
                    info->ipi6_addr = in6addr_any;
                else if (!IN6_IS_ADDR_LINKLOCAL(&info->ipi6_addr))
                    info->ipi6_ifindex = 0;
                addControl(place, IPPROTO_IPV6, IPV6_PKTINFO, std::as_bytes(std::span(&*info, 1)));
            }
        }
    });
}

void Batch::askTransmitTime(std::size_t place)
{
    constexpr std::uint32_t wish = SOF_TIMESTAMPING_TX_SOFTWARE;
    addControl(place, SOL_SOCKET, SO_TIMESTAMPING_NEW, std::as_bytes(std::span(&wish, 1)));
}

std::size_t Batch::send(int descriptor, std::size_t first, std::size_t end)
{
    for (std::size_t place = first; place < end; ++place)
        m_outParts[place].iov_len = m_replies[place].length;
    std::size_t sent = 0;
    std::size_t next = first;
    while (next < end) {
        const auto rest = std::span(m_out).subspan(next, end - next);
        const int count =
            ::sendmmsg(descriptor, rest.data(), static_cast<unsigned>(rest.size()), MSG_DONTWAIT | MSG_NOSIGNAL);
        if (count > 0) {
            sent += static_cast<std::size_t>(count);
            next += static_cast<std::size_t>(count);
        } else if (errno != EINTR) {
            ++next; // this one cannot go, the others may
        }
    }
    return sent;
}

} // namespace foliot::daemon
