// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "config/config.h"
#include "daemon/clocks/clock.h"

#include <memory>

namespace foliot::daemon {

// Where the `kernel` clock remembers its base frequency while an extra rate is in force.
std::string crashFileOf(const config::Config& config);

// The clock that the configuration names.
std::unique_ptr<Clock> makeClock(const config::Config& config);

} // namespace foliot::daemon
