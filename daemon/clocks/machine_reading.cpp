// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_reading.h"

#include "clock/keeper.h"

#include <ctime>

namespace foliot::daemon {

namespace {

constexpr int tries = 4; // one of them is seldom interrupted

Nanoseconds timeOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return std::chrono::seconds(time.tv_sec) + Nanoseconds(time.tv_nsec);
}

} // namespace

MachineReading readMachine()
{
    const auto reading = clock::readClocks();
    return {.now = {.raw = RawTime(Nanoseconds(reading.rawNs)),
                .boot = BootTime(Nanoseconds(reading.bootNs)),
                .real = RealTime(Nanoseconds(reading.realNs))},
        .monotonic = timeOf(CLOCK_MONOTONIC),
        .width = Nanoseconds(reading.widthNs)};
}

MachineReading readMachineByMonotonic()
{
    MachineReading best = readMachine();
    for (int i = 0; i < tries; ++i) {
        const Nanoseconds first = timeOf(CLOCK_MONOTONIC);
        const RealTime real{timeOf(CLOCK_REALTIME)};
        const Nanoseconds width = timeOf(CLOCK_MONOTONIC) - first;
        if (i > 0 && width >= best.width)
            continue;
        best.now.real = real;
        best.monotonic = first + width / 2;
        best.width = width;
    }
    return best;
}

} // namespace foliot::daemon
