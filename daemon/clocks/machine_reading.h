// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The machine's three clocks, read together.

#include "ntp/time.h"

namespace foliot::daemon {

struct MachineReading {
    Now now;
    Nanoseconds width{}; // how far apart the readings are, at most

    friend bool operator==(const MachineReading&, const MachineReading&) = default;
};

MachineReading readMachine();

} // namespace foliot::daemon
