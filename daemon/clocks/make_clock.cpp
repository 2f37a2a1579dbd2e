// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/make_clock.h"

#include "daemon/clocks/helper_clock.h"
#include "daemon/clocks/none_clock.h"
#include "daemon/clocks/simulated_clock.h"

namespace foliot::daemon {

KernelClock::Files kernelFilesOf(const config::Config& config)
{
    // A folder that a boot empties lies in memory and is not full when the disk is. One, or a list of them.
    const QByteArray named = qgetenv("RUNTIME_DIRECTORY");
    const bool isOne = named.startsWith('/') && !named.contains(':');
    const auto& directory = config.state.directory;
    const auto ofBoot = isOne ? std::filesystem::path(named.toStdString()) : directory;
    const auto in = [](const std::filesystem::path& folder, const char* name) {
        return folder.empty() ? std::string() : (folder / name).string();
    };
    return {.crash = in(ofBoot, "base-frequency"),
        .steps = {.firstStep = in(ofBoot, "first-step"), .spent = in(directory, "steps")}};
}

std::unique_ptr<Clock> makeClock(const config::Config& config)
{
    switch (config.clock.type) {
    case config::ClockType::Simulated:
        return std::make_unique<SimulatedClock>(config.simulation);
    case config::ClockType::Kernel:
        return std::make_unique<KernelClock>(kernelFilesOf(config));
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
