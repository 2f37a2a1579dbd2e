// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the kernel's clock discipline is set to; read before and after a test to show that nobody moved this machine's
// clock.

#include <sys/timex.h>

namespace foliot::tests {

struct MachineClock {
    long frequency = 0; // scaled ppm, 16 fraction bits
    long offset = 0;    // remaining slew
    long tick = 0;      // microseconds a tick

    friend bool operator==(const MachineClock&, const MachineClock&) = default;
};

inline MachineClock readMachineClock()
{
    timex request{};
    ::adjtimex(&request);
    return {.frequency = request.freq, .offset = request.offset, .tick = request.tick};
}

} // namespace foliot::tests
