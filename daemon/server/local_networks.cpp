// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/local_networks.h"

#include <bit>
#include <cstring>
#include <memory>

#include <ifaddrs.h>
#include <net/if.h>
#include <netinet/in.h>

namespace foliot::daemon {

namespace {

AccessRule allowIpv4(std::uint32_t address, int length)
{
    return {.address = {.high = std::uint64_t{address} << 32}, .length = length, .isAllowed = true};
}

AccessRule allowIpv6(std::uint64_t high, std::uint64_t low, int length)
{
    return {.address = {.high = high, .low = low, .isIpv6 = true}, .length = length, .isAllowed = true};
}

NetworkAddress addressOf(const sockaddr& address)
{
    sockaddr_storage storage{};
    std::memcpy(&storage, &address, address.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
    return networkEndpointOf(storage).address;
}

bool isInternet(const sockaddr* address)
{
    return address && (address->sa_family == AF_INET || address->sa_family == AF_INET6);
}

// A netmask as a number of bits.
int lengthOf(const sockaddr& mask)
{
    sockaddr_storage storage{};
    std::memcpy(&storage, &mask, mask.sa_family == AF_INET ? sizeof(sockaddr_in) : sizeof(sockaddr_in6));
    const auto bits = networkEndpointOf(storage).address;
    return std::countl_one(bits.high) + (bits.isIpv6 && ~bits.high == 0 ? std::countl_one(bits.low) : 0);
}

} // namespace

std::vector<AccessRule> localNetworks()
{
    std::vector<AccessRule> rules{
        allowIpv4(0x7F00'0000, 8),                     // 127.0.0.0
        allowIpv4(0x0A00'0000, 8),                     // 10.0.0.0
        allowIpv4(0xAC10'0000, 12),                    // 172.16.0.0
        allowIpv4(0xC0A8'0000, 16),                    // 192.168.0.0
        allowIpv4(0xA9FE'0000, 16),                    // 169.254.0.0
        allowIpv6(0, 1, 128),                          // ::1
        allowIpv6(std::uint64_t{0xFC} << 56, 0, 7),    // fc00::
        allowIpv6(std::uint64_t{0xFE80} << 48, 0, 10), // fe80::
    };
    ifaddrs* first = nullptr;
    if (::getifaddrs(&first) != 0)
        return rules;
    const std::unique_ptr<ifaddrs, void (*)(ifaddrs*)> interfaces(first, &::freeifaddrs);
    for (const ifaddrs* entry = first; entry; entry = entry->ifa_next) {
        // The other end of a point-to-point link is a provider, not a neighbour.
        if (!isInternet(entry->ifa_addr) || !isInternet(entry->ifa_netmask) ||
            (entry->ifa_flags & IFF_POINTOPOINT) != 0)
            continue;
        // Nor is everybody a neighbour.
        if (const int length = lengthOf(*entry->ifa_netmask); length > 0)
            rules.push_back({.address = addressOf(*entry->ifa_addr), .length = length, .isAllowed = true});
    }
    return rules;
}

} // namespace foliot::daemon
