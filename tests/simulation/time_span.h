// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Stretches of simulated time, and the leap second in it.

#include <algorithm>
#include <limits>

namespace foliot::simulation {

inline constexpr double never = std::numeric_limits<double>::infinity();

// True seconds since the start of the run.
struct Span {
    double from = never;
    double until = never;

    bool contains(double time) const { return time >= from && time < until; }
};

struct LeapSecond {
    double at = never; // when it begins, or where the second is that is left out
    int inserted = 1;  // -1: left out

    // UTC minus the seconds since the start.
    double utcAt(double time) const { return time >= at ? -inserted : 0.0; }
    // The same, by who spreads it over the day around it.
    double smearedAt(double time) const { return -inserted * std::clamp((time - at) / 86'400.0 + 0.5, 0.0, 1.0); }
};

} // namespace foliot::simulation
