// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The `simulated` clock: a software clock with a set error, read by real packets. For the try-out and for tests; it cannot
// touch the machine's clock.

#include "daemon/clocks/clock.h"
#include "daemon/clocks/machine_map.h"
#include "daemon/clocks/piecewise_clock.h"

namespace foliot::daemon {

class SimulatedClock : public Clock {
    Q_OBJECT
public:
    explicit SimulatedClock(const config::Simulation& settings, QObject* parent = nullptr);

    Now now() override;
    Nanoseconds readingWidth() const override { return m_width; }
    std::optional<LocalStamp> stamp(const MachineStamp& stamp) override;
    void steer(const sync::ClockCommand& command) override;
    void step(const sync::StepClock& step) override;
    void setStatus(const sync::DeclaredStatus&) override {} // no kernel to tell
    bool canSteer() const override { return true; }
    double baseFrequencyPpm() override { return m_clock.baseFrequencyPpm(); }

private:
    Now readMachineClocks();
    void report(const Now& before, Nanoseconds stepped, sync::ClockFault fault);

    MachineMap m_map;
    Nanoseconds m_width{};
    PiecewiseClock m_clock;
};

} // namespace foliot::daemon
