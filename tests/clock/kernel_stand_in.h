// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A kernel for the keeper's tests, so that rates and steps can be written that a test must not write to the machine's clock.

#include "clock/keeper.h"

#include <cerrno>
#include <vector>

#include <poll.h>

namespace foliot::tests {

// Does with modes what Linux does, as far as the keeper can see.
struct Kernel {
    timex state{};
    std::vector<timex> calls; // those that change something
    int error = 0;            // what every change is answered with
};
inline Kernel kernel;

inline int adjustKernel(timex* call)
{
    if (call->modes != 0) {
        if (kernel.error != 0) {
            errno = kernel.error;
            return -1;
        }
        kernel.calls.push_back(*call);
    }
    const auto modes = call->modes;
    if (modes != ADJ_OFFSET_SINGLESHOT) {
        if ((modes & ADJ_STATUS) != 0)
            kernel.state.status = call->status;
        if ((modes & ADJ_FREQUENCY) != 0)
            kernel.state.freq = call->freq;
        if ((modes & ADJ_TICK) != 0)
            kernel.state.tick = call->tick;
        if ((modes & ADJ_OFFSET) != 0 && (kernel.state.status & STA_PLL) != 0)
            kernel.state.offset = call->offset;
    }
    *call = kernel.state;
    return 0;
}

inline clock::Rate kernelRate()
{
    return {.frequency = kernel.state.freq, .tick = kernel.state.tick};
}

inline clock::Request steer(double base, double extra = 0.0, std::int64_t extraForNs = 0)
{
    return {.kind = clock::RequestKind::Steer,
        .number = 5,
        .baseFrequencyPpm = base,
        .extraRatePpm = extra,
        .extraForNs = extraForNs};
}

inline bool isReadable(int descriptor, int milliseconds)
{
    pollfd wait{.fd = descriptor, .events = POLLIN, .revents = 0};
    return ::poll(&wait, 1, milliseconds) == 1;
}

// As after a boot.
inline void resetKernel()
{
    kernel = {};
    kernel.state.tick = 10'000;
    kernel.state.status = STA_UNSYNC;
}

} // namespace foliot::tests
