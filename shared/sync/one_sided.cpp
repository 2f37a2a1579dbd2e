// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/one_sided.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <cmath>
#include <numbers>
#include <utility>

namespace foliot::sync {

namespace {

constexpr double logRootTwoPi = 0.91893853320467274178; // log(2 pi) / 2
constexpr double tail = 5.0;
constexpr double outOfSight = -30.0;
constexpr int nearlyNormal = 8;
constexpr double firstDeviations = 1.15; // before the mean: one packet in ten or so

// How many terms of a continued fraction in x, about x at its beginning, matter to 13 digits.
int termsThatMatter(double x)
{
    return x < 8.0 ? 24 : x < 20.0 ? 12 : 8;
}

// The hazard h(x) of the standard normal distribution, density over upper tail, as its excess over x: h(x) - x, and the
// logarithm of the upper tail. The excess falls like 1/x, so taking the difference would lose it: far out by Laplace's
// continued fraction 1/(x + 2/(x + 3/(x + ...))).
struct UpperTail {
    double excess = 0.0;
    double logMass = 0.0;
};

UpperTail upperTail(double x)
{
    if (x < tail) {
        const double mass = 0.5 * std::erfc(x / std::numbers::sqrt2);
        return {.excess = std::exp(-0.5 * x * x - logRootTwoPi) / mass - x, .logMass = std::log(mass)};
    }
    // As a quotient, so that there is one division at the end and none for each term.
    double above = x;
    double below = 1.0;
    for (int k = termsThatMatter(x); k >= 2; --k)
        below = std::exchange(above, x * above + k * below);
    const double excess = below / above;
    return {.excess = excess, .logMass = -0.5 * x * x - logRootTwoPi - std::log(x + excess)};
}

// The logarithm of a product that may leave the range of numbers, with few calls of the logarithm.
class LogProduct {
public:
    void multiply(double factor)
    {
        m_product *= factor;
        if (m_product > 1e-200 && m_product < 1e200)
            return;
        m_logarithm += std::log(m_product);
        m_product = 1.0;
    }
    double logarithm() const { return m_logarithm + std::log(m_product); }

private:
    double m_logarithm = 0.0;
    double m_product = 1.0;
};

// A normal law of deviation 1 about -x, cut off below 0. Its moments M(n) = E[e^n] obey
// M(n) = -x M(n - 1) + (n - 1) M(n - 2), so their ratios r(n) = M(n) / M(n - 1) obey r(n) = -x + (n - 1) / r(n - 1).
struct Ratios {
    double at = 0.0;         // r(shape)
    double next = 0.0;       // r(shape + 1)
    double logProduct = 0.0; // of r(n) * unit / n for all n below shape
};

// Upward, which loses digits when x is large.
Ratios ratiosUpward(double x, double first, int shape, double unit)
{
    double ratio = first;
    LogProduct product;
    for (int n = 1; n < shape; ++n) {
        product.multiply(ratio * unit / n);
        ratio = -x + n / ratio;
    }
    return {.at = ratio, .next = -x + shape / ratio, .logProduct = product.logarithm()};
}

// Downward from where the ratio is as good as its asymptote, which gains digits.
Ratios ratiosDownward(double x, int shape, double unit)
{
    const int start = shape + termsThatMatter(x);
    double above = 0.5 * (std::sqrt(x * x + 4.0 * start) - x);
    double below = 1.0;
    for (int n = start - 1; n > shape; --n)
        above = n * std::exchange(below, above + x * below);
    Ratios ratios{.next = above / below};
    double ratio = ratios.at = shape / (ratios.next + x);
    LogProduct product;
    for (int n = shape - 1; n >= 1; --n) {
        ratio = n / (ratio + x);
        product.multiply(ratio * unit / n);
    }
    ratios.logProduct = product.logarithm();
    return ratios;
}

// 1 - h(x) (h(x) - x), the share of the variance that a cut leaves.
double shareKept(double x, double excess)
{
    if (x > 1e3)
        return (1.0 - 6.0 / (x * x)) / (x * x);
    return std::clamp(1.0 - (x + excess) * excess, 0.0, 1.0);
}

} // namespace

LatenessLaw latenessLaw(int shape, double scale)
{
    const double first = shape < nearlyNormal ? 0.0 : shape - firstDeviations * std::sqrt(shape);
    return {.shape = shape, .scale = scale, .logScale = std::log(scale), .start = -first * scale};
}

OneSidedUpdate observeLate(const Normal& belief, double seen, const LatenessLaw& law)
{
    assert(belief.variance > 0.0 && law.scale > 0.0 && law.shape >= 1 && law.shape <= LatenessLaw::mostShape);
    const double observed = seen - law.start;
    // Normal times exp((quantity - observed) / scale) is a normal shifted up by variance / scale; it is cut off above
    // `observed`, and weighed with a power of the distance from there. Written relative to the cut, where nothing cancels
    // however wide the belief is.
    const double deviation = std::sqrt(belief.variance);
    const double distance = (observed - belief.mean) / deviation;
    const double shift = deviation / law.scale;
    const double x = shift - distance; // from the cut up to the shifted mean, in deviations
    const int power = law.shape - 1;
    if (x < outOfSight && power > 0) { // Laplace's method: the power bends the normal a little
        const double lateness = 0.5 * (std::sqrt(x * x + 4.0 * power) - x);
        const double kept = 1.0 / (1.0 + power / (lateness * lateness));
        const double off = lateness + x;
        return {.belief = {.mean = observed - deviation * lateness, .variance = belief.variance * kept},
            .logLikelihood = shift * (0.5 * shift - distance) - 0.5 * off * off + power * std::log(shift * lateness) +
                             0.5 * std::log(kept) - std::lgamma(law.shape) - law.logScale};
    }
    const UpperTail upper = upperTail(x);
    const double logMass = x < tail ? shift * (0.5 * shift - distance) + upper.logMass
                                    : -0.5 * distance * distance - logRootTwoPi - std::log(x + upper.excess);
    if (power == 0)
        return {.belief = {.mean = observed - deviation * upper.excess,
                    .variance = belief.variance * shareKept(x, upper.excess)},
            .logLikelihood = logMass - law.logScale};
    const Ratios ratios =
        x < 3.0 ? ratiosUpward(x, upper.excess, law.shape, shift) : ratiosDownward(x, law.shape, shift);
    const double kept = std::clamp(ratios.at * (ratios.next - ratios.at), 0.0, 1.0);
    return {.belief = {.mean = observed - deviation * ratios.at, .variance = belief.variance * kept},
        .logLikelihood = logMass + ratios.logProduct - law.logScale};
}

} // namespace foliot::sync
