// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/mixture_tail.h"

#include <algorithm>
#include <cmath>
#include <numbers>

namespace foliot::sync {

namespace {

constexpr double farthest = 40.0;    // deviations: nothing is beyond
constexpr double closeEnough = 1e-3; // of the bend
constexpr int mostSteps = 60;

double shareBeyond(std::span<const NormalPart> parts, double distance)
{
    double share = 0.0;
    for (const NormalPart& part : parts) {
        const double unit = std::numbers::sqrt2 * part.deviation;
        share +=
            part.share * 0.5 * (std::erfc((distance - part.mean) / unit) + std::erfc((distance + part.mean) / unit));
    }
    return share;
}

} // namespace

double reach(std::span<const NormalPart> parts, double outside)
{
    double variance = 0.0;
    double high = 0.0;
    for (const NormalPart& part : parts) {
        variance += part.share * (part.deviation * part.deviation + part.mean * part.mean);
        high = std::max(high, std::abs(part.mean) + farthest * part.deviation);
    }
    // The root of the tail's logarithm is nearly a straight line: the secant's rule, halving where it leaves the bracket.
    const auto bend = [](double share) { return std::sqrt(std::max(0.0, -2.0 * std::log(share + 1e-300))); };
    const double wanted = bend(outside);
    double low = 0.0;
    double before = 0.0;
    double bendBefore = 0.0;
    double distance = wanted * std::sqrt(variance);
    for (int i = 0; i < mostSteps; ++i) {
        const double found = bend(shareBeyond(parts, distance));
        if (std::abs(found - wanted) < closeEnough)
            break;
        (found < wanted ? low : high) = distance;
        const double next = distance + (wanted - found) * (distance - before) / (found - bendBefore);
        before = distance;
        bendBefore = found;
        distance = next > low && next < high ? next : (low + high) / 2.0;
    }
    return distance;
}

} // namespace foliot::sync
