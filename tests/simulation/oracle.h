// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How right a clock can be kept: a Kalman filter of phase and frequency that is told what no client can know - which
// servers tell the truth, how restless the oscillator is, how the delays are distributed - and whose estimates move the
// clock at once. Fed by the simulation with the very packets that the System gets, so that the two differ in what they
// make of them alone. Shares no code with the System.

#include "ntp/measurement.h"
#include "simulation/scenario.h"

namespace foliot::simulation {

// Phase and frequency of true time against the raw clock, in doubles about a round part.
class PhaseFilter {
public:
    explicit PhaseFilter(double wander)
        : m_wander(wander)
    {}

    // value: true minus raw time at `raw`, s, with a normal error of this variance.
    void observe(RawTime raw, double value, double variance);
    double at(RawTime raw) const;
    bool isEmpty() const { return m_isEmpty; }

private:
    double m_wander;
    bool m_isEmpty = true;
    RawTime m_raw;
    double m_phase = 0.0;
    double m_frequency = 0.0;
    double m_phaseVariance = 0.0;
    double m_covariance = 0.0;
    double m_frequencyVariance = 1e-8;
};

class Oracle {
public:
    explicit Oracle(const Scenario& scenario);

    void observe(std::uint32_t source, const ntp::Measurement& measurement, double trueTime);
    // The error a clock had that is kept by the oracle, sampled for the statistics.
    void sample(RawTime raw, RealTime truth);

    // Of those samples, for the wander that turned out best; a temperature that swings has no wander to tell.
    double rms() const;

private:
    struct Member {
        PhaseFilter filter;
        double squares = 0.0;
    };

    const Scenario& m_scenario;
    Nanoseconds m_origin;
    std::vector<Member> m_members;
    std::uint64_t m_samples = 0;
};

} // namespace foliot::simulation
