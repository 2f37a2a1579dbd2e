// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/one_sided.h"

#include <cmath>
#include <numbers>

namespace foliot::sync {

namespace {

// log of the normal distribution function, without underflow far below zero.
double logNormalTail(double x)
{
    if (x > -20.0)
        return std::log(0.5 * std::erfc(-x / std::numbers::sqrt2));
    return -0.5 * x * x - std::log(-x) - 0.5 * std::log(2.0 * std::numbers::pi) + std::log1p(-1.0 / (x * x));
}

} // namespace

OneSidedUpdate observeLate(const Normal& belief, double observed, double meanDelay)
{
    // Normal times exp((quantity - observed) / meanDelay) is a normal shifted up; it is cut off above `observed`.
    const double deviation = std::sqrt(belief.variance);
    const double shifted = belief.mean + belief.variance / meanDelay;
    const double edge = (observed - shifted) / deviation;
    const double logMass = logNormalTail(edge);
    const double hazard = std::exp(-0.5 * edge * edge - 0.5 * std::log(2.0 * std::numbers::pi) - logMass);
    const double shrink = hazard * (hazard + edge); // in 0 to 1
    return {
        .belief = {.mean = shifted - deviation * hazard, .variance = belief.variance * std::fmax(1e-4, 1.0 - shrink)},
        .logLikelihood = -std::log(meanDelay) + 0.5 * belief.variance / (meanDelay * meanDelay) -
                         (observed - belief.mean) / meanDelay + logMass,
    };
}

} // namespace foliot::sync
