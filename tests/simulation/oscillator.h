// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The crystal: how much too fast it runs, second by second. A start value, a random walk, a temperature swing.

#include "support/random.h"

namespace foliot::simulation {

struct Swing {
    enum class Shape { None, Sine, Square };
    Shape shape = Shape::None;
    double amplitude = 0.0; // s/s
    double period = 86400.0;
};

struct OscillatorSpec {
    double error = 10e-6; // s/s at the start, positive when fast
    double wander = 1e-9; // random walk per square root of a second
    Swing swing;
};

class Oscillator {
public:
    Oscillator(const OscillatorSpec& spec, std::uint64_t seed);

    // Another true second has begun.
    void tick(double trueTime);
    double error() const { return m_error; }

private:
    OscillatorSpec m_spec;
    tests::Random m_random;
    double m_walk = 0.0;
    double m_error;
};

} // namespace foliot::simulation
