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
    double wander;      // random walk of the frequency, per square root of a second
    double jitter;      // mean of the exponential delay of each way, s
    double rmsAtPoll64; // claimed of the error, s: a tenth less than the best of others
};

inline constexpr std::array cells{
    Cell{"W1e-10.J1e-5", 1e-10, 1e-5, 2.03e-06},
    Cell{"W1e-10.J1e-4", 1e-10, 1e-4, 9.27e-06},
    Cell{"W1e-10.J1e-3", 1e-10, 1e-3, 8.28e-05},
    Cell{"W1e-9.J1e-5", 1e-9, 1e-5, 5e-06},
    Cell{"W1e-9.J1e-4", 1e-9, 1e-4, 2.02e-05},
    Cell{"W1e-9.J1e-3", 1e-9, 1e-3, 9.09e-05},
    Cell{"W1e-8.J1e-5", 1e-8, 1e-5, 9.36e-06},
    Cell{"W1e-8.J1e-4", 1e-8, 1e-4, 5.01e-05},
    Cell{"W1e-8.J1e-3", 1e-8, 1e-3, 0.000203},
};

// Asked every 64 s.
Scenario poll64(const Cell& cell);

// Asked as often as the default profile finds worth while.
Scenario defaultPolls(const Cell& cell);

// Asked as often as the precise profile does, which must send no more than ntpd-rs.
Scenario precisePolls(const Cell& cell);

} // namespace foliot::simulation
