// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/sealing_forecast.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

// As in TransmitForecast: better too early by a little than too late.
constexpr double gainUp = 1.0 / 12;
constexpr double gainDown = 1.0 / 4;
constexpr double surprise = 4.0;
constexpr double smallSurprise = 4000.0; // ns

} // namespace

Nanoseconds SealingForecast::expected(std::size_t replies) const
{
    return Nanoseconds(static_cast<std::int64_t>(m_each * static_cast<double>(replies)));
}

void SealingForecast::learn(std::size_t replies, Nanoseconds took)
{
    const double sample = static_cast<double>(took.count()) / static_cast<double>(replies);
    const double believed = std::clamp(sample, 0.0, surprise * m_each + smallSurprise);
    m_each += (believed > m_each ? gainUp : gainDown) * (believed - m_each);
}

} // namespace foliot::daemon
