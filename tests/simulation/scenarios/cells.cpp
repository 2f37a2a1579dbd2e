// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/cells.h"

namespace foliot::simulation {

namespace {

Scenario scenarioOf(const Cell& cell, const std::string& polls)
{
    Scenario scenario{.name = polls + "." + cell.name, .sources = {sourceWithJitter(cell.jitter)}};
    scenario.clock.oscillator.wander = cell.wander;
    return scenario;
}

} // namespace

Scenario poll64(const Cell& cell)
{
    Scenario scenario = scenarioOf(cell, "poll64");
    scenario.rmsWithin = cell.rmsAtPoll64;
    return scenario;
}

Scenario defaultPolls(const Cell& cell)
{
    Scenario scenario = scenarioOf(cell, "default");
    scenario.sources[0].options = {};
    return scenario;
}

Scenario precisePolls(const Cell& cell)
{
    Scenario scenario = scenarioOf(cell, "precise");
    scenario.sources[0].options = {.minPoll = 4, .profile = sync::PollProfile::Precise};
    return scenario;
}

} // namespace foliot::simulation
