// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The machine's clocks, read together.

#include "ntp/time.h"

namespace foliot::daemon {

struct MachineReading {
    Now now;
    Nanoseconds monotonic{}; // CLOCK_MONOTONIC, which is slewed with the clock and not stepped with it
    Nanoseconds width{};     // how far apart the readings are, at most

    friend bool operator==(const MachineReading&, const MachineReading&) = default;
};

// Real time lies within the width of raw and boot time; monotonic time is read a moment later.
MachineReading readMachine();

// Real time lies within the width of monotonic time; raw and boot time are read a moment earlier.
MachineReading readMachineByMonotonic();

} // namespace foliot::daemon
