// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the timekeeping benchmark is asked to do.

#include <expected>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::simulation {

struct BenchOptions {
    bool json = false;
    bool list = false;             // print the scenarios' names, run nothing
    int seeds = 10;                // runs of each scenario
    int firstSeed = 1;             // others of them show whether something holds that was found with the first ten
    int jobs = 0;                  // threads; 0: one for each processor
    std::vector<std::string> only; // scenarios with one of these in their names; empty: all

    friend bool operator==(const BenchOptions&, const BenchOptions&) = default;
};

inline constexpr std::string_view benchUsage =
    "usage: timekeeping [--json] [--list] [--only TEXT]... [--seeds N] [--first-seed N] [--jobs N]\n"
    "  --only TEXT  scenarios with TEXT in their names, such as default, poll64.W1e-9 or spikes\n";

// Errors: what is wrong with the arguments, as a sentence.
std::expected<BenchOptions, std::string> benchOptions(std::span<const std::string_view> arguments);

} // namespace foliot::simulation
