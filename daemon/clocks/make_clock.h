// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From the configuration to the clock that it names: the one place that knows all kinds of them. Used by Daemon.

#include "config/config.h"
#include "daemon/clocks/clock.h"

#include <memory>

namespace foliot::daemon {

// Where the `kernel` clock remembers its base frequency while an extra rate is in force.
std::string crashFileOf(const config::Config& config);

// The clock that the configuration names. crashFile: as above, or empty where there is no folder for it; a slew that a
// killed process leaves then goes on until the next start.
std::unique_ptr<Clock> makeClock(const config::Config& config, const std::string& crashFile);

} // namespace foliot::daemon
