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

Scenario serverAnswersLate()
{
    Scenario scenario = oneServer("server_answers_late", 1e-5);
    scenario.sources[0].server.lateness = {.base = 2e-4, .jitter = 5e-5};
    scenario.pathsDiffer = true; // as nobody can tell who believes the server
    scenario.rmsWithin = 1.2e-4;
    return scenario;
}

Scenario serverTellsHowLate()
{
    Scenario scenario = serverAnswersLate();
    scenario.name = "server_tells_how_late";
    scenario.sources[0].xleave = true;
    scenario.pathsDiffer = false;
    scenario.rmsWithin = 1e-5;
    return scenario;
}

Scenario serverTellsHowLateInLossyNetwork()
{
    Scenario scenario = serverTellsHowLate();
    scenario.name = "server_tells_how_late_and_half_is_lost";
    scenario.sources[0].there.loss = scenario.sources[0].back.loss = 0.2929;
    scenario.rmsWithin = 2e-5;
    return scenario;
}

Scenario measuredAPollLate()
{
    Scenario scenario = oneServer("measured_a_poll_late");
    scenario.sources[0].options = {};
    scenario.sources[0].xleave = true;
    scenario.rmsWithin = 1e-4;
    return scenario;
}

std::vector<Scenario> badNetworks()
{
    return {jitterOnTheWayBack(), jitterOnTheWayThere(), spikes(), congestionEachHour(), congestionOnTheWayThere(),
        gammaJitter(2, 1e-4, "gamma2"), gammaJitter(4, 1e-4, "gamma4"), gammaJitter(10, 1e-3, "gamma10_J1e-3"),
        halfOfThePacketsAreLost(), seenTwentyMinutesIn10000s(), seenHalfAnHourEachDay(), waysDifferBy100ms(),
        serverTellsHowLate(), serverTellsHowLateInLossyNetwork(), measuredAPollLate()};
}

} // namespace foliot::simulation
