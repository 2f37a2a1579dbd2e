// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/starts.h"

#include <format>

namespace foliot::simulation {

Scenario startsWrong(double offset, double ppm)
{
    Scenario scenario{.name = std::format("start{}s.{}ppm", offset, ppm),
        .sources = {sourceWithJitter(1e-5)},
        .duration = 3000.0,
        .settledAfter = 1000.0,
        .rmsWithin = 15e-6};
    scenario.clock.offset = offset;
    scenario.clock.oscillator.error = ppm * 1e-6;
    return scenario;
}

Scenario startsWrongWithoutStep(double offset, double ppm)
{
    Scenario scenario = startsWrong(offset, ppm);
    scenario.name += ".nostep";
    scenario.system.mayStepAtStart = false;
    return scenario;
}

std::vector<Scenario> starts()
{
    std::vector<Scenario> all;
    for (const double offset : {0.01, 0.1}) {
        for (const double ppm : {1.0, 10.0, 100.0})
            all.push_back(startsWrong(offset, ppm));
    }
    all.push_back(startsWrong(1.0, 10.0));
    all.push_back(startsWrongWithoutStep(1.0, 10.0));
    return all;
}

} // namespace foliot::simulation
