// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/disturbances.h"

namespace foliot::simulation {

namespace {

Scenario oneServer(const char* name)
{
    return {.name = name, .sources = {sourceWithJitter(1e-4)}, .rmsWithin = 25e-6};
}

// The next packet comes within 64 s, more or less.
Span fromUntilPolled(double time)
{
    return {.from = time, .until = time + 70.0};
}

} // namespace

Scenario clockSetByOthers()
{
    Scenario scenario = oneServer("clock_set_by_others");
    scenario.happenings = {
        {.at = 40'000.3, .what = ClockSetByOthers{.by = 0.3}}, {.at = 60'000.7, .what = ClockSetByOthers{.by = -5.0}}};
    scenario.unknowable = {fromUntilPolled(40'000.3), fromUntilPolled(60'000.7)};
    scenario.watchedFrom = 60'000.7;
    scenario.settledAfter = 61'000.0;
    return scenario;
}

Scenario clockSlewedByOthers()
{
    Scenario scenario = oneServer("clock_slewed_by_others");
    scenario.happenings = {{.at = 40'000.3, .what = ClockSlewedByOthers{.by = 0.05}},
        {.at = 60'000.7, .what = FrequencySetByOthers{.ppm = 200.0}}};
    // adjtime takes 100 s for it, and nobody can tell how much is left.
    scenario.unknowable = {{.from = 40'000.3, .until = 40'170.3}, fromUntilPolled(60'000.7)};
    scenario.watchedFrom = 60'000.7;
    scenario.settledAfter = 61'000.0;
    return scenario;
}

Scenario suspendForAnHour()
{
    Scenario scenario = oneServer("suspend_for_an_hour");
    scenario.happenings = {{.at = 40'000.3, .what = Sleep{.seconds = 3600.0, .batteryClockError = 0.4}}};
    scenario.unknowable = {fromUntilPolled(43'600.3)};
    scenario.watchedFrom = 43'600.3;
    scenario.settledAfter = 44'600.0;
    return scenario;
}

Scenario pauseForTenSeconds()
{
    Scenario scenario = oneServer("pause_for_10_s");
    scenario.happenings = {{.at = 40'000.3, .what = Pause{.seconds = 10.0}}};
    scenario.unknowable = {fromUntilPolled(40'000.3)};
    scenario.watchedFrom = 40'010.3;
    scenario.settledAfter = 42'000.0;
    return scenario;
}

Scenario serverRestartsWithAStep()
{
    Scenario scenario = oneServer("server_restarts_with_a_step");
    ServerSpec& server = scenario.sources[0].server;
    server.error = 0.02;
    server.rootDispersion = 0.025;
    server.shifted = {.from = 40'000.0};
    server.shift = -0.02;
    server.silent = {{.from = 39'900.0, .until = 40'000.0}};
    scenario.watchedFrom = 40'000.0;
    scenario.settledAfter = 45'000.0;
    scenario.pathsDiffer = true; // a server that is 20 ms wrong cannot be told from ways that differ
    return scenario;
}

Scenario oneOfThreeRestartsWithAStep()
{
    Scenario scenario{.name = "one_of_three_restarts_with_a_step", .sources = alike(3, sourceWithJitter(1e-4))};
    ServerSpec& server = scenario.sources[0].server;
    server.shifted = {.from = 40'000.0, .until = 43'000.0};
    server.shift = 0.02;
    server.silent = {{.from = 39'900.0, .until = 40'000.0}};
    return scenario;
}

Scenario unreachableForADay()
{
    Scenario scenario = oneServer("unreachable_for_a_day");
    scenario.sources[0].server.silent = {{.from = 50'000.0, .until = 136'400.0}};
    scenario.duration = 140'000.0;
    scenario.rmsWithin = 0.0;
    return scenario;
}

std::vector<Scenario> disturbances()
{
    return {clockSetByOthers(), clockSlewedByOthers(), suspendForAnHour(), pauseForTenSeconds(),
        serverRestartsWithAStep(), oneOfThreeRestartsWithAStep(), unreachableForADay()};
}

} // namespace foliot::simulation
