// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/make_clock.h"

#include "daemon/clocks/none_clock.h"
#include "daemon/clocks/simulated_clock.h"

namespace foliot::daemon {

std::unique_ptr<Clock> makeClock(const config::Config& config)
{
    switch (config.clock.type) {
    case config::ClockType::Simulated:
        return std::make_unique<SimulatedClock>(config.simulation);
    case config::ClockType::Helper:
    case config::ClockType::Kernel:
    case config::ClockType::None:
        break;
    }
    return std::make_unique<NoneClock>();
}

} // namespace foliot::daemon
