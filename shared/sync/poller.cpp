// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/poller.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cmath>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

// Between the quick queries. At a start four for the offset, then wider and wider for the frequency: twice the time tells
// it three times better.
constexpr std::array<Nanoseconds, 6> startBurst{2s, 2s, 2s, 8s, 16s, 32s};
constexpr std::array<Nanoseconds, 3> returnBurst{2s, 2s, 2s};
constexpr Nanoseconds leastSpacing = 2s;
constexpr int mostHurried = 4; // queries that hurrying may bring forward in a row
// A program that has just started reads its clocks and its sockets slowly, and the first query counts most.
constexpr Nanoseconds startPause = 100ms;
constexpr Nanoseconds startSpread = 100ms;
constexpr int patience = 8;       // silent queries until the reach register is empty; then asked less often
constexpr int firstPatience = 4;  // the same for a source that never answered
constexpr int answersToEase = 32; // regular answers before a RATE is half forgotten

// A number from 0 to 1 that differs between sources, queries and phases, and is else the same in each run: keeps the queries
// of several sources, and of many machines that start together with the same configuration, from falling into step.
double spread(SourceId source, std::uint64_t query, std::uint64_t phase)
{
    std::uint64_t x = ((std::uint64_t{source.value} << 32) + query) ^ phase;
    x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9U;
    x = (x ^ (x >> 27)) * 0x94d049bb133111ebU;
    x ^= x >> 31;
    return std::ldexp(static_cast<double>(x >> 11), -53);
}

Nanoseconds scaled(Nanoseconds interval, double factor)
{
    return Nanoseconds(std::llround(static_cast<double>(interval.count()) * factor));
}

} // namespace

Poller::Poller(SourceId source, const SourceOptions& options, RawTime start)
    : m_source(source)
    , m_options(options)
{
    restart(start);
}

std::optional<RawTime> Poller::nextQuery() const
{
    return m_next;
}

void Poller::asked(RawTime now)
{
    if (m_pace != Pace::Quick)
        m_paidUntil = std::max(m_paidUntil, now) + std::chrono::duration_cast<Nanoseconds>(shortest());
    m_next.reset();
    m_askedAt = now;
    m_reach = static_cast<std::uint8_t>(m_reach << 1);
    ++m_queries;
}

void Poller::answered(Seconds wanted)
{
    // Back after a silence: a few quick answers tell where the server's time is now.
    if (m_reach == 0 && m_options.burst && m_quick.empty() && !m_isReturning)
        m_quick = returnBurst;
    m_isReturning = false;
    m_reach |= 1;
    m_silent = 0;
    m_everAnswered = true;
    if (m_floor > shortest() && m_quick.empty() && ++m_answersUntilEased >= answersToEase) {
        m_floor = std::max(m_floor / 2.0, shortest());
        m_answersUntilEased = 0;
    }
    m_interval = std::clamp(wanted, m_floor, longest());
    ended();
}

bool Poller::unanswered()
{
    ++m_silent;
    if (m_silent > patience)
        m_interval = std::clamp(m_interval * 2.0, m_floor, longest());
    ended();
    return m_silent == (m_everAnswered ? patience : firstPatience);
}

void Poller::toldToSlowDown()
{
    m_quick = {};
    m_answersUntilEased = 0;
    m_interval = std::min(m_interval * 2.0, longest());
    m_floor = std::max(m_floor, m_interval);
    ended();
}

void Poller::refused()
{
    m_stopped = true;
    m_next.reset();
    m_quick = {};
    m_reach = 0;
}

void Poller::hurry(RawTime now)
{
    if (!m_next)
        return;
    const RawTime wanted = std::max(now, m_queries == 0 ? m_pausedUntil : soonest());
    if (wanted >= *m_next)
        return;
    m_next = wanted;
    m_pace = Pace::Hurried;
}

void Poller::pause(RawTime until)
{
    m_quick = {};
    m_isReturning = true;
    m_pausedUntil = until;
    m_next = until + scaled(startSpread, spread(m_source, 0, m_options.phase));
}

RawTime Poller::soonest() const
{
    if (m_floor > shortest())
        return m_askedAt + std::chrono::duration_cast<Nanoseconds>(m_floor);
    const auto credit = std::chrono::duration_cast<Nanoseconds>(shortest()) * (mostHurried - 1);
    return std::max(m_askedAt + leastSpacing, m_paidUntil - credit);
}

void Poller::restart(RawTime now)
{
    m_stopped = false;
    m_reach = 0;
    m_silent = 0;
    m_everAnswered = false;
    m_isReturning = false;
    m_interval = shortest();
    m_floor = shortest();
    m_answersUntilEased = 0;
    m_quick = m_options.burst ? std::span<const Nanoseconds>(startBurst) : std::span<const Nanoseconds>();
    m_hasPhase = false;
    m_pace = Pace::Regular;
    m_paidUntil = {};
    m_next = now + startPause + scaled(startSpread, spread(m_source, 0, m_options.phase));
}

void Poller::ended()
{
    if (m_stopped)
        return;
    const Nanoseconds regular = regularInterval();
    if (!m_quick.empty() && m_quick.front() < regular) {
        m_pace = Pace::Quick;
        m_next = m_askedAt + m_quick.front();
        m_quick = m_quick.subspan(1);
        return;
    }
    m_quick = {};
    m_hasPhase = true;
    m_pace = Pace::Regular;
    m_next = m_askedAt + regular;
}

int Poller::exponent() const
{
    return static_cast<int>(std::lround(std::log2(m_interval.count())));
}

Seconds Poller::shortest() const
{
    return Seconds(std::ldexp(1.0, m_options.minPoll));
}

Seconds Poller::longest() const
{
    return std::max(m_floor, Seconds(std::ldexp(1.0, m_options.maxPoll)));
}

Nanoseconds Poller::regularInterval() const
{
    const auto interval = std::chrono::duration_cast<Nanoseconds>(m_interval);
    // The first regular interval sets the phase; the later ones vary about their mean.
    const double place = spread(m_source, m_queries, m_options.phase);
    return scaled(interval, m_hasPhase ? 1.0 + (place - 0.5) / 16.0 : 0.5 + place / 2.0);
}

} // namespace foliot::sync
