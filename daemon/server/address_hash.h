// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where clients have their place in a table: by a hash of their address that nobody can foresee who does not know the key.

#include "daemon/server/network_address.h"
#include "daemon/server/siphash.h"

#include <array>
#include <cstdint>
#include <span>

namespace foliot::daemon {

// Of an IPv4 address its upper half says all, and one word takes two thirds of the time of two. How many there are tells the
// families apart: it is hashed with them.
inline std::uint64_t hashOf(const SipKey& key, const NetworkAddress& address)
{
    const std::array words{address.high, address.low};
    return siphash(key, std::span(words).first(address.isIpv6 ? 2 : 1));
}

} // namespace foliot::daemon
