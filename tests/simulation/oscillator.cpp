// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/oscillator.h"

#include <cmath>
#include <numbers>

namespace foliot::simulation {

namespace {

double swingAt(const Swing& swing, double trueTime)
{
    const double phase = trueTime / swing.period;
    switch (swing.shape) {
    case Swing::Shape::None:
        return 0.0;
    case Swing::Shape::Sine:
        return swing.amplitude * std::sin(2.0 * std::numbers::pi * phase);
    case Swing::Shape::Square:
        return phase - std::floor(phase) < 0.5 ? swing.amplitude : -swing.amplitude;
    }
    return 0.0;
}

} // namespace

Oscillator::Oscillator(const OscillatorSpec& spec, std::uint64_t seed)
    : m_spec(spec)
    , m_random(seed, 1)
    , m_error(spec.error + swingAt(spec.swing, 0.0))
{}

void Oscillator::tick(double trueTime)
{
    m_walk += m_spec.wander * m_random.normal();
    m_error = m_spec.error + m_walk + swingAt(m_spec.swing, trueTime);
}

} // namespace foliot::simulation
