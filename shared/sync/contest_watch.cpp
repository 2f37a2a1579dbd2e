// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/contest_watch.h"

#include <algorithm>
#include <chrono>

namespace foliot::sync {

namespace {

constexpr Nanoseconds remembered = std::chrono::hours(1);

} // namespace

bool ContestWatch::setByOthers(RawTime now)
{
    const bool wasContested = isContested(now);
    m_times.at(m_next) = now;
    m_next = (m_next + 1) % tooOften;
    m_count = std::min(m_count + 1, tooOften);
    const bool isTooOften = m_count == tooOften && now - m_times.at(m_next) < remembered; // the oldest of them
    if (wasContested || isTooOften)
        m_until = now + remembered;
    return isTooOften && !wasContested;
}

bool ContestWatch::isContested(RawTime now) const
{
    return now < m_until;
}

} // namespace foliot::sync
