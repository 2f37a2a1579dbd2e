// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/transmit_forecast.h"

#include <algorithm>
#include <utility>

namespace foliot::daemon {

namespace {

constexpr int learningCalls = 32;
constexpr int callsForSample = 32;
constexpr Nanoseconds seldom = std::chrono::milliseconds(100);
// A reply that says it left after it did arrives, for a client on the same machine, before it left. So the forecast goes down
// faster than up, which leaves it a little below the middle of what happens.
constexpr double gainUp = 1.0 / 10;
constexpr double gainDown = 1.0 / 4;
// However far a sample is off: a lost processor makes it absurd, and on a busy machine many do.
constexpr double largestStep = 100.0;      // ns,
constexpr double largestPart = 3.0 / 40.0; // and this part of the estimate
constexpr double whenLearnt = 1.0 / 8; // of that: late replies are later than early ones are early, and count no more
// The first samples of the reply at place 0 are averaged, beginning with the lowest of a few: one may be absurdly late.
constexpr int firstSamples = 16;
constexpr int lowestOf = 4;
constexpr double largestPartAtFirst = 0.5; // of the estimate, is what a sample can be off and count

constexpr Nanoseconds rest = std::chrono::milliseconds(1); // between the batches of a busy server no longer passes
constexpr double slow = 1.5; // a call usually takes 0.8 times until the reply after its last would leave
constexpr double slowest = 8.0;

double towards(double estimate, double sample, bool isLearning)
{
    const double step = (sample > estimate ? gainUp : gainDown) * (sample - estimate);
    const double most = (isLearning ? 1.0 : whenLearnt) * (largestStep + largestPart * estimate);
    return std::max(estimate + std::clamp(step, -most, most), 0.0);
}

// The mean of the first samples, so that a server that is asked once a second is right within seconds, too.
double settled(double estimate, double sample, int samples)
{
    const double most = largestPartAtFirst * estimate;
    return estimate + std::clamp(sample - estimate, -most, most) / samples;
}

} // namespace

void TransmitForecast::begin(RawTime now)
{
    if (now - std::exchange(m_begunAt, now) < rest)
        return;
    m_sinceRest = 0;
    m_lastRatio = 0.0;
    m_slowness = 1.0;
}

std::optional<std::size_t> TransmitForecast::sample(std::size_t count, RawTime now)
{
    const bool isSeldom = now - std::exchange(m_calledAt, now) >= seldom;
    if (m_learning < learningCalls)
        ++m_learning;
    else if (++m_unasked < callsForSample && !isSeldom)
        return std::nullopt;
    m_unasked = 0;
    m_asksLast = !m_asksLast;
    return m_asksLast ? count - 1 : 0;
}

Nanoseconds TransmitForecast::until(std::size_t place) const
{
    return Nanoseconds(static_cast<std::int64_t>(m_slowness * (m_first + m_each * static_cast<double>(place))));
}

// One slow call may be an interrupt; two are not.
void TransmitForecast::called(std::size_t count, std::optional<Nanoseconds> took)
{
    m_sinceRest += count;
    if (!took || m_learning < learningCalls)
        return;
    const double ratio = static_cast<double>(took->count()) / (m_first + m_each * static_cast<double>(count));
    const double both = std::min(ratio, std::exchange(m_lastRatio, ratio));
    m_slowness = both > slow ? std::min(both, slowest) : 1.0;
}

void TransmitForecast::learn(std::size_t place, Nanoseconds took)
{
    const auto sample = static_cast<double>(took.count());
    const bool isLearning = m_learning < learningCalls;
    if (place == 0 && m_firsts < firstSamples)
        learnFirst(sample);
    else if (place == 0)
        m_first = towards(m_first, sample, isLearning);
    else if (m_firsts >= lowestOf)
        m_each = towards(m_each, (sample - m_first) / static_cast<double>(place), isLearning);
}

void TransmitForecast::learnFirst(double sample)
{
    ++m_firsts;
    m_lowest = m_firsts == 1 ? sample : std::min(m_lowest, sample);
    if (m_firsts == lowestOf)
        m_first = m_lowest;
    else if (m_firsts > lowestOf)
        m_first = settled(m_first, sample, m_firsts);
}

} // namespace foliot::daemon
