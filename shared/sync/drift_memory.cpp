// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/drift_memory.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr double mostDriftPpm = 500.0;
constexpr double leastDriftDeviation = 1e-6; // temperature alone moves a crystal so far between two runs
constexpr double learntDeviation = 1e-7;     // a frequency this sure is worth keeping
constexpr Nanoseconds saveInterval = std::chrono::hours(1);

} // namespace

FrequencyPrior priorFrom(const SystemOptions& options)
{
    const std::optional<Drift>& drift = options.drift;
    if (!drift || !std::isfinite(drift->frequencyPpm) || !std::isfinite(drift->uncertaintyPpm) ||
        std::abs(drift->frequencyPpm) > mostDriftPpm)
        return {.frequency = 0.0, .deviation = unknownFrequencyDeviation};
    const double deviation = std::abs(drift->uncertaintyPpm) * 1e-6;
    return {.frequency = drift->frequencyPpm * 1e-6,
        .deviation = std::clamp(deviation, leastDriftDeviation, unknownFrequencyDeviation)};
}

std::optional<Drift> DriftMemory::due(const OscillatorEstimate& estimate, RawTime now)
{
    const double deviation = std::sqrt(estimate.covariance.frequency);
    if (deviation > learntDeviation || (m_savedAt && now - *m_savedAt < saveInterval))
        return std::nullopt;
    m_savedAt = now;
    return Drift{.frequencyPpm = estimate.frequency * 1e6, .uncertaintyPpm = deviation * 1e6};
}

} // namespace foliot::sync
