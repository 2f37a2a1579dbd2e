// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_map.h"

#include "clock/bounds.h"

#include <algorithm>
#include <chrono>

using namespace std::chrono_literals;

namespace foliot::daemon {

namespace {

// Two readings disagree by their widths and by scheduling between them; a step below this passes as noise and shows up as
// an error of that size.
constexpr Nanoseconds readingNoise = 20us;

// Over a longer time the line between two readings may hide a change of rate; then only the near end of it counts.
constexpr Nanoseconds longLine = 1s;

// Readings closer than this tell no more than one of them; a busy server would fill the memory with its last moment.
constexpr Nanoseconds spacing = 10ms;

// Stamps are asked for a moment after they were taken.
constexpr Nanoseconds oldestStamp = 5s;

// The oscillator's time for a time on the clock, which runs faster by the rate.
Nanoseconds onOscillator(Nanoseconds onClock, double ratePpm)
{
    const double rate = ratePpm * 1e-6;
    return onClock - std::chrono::duration_cast<Nanoseconds>(Seconds(onClock) * (rate / (1.0 + rate)));
}

} // namespace

const MachineMap::Point& MachineMap::newest(std::size_t age) const
{
    return m_points.at((m_next + m_points.size() - 1 - age) % m_points.size());
}

void MachineMap::add(const Now& reading, double ratePpm)
{
    Point point{.raw = reading.raw, .real = reading.real, .ratePpm = ratePpm};
    if (m_count > 0) {
        const auto& last = newest(0);
        const auto elapsed = point.raw - last.raw;
        const Seconds allowed = Seconds(elapsed) * clock::fastestSlew + Seconds(readingNoise);
        const Seconds moved = Seconds(point.real - last.real - elapsed);
        point.steppedBefore = moved > allowed || moved < -allowed;
        // On a coarse oscillator a step may take no time; nothing else does.
        if (elapsed < 0ns || (elapsed == 0ns && !point.steppedBefore))
            return;
    }
    const auto isNeedless = [&](const Point& last, const Point& before) {
        return point.raw - before.raw < spacing && !point.steppedBefore && !last.steppedBefore &&
               last.ratePpm == point.ratePpm && before.ratePpm == last.ratePpm;
    };
    if (m_count > 1 && isNeedless(newest(0), newest(1)))
        m_next = (m_next + m_points.size() - 1) % m_points.size();
    else
        m_count = std::min(m_count + 1, m_points.size());
    m_points.at(m_next) = point;
    m_next = (m_next + 1) % m_points.size();
}

// True when the clock showed the stamp's time before a step back too, not long ago.
bool MachineMap::wasAlsoBefore(RealTime stamp, std::size_t age) const
{
    for (; age + 1 < m_count && newest(0).raw - newest(age).raw <= oldestStamp; ++age) {
        const auto& after = newest(age);
        const auto& before = newest(age + 1);
        // When within the line the step came cannot be told.
        const auto latest = before.real + (after.raw - before.raw);
        if (after.steppedBefore && stamp <= latest)
            return true;
    }
    return false;
}

std::optional<RawTime> MachineMap::rawAt(RealTime stamp) const
{
    for (std::size_t age = 0; age + 1 < m_count; ++age) {
        const auto& after = newest(age);
        const auto& before = newest(age + 1);
        if (age == 0 && stamp > after.real)
            return std::nullopt;
        if (after.steppedBefore)
            return std::nullopt;
        if (stamp < before.real)
            continue;
        if (wasAlsoBefore(stamp, age + 1))
            return std::nullopt;
        const auto onClock = after.real - before.real;
        if (onClock <= 0ns)
            return std::nullopt;
        const auto elapsed = after.raw - before.raw;
        if (elapsed > longLine) {
            const bool isNearAfter = after.real - stamp < stamp - before.real;
            return isNearAfter ? after.raw - onOscillator(after.real - stamp, after.ratePpm)
                               : before.raw + onOscillator(stamp - before.real, before.ratePpm);
        }
        const double share = Seconds(stamp - before.real) / Seconds(onClock);
        return before.raw + std::chrono::duration_cast<Nanoseconds>(Seconds(elapsed) * share);
    }
    return std::nullopt;
}

} // namespace foliot::daemon
