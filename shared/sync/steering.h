// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Has the clock corrected: a slew, a step or neither, one command at a time, and keeps account of what the clock made of
// them. Fed by System with what the clock is off and with the clock's reports.

#include "sync/action.h"
#include "sync/clock_observer.h"
#include "sync/contest_watch.h"
#include "sync/discipline.h"
#include "sync/oscillator_estimate.h"
#include "sync/state.h"
#include "sync/system_options.h"

#include <deque>
#include <optional>

namespace foliot::sync {

class Steering {
public:
    // options: may change, and outlive this.
    Steering(const SystemOptions& options, const Now& start);

    // What befell the clock that no command of ours explains. leap: see ClockObserver.
    ClockObserver::Events observe(const Now& now, Nanoseconds leap, Actions& actions);

    // False while a command is under way and while a clock that failed is left alone.
    bool isFree(RawTime now) const;
    Correction correctionFor(Seconds offset, RawTime now) const;
    // By a correction just asked for. The estimate is of an earlier moment at most.
    void correct(Correction correction, const OscillatorEstimate& estimate, const Now& now, Actions& actions);
    // A person wants all of it corrected at once.
    void stepForPerson(Seconds offset, const Now& now, Actions& actions);

    // offset: what the clock is off, where that is known.
    void reported(const ClockReport& report, std::optional<Seconds> offset, Actions& actions);
    // True when a slew has ended that left something to be corrected.
    bool hasSlewLeftSomething(RawTime now);
    std::optional<RawTime> slewEndsAt() const { return m_slewEndsAt; }

    bool hasStarted() const { return m_started; } // the first correction was made
    bool isStepping() const { return m_stepPending; }
    bool hasRefused() const { return m_refusedStep.has_value(); }
    // The clock does not do as it is told, or others have it do something else. Its keeper's refusing a step is no failure.
    bool hasFailed(RawTime now) const;
    double baseFrequencyPpm() const { return m_watch.baseFrequencyPpm(); }
    RealTime correctedAt() const { return m_correctedAt; }

    // Fills in what is shown of all that.
    void describe(State& state) const;

private:
    bool isBusy(RawTime now) const;
    bool hasStepsLeft(RawTime now) const;
    void noteLaterStep(RawTime now);
    void refuse(Seconds offset, Actions& actions);
    void step(Seconds offset, StepClock command, RawTime now, Actions& actions);
    void slew(Seconds offset, const OscillatorEstimate& estimate, RawTime now, Actions& actions);

    const SystemOptions& m_options;
    ClockObserver m_watch;
    ContestWatch m_contest;
    std::deque<RawTime> m_laterSteps; // of a day
    ClockFault m_fault = ClockFault::None;
    bool m_started = false;
    bool m_commandPending = false;
    bool m_stepPending = false;
    RawTime m_commandedAt;
    std::optional<RawTime> m_slewEndsAt;
    bool m_slewLeaves = false; // the slew was too short for all of the error
    std::optional<Nanoseconds> m_refusedStep;
    std::uint32_t m_steps = 0;
    Nanoseconds m_lastStep{};
    RealTime m_correctedAt;
};

} // namespace foliot::sync
