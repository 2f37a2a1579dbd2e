// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/system_estimate.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

SystemEstimate estimateAt(const Combination& combination, const Now& now)
{
    SystemEstimate estimate{.at = now.raw};
    const double age = Seconds(now.raw - combination.estimate.at).count();
    const OscillatorEstimate oscillator = predicted(combination.estimate, now.raw);
    const Covariance& p = oscillator.covariance;
    const double factor = oscillator.reach * oscillator.reach;
    estimate.offset = offsetFromClock(oscillator, now);
    const Seconds size(std::abs(estimate.offset.count()));
    estimate.uncertainty = size + Seconds(oscillator.reach * std::sqrt(p.offset));
    estimate.uncertaintyGrowth = {.constant = factor * p.offset,
        .linear = factor * 2.0 * p.cross,
        .quadratic = factor * p.frequency,
        .cubic = factor * oscillator.wander * oscillator.wander / 3.0};
    estimate.boundGrowthPpm = frequencyTolerance(oscillator) * 1e6;
    estimate.bound = size + combination.rootDistance + Seconds(age * estimate.boundGrowthPpm * 1e-6);
    estimate.frequencyUncertaintyPpm = std::sqrt(p.frequency) * 1e6;
    estimate.jitter = combination.jitter;
    estimate.uncertainty =
        std::min(estimate.uncertainty, estimate.bound); // what is likely cannot exceed what is possible
    return estimate;
}

void describeSelected(SystemEstimate& estimate, const Source& selected, ntp::LeapIndicator leap)
{
    const ntp::Measurement& last = *selected.last();
    estimate.stratum = static_cast<std::uint8_t>(std::min<int>(last.stratum + 1, ntp::maxStratum));
    estimate.rootDelay = last.rootDelay + selected.filter().delay();
    estimate.rootDispersion = std::max(ntp::minDispersion, estimate.bound - estimate.rootDelay / 2.0);
    estimate.referenceId = selected.referenceId();
    estimate.leap = leap;
}

} // namespace foliot::sync
