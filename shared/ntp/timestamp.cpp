// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/timestamp.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foliot::ntp {

namespace {

using std::chrono::floor;
using std::chrono::seconds;

constexpr std::int64_t unixEpoch = 2'208'988'800; // seconds from the start of era 0 to 1970-01-01, RFC 5905 figure 4
constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;

// Farthest pivot: 2^31 s more still is a RealTime.
constexpr seconds pivotLimit{std::numeric_limits<std::int64_t>::max() / nanosecondsPerSecond - (std::int64_t{1} << 31)
                             - 1};

} // namespace

Timestamp toTimestamp(RealTime time)
{
    const auto whole = floor<seconds>(time.time_since_epoch());
    const auto nanoseconds = static_cast<std::uint64_t>((time.time_since_epoch() - whole).count());
    // At most 2^32 - 4: the rounding never carries into the seconds.
    const std::uint64_t fraction = ((nanoseconds << 32) + nanosecondsPerSecond / 2) / nanosecondsPerSecond;
    return Timestamp{(static_cast<std::uint64_t>(whole.count() + unixEpoch) << 32) + fraction};
}

RealTime fromTimestamp(Timestamp timestamp, RealTime pivot)
{
    const auto pivotSeconds = std::clamp(floor<seconds>(pivot.time_since_epoch()), -pivotLimit, pivotLimit);
    const Timestamp pivotTimestamp{static_cast<std::uint64_t>(pivotSeconds.count() + unixEpoch) << 32};
    const std::int64_t away = (timestamp - pivotTimestamp).count();
    const seconds whole = pivotSeconds + seconds{away >> 32};
    const auto fraction = static_cast<std::uint64_t>(away & 0xffff'ffff);
    const std::uint64_t nanoseconds = (fraction * nanosecondsPerSecond + (std::uint64_t{1} << 31)) >> 32;
    return RealTime{whole} + Nanoseconds{nanoseconds};
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
