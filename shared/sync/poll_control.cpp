// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/poll_control.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

struct Kindness {
    double negligibleError = 0.0; // s, not worth a packet
    double shareOfJitter = 0.0;   // an error so much smaller than the jitter is not worth one either
    double leastInterval = 0.0;   // s
    double leastByJitter = 0.0;   // s per root of a second of jitter
};

// A source is asked more often at first, while much is learnt from each packet: at an interval of an eighth of the time
// that it has been asked for.
constexpr double learningShare = 1.0 / 8.0;
constexpr double learningInterval = 64.0; // s

Kindness kindnessOf(PollProfile profile)
{
    switch (profile) {
    case PollProfile::Default:
        return {.negligibleError = 20e-6, .shareOfJitter = 0.1, .leastInterval = 272.0};
    case PollProfile::Precise:
        // Jitter averages away as slowly as the oscillator wanders off when the interval goes with the jitter's root.
        return {.negligibleError = 1e-6, .shareOfJitter = 0.1, .leastByJitter = 16'000.0};
    }
    return {};
}

double predictedDeviation(const OscillatorEstimate& estimate, double seconds)
{
    return std::sqrt(grown(estimate.covariance, estimate.wander, seconds).offset);
}

// The longest interval within the two whose end the estimate foretells to within the target; the shorter one at least.
double longestWithin(const OscillatorEstimate& estimate, double target, double shortest, double longest)
{
    if (predictedDeviation(estimate, shortest) >= target)
        return shortest;
    double low = shortest;
    double high = longest;
    for (int i = 0; i < 12; ++i) {
        const double middle = std::sqrt(low * high);
        (predictedDeviation(estimate, middle) < target ? low : high) = middle;
    }
    return low;
}

} // namespace

Seconds wantedInterval(const PollNeeds& needs, const SourceOptions& options)
{
    const double shortest = std::ldexp(1.0, options.minPoll);
    const double longest = std::ldexp(1.0, options.maxPoll);
    const Kindness kindness = kindnessOf(options.profile);
    const double jitter = needs.jitter.count();
    const double kind = std::max(kindness.leastInterval, kindness.leastByJitter * std::sqrt(jitter));
    const double learning = std::max(learningInterval, needs.known.count() * learningShare);
    const double least = std::clamp(std::min(kind, learning), shortest, longest);
    const double target = std::max(kindness.negligibleError, kindness.shareOfJitter * jitter);
    const double most = std::clamp(2.0 * needs.interval.count(), least, longest);
    return Seconds(longestWithin(needs.estimate, target, least, most));
}

} // namespace foliot::sync
