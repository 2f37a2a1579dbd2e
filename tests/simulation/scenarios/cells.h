// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The nine cells on which timekeepers are compared: how restless the oscillator is, by how restless the network is. One
// perfect server, 1 ms away each way; the clock starts 10 ms and 10 ppm fast.

#include "simulation/scenario.h"

#include <array>

namespace foliot::simulation {

struct Cell {
    const char* name;
    double wander; // random walk of the frequency, per square root of a second
    double jitter; // mean of the exponential delay of each way, s
};

inline constexpr std::array cells{
    Cell{"W1e-10.J1e-5", 1e-10, 1e-5},
    Cell{"W1e-10.J1e-4", 1e-10, 1e-4},
    Cell{"W1e-10.J1e-3", 1e-10, 1e-3},
    Cell{"W1e-9.J1e-5", 1e-9, 1e-5},
    Cell{"W1e-9.J1e-4", 1e-9, 1e-4},
    Cell{"W1e-9.J1e-3", 1e-9, 1e-3},
    Cell{"W1e-8.J1e-5", 1e-8, 1e-5},
    Cell{"W1e-8.J1e-4", 1e-8, 1e-4},
    Cell{"W1e-8.J1e-3", 1e-8, 1e-3},
};

// Asked every 64 s.
Scenario poll64(const Cell& cell);

// Asked as often as the default profile finds worth while.
Scenario defaultPolls(const Cell& cell);

} // namespace foliot::simulation
