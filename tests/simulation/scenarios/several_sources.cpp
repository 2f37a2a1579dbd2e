// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/several_sources.h"

namespace foliot::simulation {

namespace {

Scenario goodOnes(const char* name, int count, double jitter = 1e-4)
{
    return {.name = name, .sources = alike(count, sourceWithJitter(jitter))};
}

} // namespace

Scenario threeGood()
{
    return goodOnes("three_good", 3);
}

Scenario threeGoodWithJitterOf1ms()
{
    return goodOnes("three_good_J1e-3", 3, 1e-3);
}

Scenario oneOfThreeFalseBy5ms()
{
    Scenario scenario = goodOnes("one_of_three_false_by_5ms", 3);
    scenario.sources[0].server.error = 0.005;
    return scenario;
}

Scenario oneOfThreeTurnsFalse()
{
    Scenario scenario = goodOnes("one_of_three_turns_false", 3);
    scenario.sources[0].server.shifted = {.from = 40'000.0};
    scenario.sources[0].server.shift = 0.005;
    return scenario;
}

Scenario oneOfThreeFalseBy100ms()
{
    Scenario scenario = goodOnes("one_of_three_false_by_100ms", 3);
    scenario.sources[0].server.error = 0.1;
    return scenario;
}

Scenario twoOfFiveFalseBy100ms()
{
    Scenario scenario = goodOnes("two_of_five_false_by_100ms", 5);
    scenario.sources[0].server.error = 0.1;
    scenario.sources[1].server.error = -0.1;
    return scenario;
}

Scenario oneOfThreeDriftsBy1ppm()
{
    Scenario scenario = goodOnes("one_of_three_drifts_1ppm", 3);
    scenario.sources[0].server.drift = 1e-6;
    return scenario;
}

std::vector<Scenario> severalSources()
{
    return {threeGood(), threeGoodWithJitterOf1ms(), oneOfThreeFalseBy5ms(), oneOfThreeTurnsFalse(),
        oneOfThreeFalseBy100ms(), twoOfFiveFalseBy100ms(), oneOfThreeDriftsBy1ppm()};
}

} // namespace foliot::simulation
