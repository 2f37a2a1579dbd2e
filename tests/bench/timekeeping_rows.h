// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The benchmark's rows: what the runs came to, beside the best of the peers and beside what is aimed at.

#include "bench/timekeeping_runs.h"

#include <optional>
#include <string>
#include <vector>

namespace foliot::simulation {

// Whether a goal is a most or a least.
enum class Aim { AtMost, AtLeast };

struct Row {
    std::string name;
    double value = 0.0; // mean and two standard errors, or the worst of all, as the name says
    std::string unit;
    std::optional<double> reference;
    std::optional<double> goal;
    Aim aim = Aim::AtMost;
    std::optional<double> mean;
    std::optional<double> standardError;
    std::optional<double> maximum;
    std::optional<double> oracle; // mean of what the oracle reaches on the same packets, in the row's unit
    std::string where;            // the scenario that is the worst

    bool reachesGoal() const;
};

std::vector<Row> rowsOf(std::span<const ScenarioRuns> all);

} // namespace foliot::simulation
