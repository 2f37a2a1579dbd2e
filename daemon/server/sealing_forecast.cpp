// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/sealing_forecast.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

// The same work takes several times as long when the caches are cold. A reply that says it left later than it did is of no use
// to a client that is near, so the forecast stays at the short times.
constexpr double gainUp = 1.0 / 128;
constexpr double gainDown = 1.0 / 2;
constexpr double surprise = 2.0;         // samples are taken for at most so many times what was expected
constexpr double smallSurprise = 2000.0; // ns, beside that

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
