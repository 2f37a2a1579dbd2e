// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/sealing_forecast.h"

#include <algorithm>
#include <bit>

namespace foliot::daemon {

namespace {

// The same work takes several times as long when the caches are cold. A reply that says it left later than it did is of no use
// to a client that is near, so the forecast stays at the short times.
constexpr double gainUp = 1.0 / 128;
constexpr double gainDown = 1.0 / 2;
constexpr double surprise = 2.0;         // samples are taken for at most so many times what was expected
constexpr double smallSurprise = 2000.0; // ns, beside that

} // namespace

std::size_t SealingForecast::kindOf(std::size_t replies)
{
    return std::min(static_cast<std::size_t>(std::bit_width(replies)), kinds) - 1;
}

// Where nothing is learnt yet, as the quickest of the others.
double SealingForecast::each(std::size_t kind) const
{
    if (m_each[kind] > 0.0)
        return m_each[kind];
    double quickest = 0.0;
    for (const double other : m_each)
        quickest = other > 0.0 && (quickest == 0.0 || other < quickest) ? other : quickest;
    return quickest;
}

Nanoseconds SealingForecast::expected(std::size_t replies) const
{
    if (replies == 0)
        return {};
    return Nanoseconds(static_cast<std::int64_t>(each(kindOf(replies)) * static_cast<double>(replies)));
}

void SealingForecast::learn(std::size_t replies, Nanoseconds took)
{
    const std::size_t kind = kindOf(replies);
    const double before = each(kind);
    const double sample = static_cast<double>(took.count()) / static_cast<double>(replies);
    const double believed = std::clamp(sample, 0.0, surprise * before + smallSurprise);
    m_each[kind] = before + (believed > before ? gainUp : gainDown) * (believed - before);
}

} // namespace foliot::daemon
