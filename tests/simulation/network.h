// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A path through a network, one way: how long each packet takes, or that it is lost.

#include "support/random.h"

#include <optional>

namespace foliot::simulation {

// A share of each period in which the jitter is another.
struct Congestion {
    double period = 0.0; // 0: never
    double share = 0.0;
    double jitter = 0.0;
};

struct PathSpec {
    double base = 1e-3;       // s, the least delay
    double jitter = 0.0;      // s, mean of one exponential
    int exponentials = 1;     // their sum is gamma distributed
    double spikeChance = 0.0; // a spike adds an exponential of mean spikeSize
    double spikeSize = 0.0;
    double loss = 0.0;
    Congestion congestion;
};

// Mean of one exponential for a packet sent at this time.
double jitterAt(const PathSpec& path, double trueTime);

class Path {
public:
    Path(const PathSpec& spec, std::uint64_t seed, std::uint64_t stream);

    // Of the next packet, sent at this time. Empty: lost.
    std::optional<double> delay(double trueTime);

private:
    PathSpec m_spec;
    tests::Random m_random;
};

} // namespace foliot::simulation
