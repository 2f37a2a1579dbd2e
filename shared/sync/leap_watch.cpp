// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/leap_watch.h"

#include <algorithm>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds near = 2s; // packets take no longer, and no server's clock is that wrong without being found out
constexpr Nanoseconds settle = 50ms; // the clock leaps as much later as it is behind
constexpr Nanoseconds longestSleep = 24h;

std::chrono::sys_days dayOf(RealTime utc)
{
    return std::chrono::sys_days(std::chrono::floor<std::chrono::days>(utc.time_since_epoch()));
}

bool mayEndWithLeapSecond(std::chrono::sys_days day)
{
    const std::chrono::year_month_day date = day;
    const bool isMonth = date.month() == std::chrono::June || date.month() == std::chrono::December;
    return isMonth && date == date.year() / date.month() / std::chrono::last;
}

Nanoseconds jumpOf(ntp::LeapIndicator leap)
{
    switch (leap) {
    case ntp::LeapIndicator::InsertSecond:
        return -1s;
    case ntp::LeapIndicator::DeleteSecond:
        return 1s;
    case ntp::LeapIndicator::None:
    case ntp::LeapIndicator::Unsynchronized:
        break;
    }
    return 0s;
}

} // namespace

void LeapWatch::hear(std::span<const ntp::LeapIndicator> announcements, bool isSmeared)
{
    m_isSmeared = isSmeared;
    m_announced = ntp::LeapIndicator::None;
    for (const ntp::LeapIndicator leap : {ntp::LeapIndicator::InsertSecond, ntp::LeapIndicator::DeleteSecond}) {
        if (std::ranges::count(announcements, leap) * 2 > std::ssize(announcements))
            m_announced = leap;
    }
}

Nanoseconds LeapWatch::observe(RawTime now, RealTime utc)
{
    m_now = now;
    m_utc = utc;
    // Later by more than a sleep it was not this one.
    const bool isPast = m_due != ntp::LeapIndicator::None && utc >= m_instant && utc - m_instant < longestSleep;
    if (!isPast) {
        await(now, utc);
        return 0s;
    }
    m_due = m_announced = ntp::LeapIndicator::None;
    m_lastDay = dayOf(m_instant - 1ns);
    m_at = now - (utc - m_instant);
    m_utc += m_jump;
    return m_jump;
}

ntp::LeapIndicator LeapWatch::decidedFor(std::chrono::sys_days day) const
{
    if (m_isSmeared)
        return ntp::LeapIndicator::None;
    if (m_announced != ntp::LeapIndicator::None && mayEndWithLeapSecond(day))
        return m_announced;
    return m_list.covers(day) ? m_list.atEndOf(day) : ntp::LeapIndicator::None;
}

void LeapWatch::await(RawTime now, RealTime utc)
{
    const std::chrono::sys_days day = dayOf(utc);
    const bool wasDue = m_due != ntp::LeapIndicator::None;
    m_due = m_lastDay != day ? decidedFor(day) : ntp::LeapIndicator::None;
    if (m_due == ntp::LeapIndicator::None) {
        if (wasDue)
            m_at.reset();
        return;
    }
    m_jump = jumpOf(m_due);
    // A second is inserted after the last one of the day, and the last one is what is left out.
    const RealTime midnight{(day + std::chrono::days(1)).time_since_epoch()};
    m_instant = midnight - std::max(m_jump, Nanoseconds{});
    m_at = now + (m_instant - utc);
}

std::optional<LeapMoment> LeapWatch::moment() const
{
    if (m_isSmeared)
        return std::nullopt;
    if (m_at)
        return LeapMoment{.leap = m_jump < 0s ? ntp::LeapIndicator::InsertSecond : ntp::LeapIndicator::DeleteSecond,
            .midnight = m_instant + std::max(m_jump, Nanoseconds{}),
            .at = *m_at,
            .isPast = m_due == ntp::LeapIndicator::None};
    const std::chrono::sys_days today = dayOf(m_utc);
    const ntp::LeapIndicator last = m_list.atEndOf(today - std::chrono::days(1));
    if (last == ntp::LeapIndicator::None)
        return std::nullopt;
    const RealTime midnight{today.time_since_epoch()};
    return LeapMoment{.leap = last, .midnight = midnight, .at = m_now - (m_utc - midnight), .isPast = true};
}

RawTime LeapWatch::afterwards(RawTime when) const
{
    const bool isClose = m_at && when > *m_at - near && when < *m_at + near;
    return isClose ? *m_at + near : when;
}

Nanoseconds LeapWatch::leaptSince(RawTime when) const
{
    return m_at && m_due == ntp::LeapIndicator::None && when < *m_at ? m_jump : Nanoseconds{};
}

std::optional<RawTime> LeapWatch::nextWakeup(RawTime now) const
{
    if (m_due != ntp::LeapIndicator::None)
        return *m_at + settle;
    return isNear(now) ? std::optional(afterwards(now)) : std::nullopt;
}

} // namespace foliot::sync
