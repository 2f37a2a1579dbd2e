// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/simulated_path.h"

namespace foliot::daemon {

SimulatedPath::SimulatedPath(const config::Simulation& settings)
    : m_settings(settings)
    , m_random(settings.seed)
{}

bool SimulatedPath::isPresent() const
{
    return m_settings.pathDelay.count() > 0 || m_settings.pathJitter.count() > 0 || m_settings.loss > 0;
}

bool SimulatedPath::losesRequest()
{
    return std::uniform_real_distribution<double>(0.0, 1.0)(m_random) < m_settings.loss;
}

Nanoseconds SimulatedPath::oneWayDelay()
{
    auto delay = m_settings.pathDelay;
    if (m_settings.pathJitter.count() > 0)
        delay += Seconds(std::exponential_distribution<double>(1.0 / m_settings.pathJitter.count())(m_random));
    return std::chrono::duration_cast<Nanoseconds>(delay);
}

} // namespace foliot::daemon
