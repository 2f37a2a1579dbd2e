// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_map.h"

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

} // namespace

const MachineMap::Point& MachineMap::newest(std::size_t age) const
{
    return m_points.at((m_next + m_points.size() - 1 - age) % m_points.size());
}

void MachineMap::add(const Now& reading, double fastestPpm)
{
    Point point{.raw = reading.raw, .real = reading.real};
    if (m_count > 0) {
        const auto& last = newest(0);
        const auto onOscillator = point.raw - last.raw;
        const auto onClock = point.real - last.real;
        if (onOscillator <= 0ns)
            return;
        const Seconds allowed = Seconds(onOscillator) * (fastestPpm * 1e-6) + Seconds(readingNoise);
        const Seconds moved = Seconds(onClock - onOscillator);
        point.steppedBefore = moved > allowed || moved < -allowed;
    }
    m_points.at(m_next) = point;
    m_next = (m_next + 1) % m_points.size();
    m_count = std::min(m_count + 1, m_points.size());
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
        const auto onClock = after.real - before.real;
        const auto onOscillator = after.raw - before.raw;
        if (onClock <= 0ns)
            return std::nullopt;
        if (onOscillator > longLine) {
            // A change of rate in between is no business of the near end.
            const bool nearAfter = after.real - stamp < stamp - before.real;
            return nearAfter ? after.raw - (after.real - stamp) : before.raw + (stamp - before.real);
        }
        const double share = Seconds(stamp - before.real) / Seconds(onClock);
        return before.raw + std::chrono::duration_cast<Nanoseconds>(Seconds(onOscillator) * share);
    }
    return std::nullopt;
}

} // namespace foliot::daemon
