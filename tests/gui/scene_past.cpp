// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/scenes.h"

#include <algorithm>
#include <cmath>

namespace foliot::tests {

namespace {

constexpr double pastSeconds = 600.0;

double rippleAt(double running)
{
    return std::sin(running / 23.0) + 0.6 * std::sin(running / 7.1) + 0.3 * std::sin(running * 1.3);
}

} // namespace

sync::State earlier(const Scene& scene, double secondsAgo)
{
    sync::State state = scene.state;
    const auto ago = std::chrono::duration_cast<std::chrono::nanoseconds>(Seconds(secondsAgo));
    state.asOf.raw -= ago;
    state.asOf.boot -= ago;
    state.asOf.real -= ago;
    sync::SystemEstimate& estimate = state.estimate;
    estimate.at -= ago;
    // A clock that nobody corrects stays where it is.
    if (!state.steering)
        return state;
    double final = estimate.uncertainty.count();
    double bound = estimate.bound.count();
    if (state.condition == sync::Condition::Holdover) {
        // Before the network was lost all was well; since then doubt grows.
        const double silent = std::max(silentSeconds - secondsAgo, 0.0);
        final *= 0.3 + 0.7 * silent / silentSeconds;
        bound -= (silentSeconds - silent) * holdoverGrowthPpm * 1e-6;
        if (silent == 0.0) {
            state.condition = sync::Condition::Synchronized;
            sync::SourceState& source = state.sources.front();
            source.verdict = sync::Verdict::Selected;
            source.lastAnswerAt = state.asOf.boot;
        }
    }
    // Ten minutes ago the clock was 80 ms behind and came in with a time constant of twelve seconds.
    const double running = pastSeconds - secondsAgo;
    const double coming = 0.08 * std::exp(-running / 12.0);
    estimate.offset += Seconds(coming + 0.18 * final * (rippleAt(running) - rippleAt(pastSeconds)));
    estimate.uncertainty = Seconds(coming + final * (1.0 + 4.0 * std::exp(-running / 60.0)));
    estimate.bound = Seconds(coming + bound * (1.0 + 0.06 * std::fmod(running, 64.0) / 64.0));
    estimate.jitter = Seconds(0.25 * final * (1.0 + 0.5 * (std::sin(running / 41.0) - std::sin(pastSeconds / 41.0))) +
                              0.003 * std::exp(-running / 20.0));
    return state;
}

} // namespace foliot::tests
