// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/network.h"

#include <cmath>

namespace foliot::simulation {

double jitterAt(const PathSpec& path, double trueTime)
{
    const Congestion& congestion = path.congestion;
    const bool congested =
        congestion.period > 0.0 && std::fmod(trueTime, congestion.period) < congestion.share * congestion.period;
    return congested ? congestion.jitter : path.jitter;
}

Path::Path(const PathSpec& spec, std::uint64_t seed, std::uint64_t stream)
    : m_spec(spec)
    , m_random(seed, stream)
{}

std::optional<double> Path::delay(double trueTime)
{
    if (m_spec.loss > 0.0 && m_random.uniform() <= m_spec.loss)
        return std::nullopt;
    double sum = 0.0;
    for (int i = 0; i < m_spec.exponentials; ++i)
        sum += m_random.exponential();
    double delay = m_spec.base + jitterAt(m_spec, trueTime) * sum;
    if (m_spec.spikeChance > 0.0 && m_random.uniform() <= m_spec.spikeChance)
        delay += m_spec.spikeSize * m_random.exponential();
    return delay > 0.0 ? std::optional(delay) : std::nullopt;
}

} // namespace foliot::simulation
