// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/system_estimate.h"

#include "sync/truth_window.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

// An unusual error of the offset is gone with the next sample. One of the frequency spoils all of the time until then, and
// hours when no sample comes: to be right as often in time it has to reach further.
constexpr double frequencyReach = 1.2;       // times the offset's
constexpr double frequencyReachInGaps = 1.4; // likewise, when more than one sample stays away
constexpr double gap = 2.0;                  // horizons
// Right after a packet no estimate is as sure as it thinks: so much of the deviation midway to the next one stays.
constexpr double staying = 0.4;

UncertaintyGrowth growthOf(const OscillatorEstimate& estimate, double age)
{
    const double factor = estimate.reach * estimate.reach;
    const bool isGap = age > gap * estimate.horizon;
    const double frequency = isGap ? frequencyReachInGaps : frequencyReach;
    // An oscillator that has been calm of late will not be so for all of a long time.
    const double wander = isGap ? std::max(estimate.wander, estimate.gapWander) : estimate.wander;
    const double midway = grown(estimate.covariance, estimate.wander, estimate.horizon / 2.0).offset;
    return {.constant = factor * (estimate.covariance.offset + staying * staying * midway),
        .linear = factor * 2.0 * estimate.covariance.cross,
        .quadratic = factor * frequency * frequency * estimate.covariance.frequency,
        .cubic = factor * wander * wander / 3.0};
}

// The same growth counted from `seconds` later.
UncertaintyGrowth later(const UncertaintyGrowth& growth, double seconds)
{
    const double t = seconds;
    return {.constant = growth.constant + t * (growth.linear + t * (growth.quadratic + t * growth.cubic)),
        .linear = growth.linear + t * (2.0 * growth.quadratic + t * 3.0 * growth.cubic),
        .quadratic = growth.quadratic + t * 3.0 * growth.cubic,
        .cubic = growth.cubic};
}

} // namespace

SystemEstimate estimateAt(const Combination& combination, const Now& now)
{
    SystemEstimate estimate{.at = now.raw};
    const double age = Seconds(now.raw - combination.estimate.at).count();
    const OscillatorEstimate oscillator = predicted(combination.estimate, now.raw);
    estimate.offset = offsetFromClock(oscillator, now);
    const Seconds size(std::abs(estimate.offset.count()));
    estimate.uncertaintyGrowth = later(growthOf(combination.estimate, age), std::max(0.0, age));
    estimate.uncertainty = size + Seconds(std::sqrt(estimate.uncertaintyGrowth.constant));
    estimate.boundGrowthPpm = frequencyTolerance(oscillator) * 1e6;
    estimate.bound = size + combination.rootDistance + Seconds(age * estimate.boundGrowthPpm * 1e-6);
    estimate.frequencyUncertaintyPpm = std::sqrt(oscillator.covariance.frequency) * 1e6;
    estimate.jitter = combination.jitter;
    estimate.uncertainty =
        std::min(estimate.uncertainty, estimate.bound); // what is likely cannot exceed what is possible
    return estimate;
}

void describeSelected(SystemEstimate& estimate, const Combination& combination, ntp::LeapIndicator leap)
{
    estimate.stratum = static_cast<std::uint8_t>(std::min<int>(combination.stratum + 1, ntp::maxStratum));
    estimate.rootDelay = combination.rootDelay;
    // Unlike RFC 5905 A.5.5.5 no MINDISP is added: it stands there for what a server does not know of its own error.
    estimate.rootDispersion = std::max(Seconds{}, estimate.bound - estimate.rootDelay / 2.0);
    estimate.referenceId = combination.referenceId;
    estimate.leap = leap;
}

} // namespace foliot::sync
