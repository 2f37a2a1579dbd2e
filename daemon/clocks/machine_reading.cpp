// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_reading.h"

#include "clock/keeper.h"

namespace foliot::daemon {

MachineReading readMachine()
{
    const auto reading = clock::readClocks();
    return {.now = {.raw = RawTime(Nanoseconds(reading.rawNs)),
                .boot = BootTime(Nanoseconds(reading.bootNs)),
                .real = RealTime(Nanoseconds(reading.realNs))},
        .width = Nanoseconds(reading.widthNs)};
}

} // namespace foliot::daemon
