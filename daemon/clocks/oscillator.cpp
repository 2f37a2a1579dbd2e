// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/oscillator.h"

#include "clock/bounds.h"

#include <chrono>

using namespace std::chrono_literals;

namespace foliot::daemon {

namespace {

// What the oscillator gains on a clock that is slewed back as fast as can be, of the clock's time: more than forward.
constexpr double mostApart = clock::fastestSlew / (1.0 - clock::fastestSlew);
// Between two clocks of one reading.
constexpr Nanoseconds longestInterruption = 50ms;

} // namespace

bool Oscillator::rawGoes(const MachineReading& reading) const
{
    const Nanoseconds elapsed = reading.monotonic - m_first->monotonic;
    const Nanoseconds apart = reading.now.raw - m_first->now.raw - elapsed;
    return std::chrono::abs(apart) <=
           longestInterruption + std::chrono::duration_cast<Nanoseconds>(Seconds(elapsed) * mostApart);
}

// Sleep makes boot time gain on monotonic time; nothing makes it lose.
bool Oscillator::bootGoes(const MachineReading& reading) const
{
    const Nanoseconds elapsed = reading.monotonic - m_first->monotonic;
    return reading.now.boot - m_first->now.boot >= elapsed - longestInterruption;
}

bool Oscillator::accepts(const MachineReading& reading) const
{
    return !m_first || ((!m_rawGoes || rawGoes(reading)) && (!m_bootGoes || bootGoes(reading)));
}

Now Oscillator::place(const MachineReading& reading, double ratePpm)
{
    Now now = reading.now;
    if (!m_first) {
        m_first = reading;
        m_last = {.raw = now.raw, .monotonic = reading.monotonic};
        m_lastBoot = now.boot;
    }
    if (m_rawGoes && !rawGoes(reading)) {
        m_rawGoes = false;
        m_segment = m_last;
        m_segmentPpm = ratePpm;
    }
    if (!m_rawGoes) {
        if (ratePpm != m_segmentPpm) {
            m_segment = m_last;
            m_segmentPpm = ratePpm;
        }
        const Nanoseconds elapsed = reading.monotonic - m_segment.monotonic;
        const double rate = m_segmentPpm * 1e-6;
        now.raw = m_segment.raw + elapsed - std::chrono::round<Nanoseconds>(Seconds(elapsed) * (rate / (1.0 + rate)));
    }
    m_bootGoes = m_bootGoes && bootGoes(reading);
    if (!m_bootGoes)
        now.boot = m_lastBoot + (reading.monotonic - m_last.monotonic);
    m_last = {.raw = now.raw, .monotonic = reading.monotonic};
    m_lastBoot = now.boot;
    return now;
}

} // namespace foliot::daemon
