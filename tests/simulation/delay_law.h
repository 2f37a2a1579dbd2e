// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a round trip's delay tells of the error of its midpoint to someone who knows how the paths' delays are
// distributed: mean and variance of half the difference of the ways, given their sum.

#include "simulation/network.h"

namespace foliot::simulation {

struct MidpointError {
    double mean = 0.0; // s; half of what the way there took more than the way back
    double variance = 0.0;
};

// excess: of the round trip over both base delays, s; what is below zero is rounding. trueTime: when the packets were
// sent. A jitter of several exponentials has to be the same both ways and without spikes.
MidpointError midpointError(const PathSpec& there, const PathSpec& back, double excess, double trueTime);

} // namespace foliot::simulation
