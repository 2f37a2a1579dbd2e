// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/clock_observer.h"

#include "sync/discipline.h"

#include <algorithm>
#include <chrono>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds leastJump = 1ms; // smaller ones are the readings' own width, and are corrected unannounced
constexpr Nanoseconds leastSleep = 500ms;
constexpr double mostBaseRate = 6e-4;  // 500 ppm and a little
constexpr double mostExtraRate = 0.11; // 100 000 ppm and a little
constexpr Nanoseconds longestExtra = SlewLimits{}.extraFor;

Nanoseconds scaled(Nanoseconds duration, double factor)
{
    return std::chrono::duration_cast<Nanoseconds>(Seconds(duration) * factor);
}

Nanoseconds realMinusBoot(const Now& now)
{
    return now.real.time_since_epoch() - now.boot.time_since_epoch();
}

Nanoseconds bootMinusRaw(const Now& now)
{
    return now.boot.time_since_epoch() - now.raw.time_since_epoch();
}

} // namespace

ClockObserver::ClockObserver(const Now& start)
    : m_realMinusBoot(realMinusBoot(start))
    , m_bootMinusRaw(bootMinusRaw(start))
    , m_observedAt(start.raw)
    , m_fastUntil(start.raw + longestExtra)
{}

ClockObserver::Events ClockObserver::observe(const Now& now, Nanoseconds leap)
{
    Events events;
    // Boot time is slewed with the clock and includes sleep, so only steps move the clock against it.
    const Nanoseconds jump = realMinusBoot(now) - m_realMinusBoot;
    if (!m_stepPending && std::chrono::abs(jump) > leastJump) {
        const bool isLeap = leap != Nanoseconds{} && std::chrono::abs(jump - leap) <= leastJump;
        events.setByOthers = isLeap ? Nanoseconds{} : jump;
        m_realMinusBoot += jump;
    }
    const Nanoseconds gain = bootMinusRaw(now) - m_bootMinusRaw;
    const Nanoseconds fast = std::clamp(m_fastUntil - m_observedAt, Nanoseconds{}, longestExtra);
    const Nanoseconds explained = scaled(now.raw - m_observedAt, mostBaseRate) + scaled(fast, mostExtraRate);
    if (gain > leastSleep + explained)
        events.slept = gain;
    m_bootMinusRaw += gain;
    m_observedAt = now.raw;
    return events;
}

void ClockObserver::commanded(const ClockCommand& command)
{
    m_commanded = command;
    if (command.extraRatePpm != 0.0)
        m_fastUntil = std::max(m_fastUntil, m_observedAt + longestExtra);
}

void ClockObserver::stepCommanded()
{
    m_stepPending = true;
}

void ClockObserver::reported(const ClockReport& report)
{
    if (m_stepPending) {
        m_realMinusBoot += report.stepped;
        m_stepPending = false;
    }
    m_baseFrequencyPpm = report.baseFrequencyPpm;
    m_extraRatePpm = report.extraRatePpm;
    m_extraUntil = report.extraRatePpm != 0.0 ? endOfExtra(m_commanded, report.after.raw) : report.after.raw;
    m_fastUntil = std::max(m_extraUntil + 1s, m_observedAt);
}

} // namespace foliot::sync
