// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Time as packets carry it. A Timestamp does not say its era: it repeats every 2^32 s (136 years; era 1 begins on
// 2036-02-07 at 06:28:16 UTC), so it can be subtracted from another, but means a moment only next to a pivot.
// RFC 5905 section 6.

#include "ntp/time.h"

#include <chrono>
#include <cstdint>
#include <ratio>

namespace foliot::ntp {

// What two timestamps are apart: exact, in units of 2^-32 s, within +-68 years.
using TimestampInterval = std::chrono::duration<std::int64_t, std::ratio<1, std::int64_t{1} << 32>>;

// Root delay and root dispersion on the wire: the short format, in units of 2^-16 s, up to 65536 s.
using ShortInterval = std::chrono::duration<std::uint32_t, std::ratio<1, std::int64_t{1} << 16>>;

class Timestamp {
public:
    constexpr Timestamp() = default; // 0: unknown
    constexpr explicit Timestamp(std::uint64_t bits)
        : m_bits(bits)
    {}

    // Upper half: seconds since the era began; lower half: fraction.
    constexpr std::uint64_t bits() const { return m_bits; }
    constexpr bool isZero() const { return m_bits == 0; }

    // Positive when `later` is the later of the two; right across the end of an era.
    friend constexpr TimestampInterval operator-(Timestamp later, Timestamp earlier)
    {
        return TimestampInterval{static_cast<std::int64_t>(later.m_bits - earlier.m_bits)};
    }

    // No order: which of two timestamps is the greater says nothing about which is the later.
    friend constexpr bool operator==(Timestamp, Timestamp) = default;

private:
    std::uint64_t m_bits = 0;
};

// To the nearest 2^-32 s; the era is lost. There and back is exact, as a nanosecond is longer than that.
Timestamp toTimestamp(RealTime time);

// The moment nearest to the pivot that has this timestamp, to the nearest nanosecond: at most 68 years from it. Pivots
// more than 223 years from 1970 count as that far.
RealTime fromTimestamp(Timestamp timestamp, RealTime pivot);

// Rounded up, since both fields are parts of a bound: an error may be said too large, never too small. Negative becomes
// 0, too much (and not a number) becomes the largest.
ShortInterval toShortInterval(Seconds seconds);

} // namespace foliot::ntp
