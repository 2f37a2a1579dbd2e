// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who may have a connection: so many at once, and so many new ones a second, of one client. Each thread has its own; a client
// always reaches the same thread. Pure but for the seed.

#include "daemon/nts_server/key_exchange_counters.h"
#include "daemon/server/access_list.h"
#include "daemon/server/rate_limiter.h"

#include <cstddef>
#include <map>
#include <optional>

namespace foliot::daemon {

struct ConnectionLimit {
    std::size_t inAll = 512; // at once
    std::size_t ofOne = 32;  // at once, of addresses that share a prefix
    RateLimit rate;          // of new ones

    friend bool operator==(const ConnectionLimit&, const ConnectionLimit&) = default;
};

class ConnectionLimits {
public:
    ConnectionLimits(const ConnectionLimit& limit, const SipKey& key)
        : m_limit(limit)
        , m_rate(limit.rate, key)
    {}

    // Why it gets none; empty: it may, and is counted until left().
    std::optional<KeyExchangeEnd> enter(const NetworkAddress& client, const AccessList& access, RawTime now);
    void left(const NetworkAddress& client);

private:
    NetworkAddress placeOf(const NetworkAddress& client) const;

    const ConnectionLimit m_limit;
    RateLimiter m_rate;
    std::map<NetworkAddress, std::size_t> m_ofOne; // by prefix; no longer than there are connections
};

} // namespace foliot::daemon
