// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Several models of a path side by side, each with a wander bank of its own: lateness from exponential to nearly normal,
// the same on both ways or each way by itself. Weighted by how well they foretold the packets; together they say what is
// believed of clock and path. Fed and read by SourceFilter.

#include "sync/wander_bank.h"

#include <span>
#include <vector>

namespace foliot::sync {

class PathModels {
public:
    // start: what was known at the time of the first sample, the least delay from quickest packets. typicalLateness: how
    // much later than the quickest packets are, each way, in seconds.
    PathModels(const PathState& start, double typicalLateness);

    void advance(double seconds, double pathWander);
    // One packet there and back. stampVariance: of the stamps' noise.
    void observe(double outbound, double inbound, double stampVariance);

    // The mixture's moments.
    const PathState& state() const { return m_mixed; }
    double wander() const;
    double logWander() const;                // the mean of its logarithm
    double latenessDeviation(Way way) const; // expected of the next packet, seconds
    double usualDeviation(Way way) const;    // of all but the unusually late ones

    // How far from its mean all but `outside` of the belief about the offset in `seconds` reaches, in its standard
    // deviations.
    double reachAfter(double seconds, double outside) const;

    // Whether a packet in `seconds` would be too early by all models, even for the most restless oscillator.
    bool isTooEarly(double seconds, double outbound, double inbound, double stampVariance) const;

    template<typename Change>
    void change(Change what)
    {
        for (Model& model : m_models)
            model.bank.change(what);
        mix();
    }

private:
    struct Model {
        int shape = 1;
        bool alike = false; // both ways share the belief about lateness
        WanderBank bank;
        LatenessBelief outbound;
        LatenessBelief inbound;
        double weight = 0.0;
    };

    void mix();
    void keepDoubt();
    template<typename Quantity>
    double averaged(Way way, Quantity of) const;

    std::vector<Model> m_models;
    double m_packets = 0.0;
    PathState m_mixed;
};

} // namespace foliot::sync
