// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/networks.h"

#include <functional>

namespace foliot::simulation {

namespace {

Scenario oneServer(const char* name, double jitter = 1e-4)
{
    return {.name = name, .sources = {sourceWithJitter(jitter)}};
}

Scenario bothWays(const char* name, const std::function<void(PathSpec&)>& change)
{
    Scenario scenario = oneServer(name);
    change(scenario.sources[0].there);
    change(scenario.sources[0].back);
    return scenario;
}

// The server answers for the first `seen` seconds of each period.
Scenario seenNowAndThen(const char* name, double seen, double period, double duration)
{
    Scenario scenario = oneServer(name);
    scenario.duration = duration;
    for (double start = 0.0; start < duration; start += period)
        scenario.sources[0].server.silent.push_back({.from = start + seen, .until = start + period});
    return scenario;
}

} // namespace

Scenario jitterOnTheWayBack()
{
    Scenario scenario = oneServer("jitter_on_the_way_back");
    scenario.sources[0].there.jitter = 0.0;
    scenario.rmsWithin = 0.5e-6; // not told which way jitters
    return scenario;
}

Scenario jitterOnTheWayThere()
{
    Scenario scenario = oneServer("jitter_on_the_way_there");
    scenario.sources[0].back.jitter = 0.0;
    scenario.rmsWithin = 0.5e-6;
    return scenario;
}

Scenario spikes()
{
    return bothWays("spikes", [](PathSpec& path) {
        path.spikeChance = 0.05;
        path.spikeSize = 0.01;
    });
}

Scenario congestionEachHour()
{
    Scenario scenario = bothWays("congestion_each_hour",
        [](PathSpec& path) { path.congestion = {.period = 3600.0, .share = 0.25, .jitter = 5e-3}; });
    scenario.rmsWithin = 30e-6; // not told when
    return scenario;
}

Scenario congestionOnTheWayThere()
{
    Scenario scenario = oneServer("congestion_on_the_way_there");
    scenario.sources[0].there.congestion = {.period = 3600.0, .share = 0.25, .jitter = 5e-3};
    scenario.rmsWithin = 20e-6;
    return scenario;
}

Scenario gammaJitter(int exponentials, double mean, const char* name)
{
    Scenario scenario = bothWays(name, [=](PathSpec& path) {
        path.exponentials = exponentials;
        path.jitter = mean / exponentials;
    });
    scenario.rmsWithin = 0.15 * mean; // not told the shape
    return scenario;
}

Scenario halfOfThePacketsAreLost()
{
    // Both ways have to go well.
    return bothWays("half_of_the_packets_lost", [](PathSpec& path) { path.loss = 0.2929; });
}

Scenario seenTwentyMinutesIn10000s()
{
    return seenNowAndThen("seen_20_min_in_10000_s", 1200.0, 10'000.0, 100'000.0);
}

Scenario seenHalfAnHourEachDay()
{
    Scenario scenario = seenNowAndThen("seen_30_min_a_day", 1800.0, 86'400.0, 432'000.0);
    scenario.settledAfter = 172'800.0;
    return scenario;
}

Scenario waysDifferBy100ms()
{
    Scenario scenario = oneServer("ways_differ_by_100ms");
    scenario.sources[0].there.base += 0.1;
    scenario.pathsDiffer = true;
    scenario.rmsWithin = 0.051;
    return scenario;
}

std::vector<Scenario> badNetworks()
{
    return {jitterOnTheWayBack(), jitterOnTheWayThere(), spikes(), congestionEachHour(), congestionOnTheWayThere(),
        gammaJitter(2, 1e-4, "gamma2"), gammaJitter(4, 1e-4, "gamma4"), gammaJitter(10, 1e-3, "gamma10_J1e-3"),
        halfOfThePacketsAreLost(), seenTwentyMinutesIn10000s(), seenHalfAnHourEachDay(), waysDifferBy100ms()};
}

} // namespace foliot::simulation
