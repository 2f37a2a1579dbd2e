// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bench/timekeeping_rows.h"

#include "bench/timekeeping_peers.h"
#include "simulation/scenarios/cells.h"

#include <algorithm>
#include <cmath>
#include <format>
#include <functional>
#include <limits>

namespace foliot::simulation {

namespace {

constexpr double microseconds = 1e6;

using Figure = std::function<double(const RunFigures&)>;

double meanOf(const ScenarioRuns& scenario, const Figure& figure)
{
    double sum = 0.0;
    for (const RunFigures& run : scenario.runs)
        sum += figure(run);
    return sum / static_cast<double>(scenario.runs.size());
}

Row row(const std::string& name, const std::string& unit, const ScenarioRuns& scenario, const Figure& figure)
{
    const double mean = meanOf(scenario, figure);
    double squares = 0.0;
    double maximum = -std::numeric_limits<double>::infinity();
    for (const RunFigures& run : scenario.runs) {
        const double deviation = figure(run) - mean;
        squares += deviation * deviation;
        maximum = std::max(maximum, figure(run));
    }
    const auto count = static_cast<double>(scenario.runs.size());
    const double error = count > 1.0 && std::isfinite(mean) ? std::sqrt(squares / (count - 1.0) / count) : 0.0;
    return {.name = std::format("{}.{}", name, scenario.scenario.name),
        .value = mean + 2.0 * error,
        .unit = unit,
        .mean = mean,
        .standardError = error,
        .maximum = maximum};
}

class Rows {
public:
    explicit Rows(std::span<const ScenarioRuns> all)
        : m_all(all)
    {}

    std::vector<Row> make()
    {
        for (const ScenarioRuns& scenario : m_all)
            add(scenario);
        if (m_poll64Cells == cells.size())
            m_rows.push_back({.name = "cells_at_most_0.70_of_chrony.poll64",
                .value = m_farBelowChrony,
                .unit = "cells",
                .goal = 6.0,
                .aim = Aim::AtLeast});
        addHonesty();
        return std::move(m_rows);
    }

private:
    void add(const ScenarioRuns& scenario)
    {
        const std::string& name = scenario.scenario.name;
        if (name.starts_with("start")) {
            addConvergence(scenario);
            return;
        }
        for (std::size_t i = 0; i < cells.size(); ++i) {
            if (name == std::format("poll64.{}", cells.at(i).name))
                return addFixedPolls(scenario, peersAtPoll64.at(i));
            if (name == std::format("default.{}", cells.at(i).name))
                return addDefaultPolls(scenario, peersAtOwnPolls.at(i));
            if (name == std::format("precise.{}", cells.at(i).name))
                return addPrecisePolls(scenario, peersAtOwnPolls.at(i));
        }
        addOther(scenario);
    }

    void addFixedPolls(const ScenarioRuns& scenario, const FixedPolls& peers)
    {
        Row& rms = addRms(scenario);
        rms.reference = peers.rms.best();
        rms.goal = 0.90 * peers.rms.best();
        ++m_poll64Cells;
        if (rms.value <= 0.70 * peers.rms.chrony)
            ++m_farBelowChrony;
        Row& largest = addLargest(scenario);
        largest.reference = peers.largest.best();
        largest.goal = peers.largest.chrony;
        m_rows.push_back(
            row("rms_over_oracle", "1", scenario, [](const RunFigures& run) { return run.rms / run.oracleRms; }));
        m_rows.back().goal = 1.25;
    }

    void addDefaultPolls(const ScenarioRuns& scenario, const OwnPolls& peers)
    {
        Row& rms = addRms(scenario);
        rms.reference = peers.bestAllowed();
        rms.goal = 0.80 * peers.bestAllowed();
        addPackets(scenario, peers.packets.chrony, peers.allowedPackets());
    }

    void addPrecisePolls(const ScenarioRuns& scenario, const OwnPolls& peers)
    {
        Row& rms = addRms(scenario);
        rms.reference = peers.rms.ntpdRs;
        rms.goal = 0.80 * peers.rms.ntpdRs;
        addPackets(scenario, peers.packets.ntpdRs, peers.packets.ntpdRs);
    }

    void addPackets(const ScenarioRuns& scenario, double reference, double goal)
    {
        m_rows.push_back(row("packets", "packets", scenario, [](const RunFigures& run) { return run.packets; }));
        m_rows.back().reference = reference;
        m_rows.back().goal = goal;
    }

    void addConvergence(const ScenarioRuns& scenario)
    {
        constexpr std::array names{"10ms", "1ms", "100us"};
        constexpr std::array goals{std::optional<double>(), std::optional(6.0), std::optional(10.0)};
        const auto peer = std::ranges::find(peerStarts, scenario.scenario.name, &PeerStart::scenario);
        const bool isFar = scenario.scenario.name.ends_with(".nostep");
        for (std::size_t i = 0; i < names.size(); ++i) {
            Row made = row(std::format("converge_s.{}", names.at(i)), "s", scenario,
                [i](const RunFigures& run) { return run.converged.at(i); });
            if (peer != peerStarts.end())
                made.reference = peer->best.at(i);
            made.goal = isFar && i == 1 ? 17.0 : isFar ? std::optional<double>() : goals.at(i);
            m_rows.push_back(made);
        }
    }

