// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/one_sided.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace foliot::sync {

namespace {

constexpr double logRootTwoPi = 0.91893853320467274178; // log(2 pi) / 2
constexpr double tail = 5.0;

// The hazard h(x) of the standard normal distribution, density over upper tail, as its excess over x: h(x) - x. It falls
// like 1/x, so taking the difference would lose it. Far out by Laplace's continued fraction 1/(x + 2/(x + 3/(x + ...))).
double hazardExcess(double x)
{
    if (x < tail)
        return std::exp(-0.5 * x * x - logRootTwoPi) / (0.5 * std::erfc(x / std::numbers::sqrt2)) - x;
    double fraction = x;
    for (int k = 40; k >= 2; --k)
        fraction = x + k / fraction;
    return 1.0 / fraction;
}

// 1 - h(x) (h(x) - x), the share of the variance that a cut leaves.
double shareKept(double x, double excess)
{
    if (x > 1e3)
        return (1.0 - 6.0 / (x * x)) / (x * x);
    return std::clamp(1.0 - (x + excess) * excess, 0.0, 1.0);
}

} // namespace

OneSidedUpdate observeLate(const Normal& belief, double observed, double meanDelay)
{
    assert(belief.variance > 0.0 && meanDelay > 0.0);
    // Normal times exp((quantity - observed) / meanDelay) is a normal shifted up by variance / meanDelay; it is cut off
    // above `observed`. Written relative to the cut, where nothing cancels however wide the belief is.
    const double deviation = std::sqrt(belief.variance);
    const double distance = (observed - belief.mean) / deviation;
    const double shift = deviation / meanDelay;
    const double x = shift - distance; // from the cut up to the shifted mean, in deviations
    const double excess = hazardExcess(x);
    const double logMass = x < tail
                               ? shift * (0.5 * shift - distance) + std::log(0.5 * std::erfc(x / std::numbers::sqrt2))
                               : -0.5 * distance * distance - logRootTwoPi - std::log(x + excess);
    return {
        .belief = {.mean = observed - deviation * excess, .variance = belief.variance * shareKept(x, excess)},
        .logLikelihood = logMass - std::log(meanDelay),
    };
}

} // namespace foliot::sync
