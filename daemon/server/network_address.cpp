// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/network_address.h"

#include "ntp/octets.h"

#include <algorithm>
#include <cstring>
#include <limits>

#include <netinet/in.h>

namespace foliot::daemon {

namespace {

constexpr int halfLength = 64;

NetworkAddress fromIpv4(std::uint32_t address)
{
    return {.high = std::uint64_t{address} << 32};
}

// The upper `length` bits set.
std::uint64_t mask(int length)
{
    if (length <= 0)
        return 0;
    return std::numeric_limits<std::uint64_t>::max() << (halfLength - std::min(length, halfLength));
}

} // namespace

NetworkEndpoint networkEndpointOf(const sockaddr_storage& address)
{
    if (address.ss_family == AF_INET) {
        sockaddr_in v4{};
        std::memcpy(&v4, &address, sizeof v4);
        return {.address = fromIpv4(ntohl(v4.sin_addr.s_addr)), .port = ntohs(v4.sin_port)};
    }
    if (address.ss_family != AF_INET6)
        return {};
    sockaddr_in6 v6{};
    std::memcpy(&v6, &address, sizeof v6);
    const auto octets = std::as_bytes(std::span(v6.sin6_addr.s6_addr));
    NetworkAddress wide{.high = ntp::readBigEndian<std::uint64_t>(octets, 0),
        .low = ntp::readBigEndian<std::uint64_t>(octets, 8),
        .isIpv6 = true};
    constexpr std::uint64_t mapped = 0xFFFF; // ::ffff:0:0/96
    if (wide.high == 0 && wide.low >> 32 == mapped)
        wide = fromIpv4(static_cast<std::uint32_t>(wide.low));
    return {.address = wide, .port = ntohs(v6.sin6_port)};
}

NetworkAddress prefixOf(const NetworkAddress& address, int length)
{
    return {
        .high = address.high & mask(length), .low = address.low & mask(length - halfLength), .isIpv6 = address.isIpv6};
}

} // namespace foliot::daemon
