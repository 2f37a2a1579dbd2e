// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Several beliefs side by side, each for another wander of the oscillator, weighted by how well each foretold the
// packets: an interacting multiple model filter (Blom and Bar-Shalom 1988), so that nothing needs tuning and a change of
// temperature is followed.

#include "sync/path_state.h"

namespace foliot::sync {

class WanderBank {
public:
    static constexpr std::size_t size = 8;

    explicit WanderBank(const PathState& start);

    void advance(double seconds, double pathWander);
    void observe(Way way, double observed, double meanDelay, double stampVariance);

    // The belief for the greatest wander, carried on by `seconds`: what is impossible by it is impossible.
    PathState mostRestlessAfter(double seconds) const;

    // The mixture's moments.
    const PathState& state() const { return m_mixed; }
    double wander() const;
    const std::array<double, size>& weights() const { return m_weights; }

    template<typename Change>
    void change(Change what)
    {
        for (PathState& state : m_states)
            what(state);
        mix();
    }

private:
    void mix();
    void interact();

    std::array<PathState, size> m_states{};
    std::array<double, size> m_weights{};
    PathState m_mixed;
};

} // namespace foliot::sync
