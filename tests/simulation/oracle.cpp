// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/oracle.h"

#include "simulation/delay_law.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>

namespace foliot::simulation {

namespace {

constexpr double stampNoise = 1e-9; // stamps are whole nanoseconds
constexpr std::array swingWanders{1e-9, 2e-9, 4e-9, 8e-9, 1.6e-8, 3.2e-8};

} // namespace

void PhaseFilter::observe(RawTime raw, double value, double variance)
{
    if (m_isEmpty) {
        m_isEmpty = false;
        m_raw = raw;
        m_phase = value;
        m_phaseVariance = variance;
        return;
    }
    const double t = std::max(0.0, Seconds(raw - m_raw).count());
    const double walk = m_wander * m_wander;
    const double expected = at(raw);
    if (t > 0.0) {
        m_raw = raw;
        m_phase = expected;
        m_phaseVariance += t * (2.0 * m_covariance + t * (m_frequencyVariance + t * walk / 3.0));
        m_covariance += t * (m_frequencyVariance + t * walk / 2.0);
        m_frequencyVariance += t * walk;
    }
    const double total = m_phaseVariance + variance;
    const double phaseGain = m_phaseVariance / total;
    const double frequencyGain = m_covariance / total;
    m_phase += phaseGain * (value - expected);
    m_frequency += frequencyGain * (value - expected);
    m_frequencyVariance -= frequencyGain * m_covariance;
    m_covariance -= phaseGain * m_covariance;
    m_phaseVariance *= variance / total;
}

double PhaseFilter::at(RawTime raw) const
{
    return m_phase + m_frequency * Seconds(raw - m_raw).count();
}

Oracle::Oracle(const Scenario& scenario)
    : m_scenario(scenario)
    , m_origin(scenario.epoch.time_since_epoch())
{
    const OscillatorSpec& oscillator = scenario.clock.oscillator;
    if (oscillator.swing.shape == Swing::Shape::None) {
        m_members.push_back({.filter = PhaseFilter(oscillator.wander)});
    } else {
        for (const double wander : swingWanders)
            m_members.push_back({.filter = PhaseFilter(wander)});
    }
}

void Oracle::observe(std::uint32_t source, const ntp::Measurement& m, double trueTime)
{
    const SourceSpec& spec = m_scenario.sources.at(source - 1);
    if (serverErrorAt(spec.server, trueTime) != 0.0)
        return;
    const Nanoseconds there = m.serverReceive.time_since_epoch() - m.localTransmit.raw.time_since_epoch();
    const Nanoseconds back = m.serverTransmit.time_since_epoch() - m.localReceive.raw.time_since_epoch();
    const double excess = Seconds(there - back).count() - spec.there.base - spec.back.base;
    const MidpointError error = midpointError(spec.there, spec.back, excess, trueTime);
    const RawTime middle = m.localTransmit.raw + (m.localReceive.raw - m.localTransmit.raw) / 2;
    const double value = (Seconds(there - m_origin).count() + Seconds(back - m_origin).count()) / 2.0 - error.mean;
    for (Member& member : m_members)
        member.filter.observe(middle, value, error.variance + stampNoise * stampNoise);
}

void Oracle::sample(RawTime raw, RealTime truth)
{
    const double value = Seconds(truth.time_since_epoch() - raw.time_since_epoch() - m_origin).count();
    for (Member& member : m_members) {
        if (member.filter.isEmpty())
            return;
        const double error = member.filter.at(raw) - value;
        member.squares += error * error;
    }
    ++m_samples;
}

double Oracle::rms() const
{
    double least = std::numeric_limits<double>::infinity();
    for (const Member& member : m_members)
        least = std::min(least, member.squares);
    return m_samples == 0 ? 0.0 : std::sqrt(least / static_cast<double>(m_samples));
}

} // namespace foliot::simulation
