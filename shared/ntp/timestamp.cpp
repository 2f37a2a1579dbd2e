// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/timestamp.h"

#include "ntp/split_time.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foliot::ntp {

namespace {

constexpr std::int64_t unixEpoch = 2'208'988'800; // seconds from the start of era 0 to 1970-01-01, RFC 5905 figure 4

// Farthest pivot, in seconds: 2^31 s more still is a RealTime.
constexpr std::int64_t pivotLimit =
    std::numeric_limits<std::int64_t>::max() / nanosecondsPerSecond - (std::int64_t{1} << 31) - 1;

constexpr std::uint64_t half = std::uint64_t{1} << 31;

} // namespace

Timestamp toTimestamp(RealTime time)
{
    const auto [seconds, nanoseconds] = split(time.time_since_epoch());
    // At most 2^32 - 4: the rounding never carries into the seconds.
    const std::uint64_t fraction =
        ((static_cast<std::uint64_t>(nanoseconds) << 32) + nanosecondsPerSecond / 2) / nanosecondsPerSecond;
    return Timestamp{(static_cast<std::uint64_t>(seconds + unixEpoch) << 32) + fraction};
}

RealTime fromTimestamp(Timestamp timestamp, RealTime pivot)
{
    const std::int64_t pivotSeconds = std::clamp(split(pivot.time_since_epoch()).seconds, -pivotLimit, pivotLimit);
    const Timestamp pivotTimestamp{static_cast<std::uint64_t>(pivotSeconds + unixEpoch) << 32};
    const std::int64_t away = (timestamp - pivotTimestamp).count();
    const std::uint64_t fraction = static_cast<std::uint64_t>(away) & 0xffff'ffff;
    const Nanoseconds nanoseconds{(fraction * nanosecondsPerSecond + half) >> 32};
    return RealTime{std::chrono::seconds{pivotSeconds + (away >> 32)}} + nanoseconds;
}

ShortInterval toShortInterval(Seconds seconds)
{
    constexpr auto largest = ShortInterval::max();
    const double units = std::ceil(std::ldexp(seconds.count(), 16));
    if (!(units < static_cast<double>(largest.count()))) {
        return largest;
    }
    return ShortInterval{static_cast<std::uint32_t>(std::max(units, 0.0))};
}

} // namespace foliot::ntp
