// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/oscillator_estimate.h"

namespace foliot::sync {

Covariance grown(const Covariance& covariance, double wander, double seconds)
{
    const double walk = wander * wander;
    const double t = seconds;
    return {
        .offset = covariance.offset + t * (2.0 * covariance.cross + t * (covariance.frequency + t * walk / 3.0)),
        .cross = covariance.cross + t * (covariance.frequency + t * walk / 2.0),
        .frequency = covariance.frequency + t * walk,
    };
}

OscillatorEstimate predicted(const OscillatorEstimate& estimate, RawTime when)
{
    const double seconds = Seconds(when - estimate.at).count();
    OscillatorEstimate result = estimate;
    result.at = when;
    result.offset += estimate.frequency * seconds;
    if (seconds > 0.0)
        result.covariance = grown(estimate.covariance, estimate.wander, seconds);
    return result;
}

OscillatorEstimate withOrigin(const OscillatorEstimate& estimate, Nanoseconds origin)
{
    OscillatorEstimate result = estimate;
    result.origin = origin;
    result.offset += Seconds(estimate.origin - origin).count();
    return result;
}

Seconds offsetFromClock(const OscillatorEstimate& estimate, const Now& now)
{
    const Nanoseconds clockMinusRaw = now.real.time_since_epoch() - now.raw.time_since_epoch();
    return Seconds(estimate.origin - clockMinusRaw) + Seconds(estimate.offset);
}

} // namespace foliot::sync
