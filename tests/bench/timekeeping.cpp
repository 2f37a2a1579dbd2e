// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How right the clock is kept, in the simulator: our error beside the best that chrony, ntpsec and ntpd-rs reach on the
// same model, and beside an oracle's. Each row is the mean of several runs and two standard errors of it.

#include "bench/timekeeping_options.h"
#include "bench/timekeeping_report.h"
#include "bench/timekeeping_rows.h"
#include "bench/timekeeping_runs.h"
#include "simulation/scenarios/catalogue.h"
#include "simulation/scenarios/cells.h"

#include <algorithm>
#include <iostream>

using namespace foliot::simulation;

int main(int argc, char** argv)
{
    const std::vector<std::string_view> arguments(argv + 1, argv + argc);
    const auto options = benchOptions(arguments);
    if (!options) {
        std::cerr << "timekeeping: " << options.error() << "\n" << benchUsage;
        return 2;
    }
    std::vector<Scenario> scenarios = catalogue();
    const auto isWanted = [&](const Scenario& scenario) {
        return options->only.empty() || std::ranges::any_of(options->only,
                                            [&](const std::string& text) { return scenario.name.contains(text); });
    };
    std::erase_if(scenarios, [&](const Scenario& scenario) { return !isWanted(scenario); });
    if (scenarios.empty()) {
        std::cerr << "timekeeping: no scenario has such a name; --list lists them\n";
        return 2;
    }
    if (options->list) {
        for (const Scenario& scenario : scenarios)
            std::cout << scenario.name << "\n";
        return 0;
    }
    // Alone, before the other threads heat the processor.
    const double speed = simulationSpeed(poll64(cells[4]), 5);
    std::vector<Row> rows = rowsOf(runAll(scenarios, options->seeds, options->firstSeed, options->jobs));
    rows.push_back(
        {.name = "client_seconds_per_second", .value = speed, .unit = "s/s", .goal = 500'000.0, .aim = Aim::AtLeast});
    std::cout << (options->json ? asJson(rows) : asTable(rows));
    return 0;
}
