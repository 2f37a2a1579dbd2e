// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The clock type `none`: measures the machine's clock and leaves it as it is.

#include "daemon/clocks/machine_clock.h"

namespace foliot::daemon {

class NoneClock : public MachineClock {
    Q_OBJECT
public:
    using MachineClock::MachineClock;

    void steer(const sync::ClockCommand&) override { refuse(); }
    void step(const sync::StepClock&) override { refuse(); }
    void setStatus(const sync::DeclaredStatus&) override { refuse(); }
    bool canSteer() const override { return false; }

private:
    void refuse() { answer(unchanged(sync::ClockFault::NotPermitted)); }
};

} // namespace foliot::daemon
