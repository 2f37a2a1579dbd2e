// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/mean_excess.h"

#include <algorithm>

namespace foliot::sync {

namespace {

constexpr double longestMemory = 64.0;           // packets
constexpr double cut = 4.0;                      // a packet counts as at most so many means
constexpr double meanOfCut = 0.9816843611112658; // 1 - exp(-4): what is left of an exponential's mean
constexpr double least = 1e-7;                   // seconds; stamps are no better

} // namespace

void MeanExcess::add(double excess)
{
    m_weight = std::min(m_weight + 1.0, longestMemory);
    m_mean += (std::clamp(excess, 0.0, cut * m_mean) - meanOfCut * m_mean) / m_weight;
    m_mean = std::max(m_mean, least);
}

} // namespace foliot::sync
