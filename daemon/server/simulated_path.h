// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The network that a server with a simulated clock pretends to sit behind: a delay and a jitter each way, and loss.
// For the try-out and for tests. Draws are a function of the seed alone.

#include "config/config.h"
#include "ntp/time.h"

#include <random>

namespace foliot::daemon {

class SimulatedPath {
public:
    explicit SimulatedPath(const config::Simulation& settings);

    // False when packets pass at once and none is lost.
    bool isPresent() const;

    bool losesRequest();
    Nanoseconds oneWayDelay(); // pathDelay plus an exponential draw with the mean of pathJitter

private:
    config::Simulation m_settings;
    std::mt19937_64 m_random;
};

} // namespace foliot::daemon
