// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/lateness_belief.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr double leastScale = 5e-8;     // seconds; stamps are no better
constexpr double jumpChance = 0.02;     // that the regime becomes any of those seen, between two packets
constexpr double driftChance = 0.01;    // that it becomes the next scale, up or down
constexpr double spikeShare = 0.05;     // packets that are not of the regime
constexpr double longestMemory = 200.0; // packets
constexpr double firstWeight = 4.0;     // packets
constexpr double leastShare = 1e-6;     // nothing is impossible

void normalize(LatenessBelief::Shares& shares)
{
    double total = 0.0;
    for (const double share : shares)
        total += share;
    for (double& share : shares)
        share /= total;
}

} // namespace

LatenessBelief::LatenessBelief(int shape, double typical)
    : m_packets(firstWeight)
{
    for (std::size_t i = 0; i < size; ++i) {
        m_laws[i] = latenessLaw(shape, std::ldexp(leastScale, static_cast<int>(i)));
        m_seen[i] = std::exp2(-std::abs(std::log2(m_laws[i].scale / typical))) + leastShare;
    }
    normalize(m_seen);
    m_regime = m_seen;
    mix();
}

void LatenessBelief::advance()
{
    const Shares before = m_regime;
    for (std::size_t i = 0; i < size; ++i) {
        const double below = before[i > 0 ? i - 1 : i];
        const double above = before[i + 1 < size ? i + 1 : i];
        const double drifted = before[i] * (1.0 - 2.0 * driftChance) + (below + above) * driftChance;
        m_regime[i] = (1.0 - jumpChance) * drifted + jumpChance * m_seen[i];
    }
    mix();
}

void LatenessBelief::learn(const Shares& likelihoods)
{
    double asSpike = 0.0;
    double inAll = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
        asSpike += m_seen[i] * likelihoods[i];
        inAll += m_shares[i] * likelihoods[i];
    }
    if (!(inAll > 0.0))
        return;
    m_packets = std::min(m_packets + 1.0, longestMemory);
    for (std::size_t i = 0; i < size; ++i) {
        const double responsible = m_shares[i] * likelihoods[i] / inAll;
        m_seen[i] = std::max(leastShare, m_seen[i] + (responsible - m_seen[i]) / m_packets);
        m_regime[i] *= (1.0 - spikeShare) * likelihoods[i] + spikeShare * asSpike;
    }
    normalize(m_seen);
    normalize(m_regime);
    mix();
}

double LatenessBelief::mean() const
{
    double mean = 0.0;
    for (std::size_t i = 0; i < size; ++i)
        mean += m_shares[i] * m_laws[i].scale;
    return mean;
}

double LatenessBelief::usual() const
{
    std::size_t i = 0;
    for (double share = m_seen[0]; share < 0.5 && i + 1 < size; share += m_seen[i])
        ++i;
    return m_laws[i].scale;
}

void LatenessBelief::mix()
{
    for (std::size_t i = 0; i < size; ++i)
        m_shares[i] = (1.0 - spikeShare) * m_regime[i] + spikeShare * m_seen[i];
}

} // namespace foliot::sync
