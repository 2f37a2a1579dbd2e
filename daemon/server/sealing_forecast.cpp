// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/sealing_forecast.h"

#include <algorithm>
#include <bit>
#include <span>

namespace foliot::daemon {

namespace {

// The same work takes several times as long when the caches are cold. A reply that says it left later than it did is of no use
// to a client that is near, so the forecast stays at the short times.
constexpr std::uint8_t samplesAveraged =
    128; // upwards; fewer at first: a server that is asked once a second is right soon, too
constexpr double gainDown = 1.0 / 2;
constexpr double surprise = 2.0;         // samples are taken for at most so many times what was expected
constexpr double smallSurprise = 2000.0; // ns, beside that

} // namespace

std::size_t SealingForecast::kindOf(std::size_t replies)
{
    return std::min(static_cast<std::size_t>(std::bit_width(replies)), kinds) - 1;
}

// What is not learnt yet is as what is alike.
double SealingForecast::each(std::size_t kind) const
{
    const auto isLearnt = [](const Learnt& learnt) { return learnt.samples > 0; };
    const std::span more = std::span(m_learnt).subspan(kind);
    if (const auto found = std::ranges::find_if(more, isLearnt); found != more.end())
        return found->each;
    const auto fewer = std::ranges::find_last_if(std::span(m_learnt).first(kind), isLearnt);
    return fewer.empty() ? 0.0 : fewer.front().each;
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
    Learnt& learnt = m_learnt[kind];
    if (learnt.samples < samplesAveraged)
        ++learnt.samples;
    learnt.each = before + (believed > before ? 1.0 / learnt.samples : gainDown) * (believed - before);
}

} // namespace foliot::daemon
