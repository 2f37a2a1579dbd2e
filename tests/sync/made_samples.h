// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Samples as a perfect clock and a known path would make them.

#include "sync/sample.h"

#include <cmath>

namespace foliot::tests {

inline constexpr Nanoseconds utcMinusRaw = std::chrono::seconds(1'767'225'600);

inline Nanoseconds nanoseconds(double seconds)
{
    return Nanoseconds(std::llround(seconds * 1e9));
}

inline RawTime rawAt(double seconds)
{
    return RawTime(std::chrono::seconds(1000) + nanoseconds(seconds));
}

// A sample at `seconds` when UTC is `offset` further from raw time than utcMinusRaw; the ways took so long.
inline sync::Sample sampleAt(double seconds, double offset, double outbound = 0.001, double inbound = 0.001)
{
    return {.at = rawAt(seconds),
        .outbound = utcMinusRaw + nanoseconds(offset + outbound),
        .inbound = -utcMinusRaw + nanoseconds(inbound - offset),
        .stampError = Seconds(1e-7)};
}

} // namespace foliot::tests
