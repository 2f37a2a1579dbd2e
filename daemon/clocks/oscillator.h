// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The machine's oscillator: CLOCK_MONOTONIC_RAW, as long as it goes with CLOCK_MONOTONIC as far as slewing allows. Where it
// does not, because there is none or because it belongs to another world (a simulator that leaves it alone), monotonic
// time with our own slewing taken out again; what others slew is then taken for the oscillator's own doing. Boot time is
// watched in the same way. Fed with each reading of MachineClock; pure.

#include "daemon/clocks/machine_reading.h"

#include <optional>

namespace foliot::daemon {

class Oscillator {
public:
    // True when the reading goes with those before. A process that is interrupted in the middle of a reading may get one
    // that does not: read again.
    bool accepts(const MachineReading& reading) const;

    // The reading with raw time on the oscillator. ratePpm: how much faster than the oscillator the clock ran since the
    // reading before, as far as we set it ourselves. What does not go with the readings before is not used any more.
    Now place(const MachineReading& reading, double ratePpm);

    // False once monotonic time stands in: read by that.
    bool isRaw() const { return m_rawGoes; }

private:
    bool rawGoes(const MachineReading& reading) const;
    bool bootGoes(const MachineReading& reading) const;

    struct Point {
        RawTime raw;
        Nanoseconds monotonic{};
    };

    bool m_rawGoes = true;
    bool m_bootGoes = true;
    std::optional<MachineReading> m_first;
    Point m_last;
    BootTime m_lastBoot;
    Point m_segment; // monotonic time ran at the segment's rate since then
    double m_segmentPpm = 0.0;
};

} // namespace foliot::daemon
