// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What all clocks that are the machine's own have in common: they are read and stamped alike, whoever changes them.

#include "daemon/clocks/clock.h"
#include "daemon/clocks/machine_map.h"
#include "daemon/clocks/oscillator.h"

namespace foliot::daemon {

class MachineClock : public Clock {
    Q_OBJECT
public:
    using Clock::Clock;

    Now now() override;
    Nanoseconds readingWidth() const override { return m_width; }
    std::optional<LocalStamp> stamp(const MachineStamp& stamp) override;
    bool isMachineClock() const override { return true; }
    double baseFrequencyPpm() override; // what the kernel says now

protected:
    // How much faster than the oscillator we make the clock run from now on; call now() just before and after the change.
    void setRate(double ppm) { m_ratePpm = ppm; }
    // False when monotonic time stands in for raw time, so that only now() knows the oscillator.
    bool readsRaw() const { return m_oscillator.isRaw(); }
    // Answers a command after the caller is done with the action that it belongs to.
    void answer(const sync::ClockReport& report);
    // The report of a command that changed nothing.
    sync::ClockReport unchanged(sync::ClockFault fault);

private:
    MachineReading read() const;

    Oscillator m_oscillator;
    MachineMap m_map;
    double m_ratePpm = 0.0;
    Nanoseconds m_width{};
};

} // namespace foliot::daemon
