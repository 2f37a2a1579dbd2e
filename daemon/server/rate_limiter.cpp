// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/rate_limiter.h"

#include "daemon/server/address_hash.h"

#include <algorithm>
#include <bit>

namespace foliot::daemon {

namespace {

constexpr std::size_t bucketsPerLine = 4;

// Wraps around after 49 days; who has not asked for so long may be taken for somebody who has.
std::uint32_t milliseconds(RawTime time)
{
    return static_cast<std::uint32_t>(
        std::chrono::duration_cast<std::chrono::milliseconds>(time.time_since_epoch()).count());
}

} // namespace

RateLimiter::RateLimiter(const RateLimit& limit, const SipKey& key)
    : m_limit(limit)
    , m_key(key)
    , m_chance(key[0] | 1)
    , m_lines(limit.perSecond > 0 ? std::bit_ceil(std::max(limit.entries / bucketsPerLine, std::size_t{1})) : 0)
{}

Allowance RateLimiter::judge(const NetworkAddress& client, RawTime now)
{
    if (m_lines.empty())
        return Allowance::Answer;
    Bucket& bucket = bucketOf(client, milliseconds(now));
    if (bucket.tokens >= 1.0F) {
        bucket.tokens -= 1.0F;
        return Allowance::Answer;
    }
    return isKissed() ? Allowance::Kiss : Allowance::Silence;
}

void RateLimiter::refill(Bucket& bucket, std::uint32_t nowMs) const
{
    const auto passed = nowMs - bucket.filledAtMs;
    if (passed == 0)
        return;
    const double tokens = double{bucket.tokens} + m_limit.perSecond * passed / 1000.0;
    bucket.tokens = static_cast<float>(std::min(tokens, m_limit.burst));
    bucket.filledAtMs = nowMs;
}

RateLimiter::Bucket& RateLimiter::bucketOf(const NetworkAddress& client, std::uint32_t nowMs)
{
    const auto prefix = prefixOf(client, client.isIpv6 ? m_limit.prefixes.ipv6 : m_limit.prefixes.ipv4);
    const std::uint64_t tag = std::max(hashOf(m_key, prefix), std::uint64_t{1});
    auto& buckets = m_lines[tag & (m_lines.size() - 1)].buckets;
    for (Bucket& bucket : buckets) {
        if (bucket.tag == tag) {
            refill(bucket, nowMs);
            return bucket;
        }
    }
    for (Bucket& bucket : buckets)
        if (bucket.tag != 0)
            refill(bucket, nowMs);
    // A full bucket says nothing that a new one would not.
    Bucket& bucket = *std::ranges::max_element(
        buckets, {}, [this](const Bucket& b) { return b.tag == 0 ? m_limit.burst + 1 : double{b.tokens}; });
    bucket = {.tag = tag, .filledAtMs = nowMs, .tokens = static_cast<float>(m_limit.burst)};
    return bucket;
}

bool RateLimiter::isKissed()
{
    // xorshift64 (Marsaglia, 2003): who is told is nothing that anybody gains from knowing.
    m_chance ^= m_chance << 13;
    m_chance ^= m_chance >> 7;
    m_chance ^= m_chance << 17;
    return m_chance % requestsPerKiss == 0;
}

} // namespace foliot::daemon
