// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/make_clock.h"

#include "daemon/clocks/helper_clock.h"
#include "daemon/clocks/kernel_clock.h"
#include "daemon/clocks/none_clock.h"
#include "daemon/clocks/simulated_clock.h"

namespace foliot::daemon {

std::string crashFileOf(const config::Config& config)
{
    const auto& directory = config.state.directory;
    return directory.empty() ? std::string() : (directory / "base-frequency").string();
}

std::unique_ptr<Clock> makeClock(const config::Config& config, const std::string& crashFile)
{
    switch (config.clock.type) {
    case config::ClockType::Simulated:
        return std::make_unique<SimulatedClock>(config.simulation);
    case config::ClockType::Kernel:
        return std::make_unique<KernelClock>(crashFile);
    case config::ClockType::Helper: {
        QString problem;
        auto* const caller = loadHelperCaller(&problem);
        return std::make_unique<HelperClock>(caller, problem);
    }
    case config::ClockType::None:
        break;
    }
    return std::make_unique<NoneClock>();
}

} // namespace foliot::daemon