    void addOther(const ScenarioRuns& scenario)
    {
        addRms(scenario);
        addLargest(scenario);
        const auto peer = std::ranges::find(peerScenarios, scenario.scenario.name, &PeerScenario::scenario);
        if (peer != peerScenarios.end()) {
            m_rows.at(m_rows.size() - 2).reference = peer->bestRms;
            m_rows.at(m_rows.size() - 2).goal = peer->chronyRms;
            m_rows.back().reference = peer->bestLargest;
            m_rows.back().goal = peer->chronyLargest;
        }
        if (scenario.runs.front().oracleRms > 0.0)
            m_rows.push_back(
                row("rms_over_oracle", "1", scenario, [](const RunFigures& run) { return run.rms / run.oracleRms; }));
        if (scenario.scenario.watchedFrom > 0.0)
            m_rows.push_back(
                row("converge_s.1ms", "s", scenario, [](const RunFigures& run) { return run.converged.at(1); }));
        if (scenario.scenario.name == "one_of_three_false_by_5ms") {
            m_rows.push_back(
                row("falseticker_out_s", "s", scenario, [](const RunFigures& run) { return run.firstSourceUsed; }));
            m_rows.back().goal = 10.0;
            m_rows.push_back(
                row("converge_s.1ms", "s", scenario, [](const RunFigures& run) { return run.converged.at(1); }));
            m_rows.back().reference = 7.0;
            m_rows.back().goal = 10.0;
        }
    }

    Row& addRms(const ScenarioRuns& scenario)
    {
        m_rows.push_back(row("rms_us", "us", scenario, [](const RunFigures& run) { return run.rms * microseconds; }));
        if (scenario.runs.front().oracleRms > 0.0)
            m_rows.back().oracle = meanOf(scenario, [](const RunFigures& run) { return run.oracleRms * microseconds; });
        return m_rows.back();
    }

    Row& addLargest(const ScenarioRuns& scenario)
    {
        m_rows.push_back(
            row("max_us", "us", scenario, [](const RunFigures& run) { return run.largest * microseconds; }));
        return m_rows.back();
    }

    // How honest the two numbers were, scenario by scenario and at worst.
    void addHonesty()
    {
        Row uncertainty{.name = "uncertainty_holds_percent", .unit = "%", .goal = 99.9, .aim = Aim::AtLeast};
        Row bound{.name = "bound_holds_percent", .unit = "%", .goal = 100.0, .aim = Aim::AtLeast};
        Row wide{.name = "uncertainty_over_rms", .unit = "1", .goal = 4.0};
        for (const ScenarioRuns& scenario : m_all) {
            addShare(bound, scenario, [](const RunFigures& run) { return run.boundHeld; });
            if (scenario.scenario.pathsDiffer)
                continue;
            addShare(uncertainty, scenario, [](const RunFigures& run) { return run.uncertaintyHeld; });
            const double median = meanOf(scenario, [](const RunFigures& run) { return run.medianUncertainty; });
            addHonest(wide, scenario, median / meanOf(scenario, [](const RunFigures& run) { return run.rms; }));
        }
        for (Row* worst : {&uncertainty, &wide, &bound}) {
            worst->name += ".worst";
            m_rows.push_back(*worst);
        }
    }

    // Of the seconds with a claim.
    void addShare(Row& worst, const ScenarioRuns& scenario, const Figure& held)
    {
        const double claimed = meanOf(scenario, [](const RunFigures& run) { return run.claimed; });
        addHonest(worst, scenario, claimed > 0.0 ? 100.0 * meanOf(scenario, held) / claimed : 100.0);
    }

    void addHonest(Row& worst, const ScenarioRuns& scenario, double value)
    {
        Row row = worst;
        row.name = std::format("{}.{}", worst.name, scenario.scenario.name);
        row.value = value;
        row.where.clear();
        m_rows.push_back(row);
        const bool isWorse = worst.aim == Aim::AtMost ? value > worst.value : value < worst.value;
        if (isWorse || worst.where.empty()) {
            worst.value = value;
            worst.where = scenario.scenario.name;
        }
    }

    std::span<const ScenarioRuns> m_all;
    std::vector<Row> m_rows;
    std::size_t m_poll64Cells = 0;
    double m_farBelowChrony = 0.0;
};

} // namespace

bool Row::reachesGoal() const
{
    if (!goal)
        return true;
    return aim == Aim::AtMost ? value <= *goal : value >= *goal;
}

std::vector<Row> rowsOf(std::span<const ScenarioRuns> all)
{
    return Rows(all).make();
}

} // namespace foliot::simulation
