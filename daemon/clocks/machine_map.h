// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where a CLOCK_REALTIME stamp of the kernel's lies on the machine's oscillator. Remembers when both clocks were read and
// draws a line through the readings around the stamp. Fed by whoever reads the machine's clocks; pure.

#include "ntp/time.h"

#include <array>
#include <optional>

namespace foliot::daemon {

class MachineMap {
public:
    // The newest reading. ratePpm: how much faster than its oscillator the machine's clock runs just now, as far as we
    // set it ourselves; read before and after each change of it.
    void add(const Now& reading, double ratePpm = 0.0);

    // Empty without a reading at or after the stamp, for stamps older than the readings go back, and for stamps that a
    // step, ours or another's, has made ambiguous.
    std::optional<RawTime> rawAt(RealTime stamp) const;

private:
    struct Point {
        RawTime raw;
        RealTime real;
        double ratePpm = 0.0;
        bool steppedBefore = false; // between the point before and this one
    };
    const Point& newest(std::size_t age) const; // 0 is the newest
    bool wasAlsoBefore(RealTime stamp, std::size_t age) const;

    std::array<Point, 64> m_points{};
    std::size_t m_next = 0;
    std::size_t m_count = 0;
};

} // namespace foliot::daemon
