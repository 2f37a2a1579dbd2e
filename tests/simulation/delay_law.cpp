// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/delay_law.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>

namespace foliot::simulation {

namespace {

constexpr double leastScale = 1e-9; // s; stands for no jitter at all

// A density that is a sum of weighted exponentials: weight / scale * exp(-x / scale). Weights may be negative.
struct Term {
    double weight = 0.0;
    double scale = 1.0;
};
using Density = std::array<Term, 2>;

Density densityOf(const PathSpec& path, double trueTime)
{
    const double jitter = std::max(jitterAt(path, trueTime), leastScale);
    if (path.spikeChance <= 0.0)
        return {{{.weight = 1.0, .scale = jitter}, {}}};
    // With a spike the delay is the sum of two exponentials.
    const double spike = path.spikeSize;
    const double share = path.spikeChance * spike / (spike - jitter);
    return {{{.weight = 1.0 - share, .scale = jitter}, {.weight = share, .scale = spike}}};
}

// Integrals over x from 0 to d of x^n exp(-x / a) exp(-(d - x) / b) for n = 0, 1, 2.
std::array<double, 3> moments(double d, double a, double b)
{
    const double c = 1.0 / a - 1.0 / b;
    const double z = c * d;
    if (std::abs(z) < 1e-3) {
        const double common = std::exp(-d / b);
        return {
            common * d * (1.0 - z / 2.0), common * d * d * (0.5 - z / 3.0), common * d * d * d * (1.0 / 3.0 - z / 4.0)};
    }
    const double atStart = std::exp(-d / b);
    const double atEnd = std::exp(-d / a);
    const double zeroth = (atStart - atEnd) / c;
    const double first = (zeroth - d * atEnd) / c;
    const double second = (2.0 * first - d * d * atEnd) / c;
    return {zeroth, first, second};
}

} // namespace

MidpointError midpointError(const PathSpec& there, const PathSpec& back, double excess, double trueTime)
{
    const double base = (there.base - back.base) / 2.0;
    const double d = std::max(excess, 0.0);
    if (there.exponentials > 1 || back.exponentials > 1) {
        assert(there.exponentials == back.exponentials && there.jitter == back.jitter);
        assert(there.spikeChance == 0.0 && back.spikeChance == 0.0);
        return {.mean = base, .variance = d * d / (4.0 * (2.0 * there.exponentials + 1.0))};
    }
    std::array<double, 3> sum{};
    for (const Term& t : densityOf(there, trueTime)) {
        for (const Term& b : densityOf(back, trueTime)) {
            const std::array<double, 3> part = moments(d, t.scale, b.scale);
            for (std::size_t n = 0; n < sum.size(); ++n)
                sum.at(n) += t.weight / t.scale * b.weight / b.scale * part.at(n);
        }
    }
    if (!(sum[0] > 0.0)) // so late that the densities vanish, or not late at all
        return {.mean = base, .variance = d * d / 12.0};
    const double mean = sum[1] / sum[0];
    const double variance = std::max(0.0, sum[2] / sum[0] - mean * mean);
    return {.mean = base + mean - d / 2.0, .variance = variance};
}

} // namespace foliot::simulation
