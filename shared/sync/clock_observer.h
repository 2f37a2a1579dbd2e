// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps an eye on the three local clocks: what our commands explain is ours, the rest is a suspend or somebody else's
// doing. Fed with every reading and every ClockReport.

#include "sync/clock_command.h"

namespace foliot::sync {

class ClockObserver {
public:
    explicit ClockObserver(const Now& start);

    struct Events {
        Nanoseconds slept{};       // the oscillator stood still for so long
        Nanoseconds setByOthers{}; // added to the clock by someone else
    };

    // What happened since the reading before that nobody has been told yet. leap: what a leap second may add to the clock
    // about now, 0 when there is none.
    Events observe(const Now& now, Nanoseconds leap = {});

    // A command is on its way: until its report the rate may be either.
    void commanded(const ClockCommand& command);
    void stepCommanded();
    void reported(const ClockReport& report);

    double baseFrequencyPpm() const { return m_baseFrequencyPpm; }
    double extraRatePpmAt(RawTime when) const { return when < m_extraUntil ? m_extraRatePpm : 0.0; }
    RawTime extraUntil() const { return m_extraUntil; }

private:
    Nanoseconds m_realMinusBoot;
    Nanoseconds m_bootMinusRaw;
    RawTime m_observedAt;
    RawTime m_fastUntil; // the clock may run fast or slow until then
    ClockCommand m_commanded;
    bool m_stepPending = false;
    double m_baseFrequencyPpm = 0.0;
    double m_extraRatePpm = 0.0;
    RawTime m_extraUntil;
};

} // namespace foliot::sync
