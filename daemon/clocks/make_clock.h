// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From the configuration to the clock that it names: the one place that knows all kinds of them. Used by Daemon.

#include "config/config.h"
#include "daemon/clocks/clock.h"
#include "daemon/clocks/kernel_clock.h"

#include <memory>

namespace foliot::daemon {

// Where the `kernel` clock keeps what has to outlive this process; empty names where there is no folder for it: a slew
// that a killed process leaves then goes on until the next start.
KernelClock::Files kernelFilesOf(const config::Config& config);

// The clock that the configuration names.
std::unique_ptr<Clock> makeClock(const config::Config& config);

} // namespace foliot::daemon
