// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Several beliefs side by side, each for another wander of the oscillator, weighted by how well each foretold the
// packets: an interacting multiple model filter (Blom and Bar-Shalom 1988), so that nothing needs tuning, a change of
// temperature is followed, and so is a sudden one (a fan, a load, another clock source). Fed and read by PathModels.

#include "sync/lateness_belief.h"
#include "sync/mixture_tail.h"
#include "sync/path_state.h"

#include <vector>

namespace foliot::sync {

class WanderBank {
public:
    static constexpr std::size_t wanders = 8;
    static constexpr std::size_t size = wanders + 1; // and one for an oscillator whose frequency has jumped of late

    explicit WanderBank(const PathState& start);

    void advance(double seconds, double pathWander);

    // A packet that went one way, late as `lateness` knows and learns. stampVariance: of the stamps' noise. Returns the log
    // likelihood.
    double observe(Way way, double observed, LatenessBelief& lateness, double stampVariance);

    // The belief for the greatest wander, carried on by `seconds`: what is impossible by it is impossible.
    PathState mostRestlessAfter(double seconds) const;

    // The mixture's moments.
    const PathState& state() const { return m_mixed; }
    double wander() const;
    double logWander() const; // the mean of its logarithm
    const std::array<double, size>& weights() const { return m_weights; }
    // That the frequency jumps between two packets, as learnt.
    double jumpChance() const { return m_jumpChance; }

    // The offset `seconds` from now about `centre`, as the mixture that it is; its shares are multiplied by `share`.
    void addParts(std::vector<NormalPart>& parts, double share, double centre, double seconds) const;

    template<typename Change>
    void change(Change what)
    {
        for (PathState& state : m_states)
            what(state);
        mix();
    }

private:
    void mix();
    void learnJumps();
    void keepJumped(const PathState& before, double weight);
    void interact();

    std::array<PathState, size> m_states{};
    std::array<double, size> m_weights{};
    std::array<double, wanders> m_usual{}; // weights, in the long run
    PathState m_mixed;
    double m_jumpChance = 0.0; // between two packets
    double m_packets = 0.0;    // from which it is learnt; the oldest are forgotten
};

} // namespace foliot::sync
