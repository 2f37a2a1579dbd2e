// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The clock type `none`: measures the machine's clock and leaves it as it is.

#include "daemon/clocks/clock.h"
#include "daemon/clocks/machine_map.h"

namespace foliot::daemon {

class NoneClock : public Clock {
    Q_OBJECT
public:
    using Clock::Clock;

    Now now() override;
    Nanoseconds readingWidth() const override { return m_width; }
    std::optional<LocalStamp> stamp(const MachineStamp& stamp) override;
    void steer(const sync::ClockCommand&) override { refuse(); }
    void step(const sync::StepClock&) override { refuse(); }
    void setStatus(const sync::ClockStatus&) override {}
    bool canSteer() const override { return false; }
    double baseFrequencyPpm() override;

private:
    void refuse();

    MachineMap m_map;
    Nanoseconds m_width{};
};

} // namespace foliot::daemon
