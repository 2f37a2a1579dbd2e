// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/lookup_schedule.h"

#include <algorithm>
#include <chrono>

namespace foliot::daemon {

using namespace std::chrono_literals;

namespace {

constexpr std::chrono::seconds firstRetry = 2s;
constexpr std::chrono::seconds firstRefill = 64s;
constexpr std::chrono::seconds longestRetry = 1024s;
constexpr std::chrono::seconds retrySpacing = 64s; // between two times that the pauses begin anew

} // namespace

LookupSchedule::LookupSchedule()
{
    m_pause.setSingleShot(true);
    connect(&m_pause, &QTimer::timeout, this, &LookupSchedule::due);
}

void LookupSchedule::begun()
{
    m_isUnderWay = true;
    m_pause.stop();
}

void LookupSchedule::pause(bool hasAddress)
{
    const std::chrono::seconds first = hasAddress ? firstRefill : firstRetry;
    m_pause.start(std::min(first * (1 << std::min(m_failures, 9)), longestRetry));
    ++m_failures;
}

bool LookupSchedule::beginAnew(RawTime now)
{
    if (m_begunAnewAt && now - *m_begunAnewAt < retrySpacing)
        return false;
    m_begunAnewAt = now;
    m_failures = 0;
    return true;
}

} // namespace foliot::daemon
