// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Clock and path together: UTC minus raw, its frequency, and the least delay of one way. Normal belief with covariance.

#include "sync/one_sided.h"
#include "sync/oscillator_estimate.h"

#include <array>

namespace foliot::sync {

struct PathState {
    static constexpr std::size_t size = 3;
    enum Index : std::size_t { Offset, Frequency, LeastDelay };

    std::array<double, size> mean{};
    std::array<std::array<double, size>, size> covariance{};

    friend bool operator==(const PathState&, const PathState&) = default;
};

// Without a measurement for `seconds`: the frequency walks by `wander`, the least delay by `pathWander`, both per square
// root of a second.
PathState grown(const PathState& state, double wander, double pathWander, double seconds);

enum class Way { Outbound, Inbound };

// What is believed of an undelayed packet's timestamp difference: offset and least delay as that way sees them, and the
// stamps' noise.
Normal expected(const PathState& state, Way way, double stampVariance);

// What was learnt of that difference, from `before` to `after`, told to the whole state.
void absorb(PathState& state, Way way, const Normal& before, const Normal& after);

// The moments of a mixture: the means of all parts are added first, then their covariances and how far they differ.
void addMean(PathState& sum, const PathState& part, double share);
void addSpread(PathState& sum, const PathState& part, double share);

} // namespace foliot::sync
