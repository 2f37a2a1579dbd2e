// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/mean_excess.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr double longestMemory = 64.0; // packets
constexpr double least = 1e-7;         // seconds; stamps are no better
// A packet's lateness counts as at most and at least so many means, in logarithms.
constexpr double latest = 1.5;
constexpr double soonest = -4.0;
// The mean of an exponential's logarithm (minus Euler's constant), cut so.
constexpr double meanLogarithm = -0.5611;

} // namespace

void MeanExcess::add(double excess)
{
    // In logarithms a start that is wrong by a factor of a thousand is forgotten in a few packets.
    m_weight = std::min(m_weight + 1.0, longestMemory);
    const double logarithm = excess > 0.0 ? std::log(excess / m_mean) : soonest;
    m_mean *= std::exp((std::clamp(logarithm, soonest, latest) - meanLogarithm) / m_weight);
    m_mean = std::max(m_mean, least);
}

} // namespace foliot::sync
