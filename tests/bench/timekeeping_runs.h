// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Runs scenarios with several seeds each, on all processors, and keeps of each run what the benchmark tells.

#include "simulation/scenario.h"

#include <array>
#include <cstdint>
#include <span>
#include <vector>

namespace foliot::simulation {

inline constexpr std::array convergenceLimits{1e-2, 1e-3, 1e-4}; // s

// Of one run; seconds unless said.
struct RunFigures {
    double rms = 0.0;
    double largest = 0.0;
    double oracleRms = 0.0; // 0: the oracle has nothing to say of this scenario
    double medianUncertainty = 0.0;
    double packets = 0.0;
    std::array<double, convergenceLimits.size()> converged{}; // since watchedFrom; infinite: never
    std::uint64_t claimed = 0;                                // seconds with a claim
    std::uint64_t boundHeld = 0;                              // of them, seconds with the error inside the bound
    std::uint64_t uncertaintyHeld = 0;
    double firstSourceUsed = 0.0; // when it was last used
};

struct ScenarioRuns {
    Scenario scenario;
    std::vector<RunFigures> runs; // one for each seed
};

std::vector<ScenarioRuns> runAll(std::span<const Scenario> scenarios, int seeds, int firstSeed, int jobs);

// How many client-seconds one processor simulates in a second of its time, over so many runs, in the fastest of some
// rounds of them: whoever shares its core and its caches only makes it slower.
double simulationSpeed(const Scenario& scenario, int runs);

} // namespace foliot::simulation
