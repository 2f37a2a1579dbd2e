// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A client's address as a number that prefixes can be cut from: IPv4 in the upper 32 bits, so that a prefix is a prefix in
// both families.

#include <compare>
#include <cstdint>

#include <sys/socket.h>

namespace foliot::daemon {

struct NetworkAddress {
    std::uint64_t high = 0;
    std::uint64_t low = 0;
    bool isIpv6 = false;

    friend auto operator<=>(const NetworkAddress&, const NetworkAddress&) = default;
};

struct NetworkEndpoint {
    NetworkAddress address;
    std::uint16_t port = 0;

    friend auto operator<=>(const NetworkEndpoint&, const NetworkEndpoint&) = default;
};

// An IPv4 address in IPv6 form counts as IPv4. Other families are all zero.
NetworkEndpoint networkEndpointOf(const sockaddr_storage& address);

// The address without the bits behind the prefix; length 0 to 32 or 128.
NetworkAddress prefixOf(const NetworkAddress& address, int length);

} // namespace foliot::daemon
