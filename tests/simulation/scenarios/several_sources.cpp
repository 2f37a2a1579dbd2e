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

Scenario halfOfFourTurnFalse()
{
    Scenario scenario = goodOnes("half_of_four_turn_false", 4);
    for (std::size_t i : {0U, 1U}) {
        scenario.sources[i].server.shifted = {.from = 40'000.0, .until = 60'000.0};
        scenario.sources[i].server.shift = 0.1;
    }
    scenario.rmsWithin = 3e-3; // how far the oscillator wanders in the time between
    return scenario;
}

Scenario halfOfFourAreFalse()
{
    Scenario scenario = goodOnes("half_of_four_are_false", 4);
    for (std::size_t i : {0U, 1U})
        scenario.sources[i].server.error = 0.1;
    return scenario;
}

Scenario twoOfThreeTurnFalseBy2000s()
{
    Scenario scenario = goodOnes("two_of_three_turn_false_by_2000s", 3);
    for (std::size_t i : {0U, 1U}) {
        scenario.sources[i].server.shifted = {.from = 40'000.0};
        scenario.sources[i].server.shift = 2000.0;
    }
    return scenario;
}

Scenario onlySourceOscillates()
{
    Scenario scenario = goodOnes("only_source_oscillates", 1);
    scenario.sources[0].server.swingAmplitude = 0.5;
    scenario.sources[0].server.swingPeriod = 2000.0;
    scenario.sources[0].server.rootDispersion = 0.6;
    scenario.pathsDiffer = true; // what a server says of itself is no promise of ours
    return scenario;
}

std::vector<Scenario> severalSources()
{
    return {threeGood(), threeGoodWithJitterOf1ms(), oneOfThreeFalseBy5ms(), oneOfThreeTurnsFalse(),
        oneOfThreeFalseBy100ms(), twoOfFiveFalseBy100ms(), oneOfThreeDriftsBy1ppm(), halfOfFourTurnFalse()};
}

} // namespace foliot::simulation
