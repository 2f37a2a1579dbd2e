// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bench/timekeeping_runs.h"

#include "simulation/simulation.h"

#include <algorithm>
#include <atomic>
#include <cmath>
#include <ctime>
#include <format>
#include <iostream>
#include <mutex>
#include <thread>

namespace foliot::simulation {

namespace {

// The oracle works on the raw clock, which stands still in a machine that sleeps, and knows of no leap seconds.
bool hasOracle(const Scenario& scenario)
{
    const bool standsStill = std::ranges::any_of(scenario.happenings, [](const Happening& happening) {
        return std::holds_alternative<Sleep>(happening.what) || std::holds_alternative<Pause>(happening.what);
    });
    return !scenario.pathsDiffer && !standsStill && scenario.leap.at == never;
}

RunFigures run(const Scenario& scenario, std::uint64_t seed)
{
    Oracle oracle(scenario);
    const Outcome outcome = simulate(scenario, seed, hasOracle(scenario) ? &oracle : nullptr);
    RunFigures figures{.rms = outcome.rms(),
        .largest = outcome.largest(),
        .oracleRms = oracle.rms(),
        .medianUncertainty = outcome.medianUncertainty(scenario.settledAfter),
        .packets = static_cast<double>(outcome.packets)};
    for (std::size_t i = 0; i < convergenceLimits.size(); ++i)
        figures.converged.at(i) =
            outcome.belowFrom(convergenceLimits.at(i), scenario.watchedFrom) - scenario.watchedFrom;
    figures.claimed = outcome.claimed();
    figures.boundHeld = outcome.boundHeld();
    figures.uncertaintyHeld = outcome.uncertaintyHeld();
    figures.firstSourceUsed = outcome.usedUntil(1);
    return figures;
}

double processorSeconds()
{
    return static_cast<double>(std::clock()) / CLOCKS_PER_SEC;
}

} // namespace

std::vector<ScenarioRuns> runAll(std::span<const Scenario> scenarios, int seeds, int firstSeed, int jobs)
{
    std::vector<ScenarioRuns> all;
    for (const Scenario& scenario : scenarios)
        all.push_back({.scenario = scenario, .runs = std::vector<RunFigures>(static_cast<std::size_t>(seeds))});
    // The longest first, so that no processor is left alone with one at the end.
    std::vector<std::size_t> order(all.size());
    for (std::size_t i = 0; i < order.size(); ++i)
        order[i] = i;
    std::ranges::stable_sort(order, std::greater(),
        [&](std::size_t i) { return all[i].scenario.duration * static_cast<double>(all[i].scenario.sources.size()); });

    const std::size_t tasks = all.size() * static_cast<std::size_t>(seeds);
    std::atomic<std::size_t> next{0};
    std::atomic<std::size_t> done{0};
    std::mutex progress;
    const auto work = [&] {
        for (std::size_t task = next++; task < tasks; task = next++) {
            ScenarioRuns& runs = all[order[task / static_cast<std::size_t>(seeds)]];
            const std::size_t seed = task % static_cast<std::size_t>(seeds);
            runs.runs[seed] = run(runs.scenario, static_cast<std::uint64_t>(firstSeed) + seed);
            const std::size_t count = ++done;
            const std::scoped_lock lock(progress);
            if (count * 20 / tasks != (count - 1) * 20 / tasks)
                std::cerr << std::format("timekeeping: {} of {} runs\n", count, tasks);
        }
    };
    std::vector<std::jthread> threads;
    const unsigned wanted = jobs > 0 ? static_cast<unsigned>(jobs) : std::max(1U, std::thread::hardware_concurrency());
    for (unsigned i = 1; i < wanted; ++i)
        threads.emplace_back(work);
    work();
    threads.clear();
    return all;
}

double simulationSpeed(const Scenario& scenario, int runs)
{
    (void)simulate(scenario, 1); // warms caches
    constexpr int rounds = 8;
    double least = HUGE_VAL;
    for (int round = 0; round < rounds; ++round) {
        const double start = processorSeconds();
        for (int seed = 1; seed <= runs; ++seed)
            (void)simulate(scenario, static_cast<std::uint64_t>(seed));
        least = std::min(least, processorSeconds() - start);
    }
    return scenario.duration * runs / least;
}

} // namespace foliot::simulation
