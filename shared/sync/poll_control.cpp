// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/poll_control.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

// Errors smaller than this are not worth a packet.
constexpr double negligibleError = 20e-6;

double predictedDeviation(const OscillatorEstimate& estimate, int exponent)
{
    return std::sqrt(grown(estimate.covariance, estimate.wander, std::ldexp(1.0, exponent)).offset);
}

} // namespace

int wantedExponent(const OscillatorEstimate& estimate, Seconds jitter, int exponent)
{
    // An oscillator that wanders less than the network jitters gains nothing from more samples.
    const double target = std::max(negligibleError, jitter.count() / 2.0);
    if (predictedDeviation(estimate, exponent + 1) <= target)
        return exponent + 1;
    while (exponent > 0 && predictedDeviation(estimate, exponent) > 2.0 * target)
        --exponent;
    return exponent;
}

} // namespace foliot::sync
