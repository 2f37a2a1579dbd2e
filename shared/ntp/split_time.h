// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A reading of a clock as whole seconds and the rest. Reaches over all that 64 bits of nanoseconds hold, where taking
// the rest by subtraction overflows in the first second.

#include "ntp/time.h"

#include <cstdint>

namespace foliot::ntp {

inline constexpr std::int64_t nanosecondsPerSecond = 1'000'000'000;

struct SplitTime {
    std::int64_t seconds = 0;     // rounded down
    std::int64_t nanoseconds = 0; // 0 to 999 999 999
};

constexpr SplitTime split(Nanoseconds time)
{
    const std::int64_t quotient = time.count() / nanosecondsPerSecond;
    const std::int64_t remainder = time.count() % nanosecondsPerSecond;
    if (remainder < 0) {
        return {.seconds = quotient - 1, .nanoseconds = remainder + nanosecondsPerSecond};
    }
    return {.seconds = quotient, .nanoseconds = remainder};
}

} // namespace foliot::ntp
