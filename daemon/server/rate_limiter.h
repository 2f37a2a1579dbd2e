// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How much one client gets: a bucket of tokens for each prefix in a table of fixed size, one for each answering thread. A
// client always reaches the same thread, so the limit does not depend on how many there are. What the table has forgotten
// counts as new; a full table forgets first whoever asks least, so a flood of invented addresses does not free the one that
// is being limited. Pure but for the seed.

#include "daemon/server/network_address.h"
#include "daemon/server/siphash.h"
#include "daemon/server/worker_choice.h"
#include "ntp/time.h"

#include <array>
#include <cstdint>
#include <vector>

namespace foliot::daemon {

struct RateLimit {
    double perSecond = 0.0; // of one prefix, in the long run; 0: no limit
    double burst = 0.0;     // at once
    SteeringPrefixes prefixes;
    std::size_t entries = 0; // prefixes that are remembered, rounded up to a power of two

    friend bool operator==(const RateLimit&, const RateLimit&) = default;
};

enum class Allowance : std::uint8_t {
    Answer,
    Kiss,    // too much: say so
    Silence, // too much, and said to others of this kind
};

class RateLimiter {
public:
    // One in so many that are too much is told so: a reply that says "slow down" must not itself be what a flood gets.
    static constexpr std::uint64_t requestsPerKiss = 8;

    RateLimiter(const RateLimit& limit, const SipKey& key);

    Allowance judge(const NetworkAddress& client, RawTime now);

private:
    struct Bucket {
        std::uint64_t tag = 0; // hash of the prefix; 0: free
        std::uint32_t filledAtMs = 0;
        float tokens = 0;
    };
    // What one look into memory brings.
    struct alignas(64) Line {
        std::array<Bucket, 4> buckets;
    };
    void refill(Bucket& bucket, std::uint32_t nowMs) const;
    Bucket& bucketOf(const NetworkAddress& client, std::uint32_t nowMs);
    bool isKissed();

    const RateLimit m_limit;
    const SipKey m_key;
    std::uint64_t m_chance;
    std::vector<Line> m_lines;
};

} // namespace foliot::daemon
