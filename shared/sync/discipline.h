// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The control law: from the clock's error and the oscillator's frequency to a step, a slew, or a refusal. Frequency goes
// to the base frequency, phase is worked off by an extra rate of limited length; the estimators live in the oscillator's
// frame and are not disturbed by either. Fed by Steering with each new combination, answered with what to command.

#include "sync/clock_command.h"

#include <chrono>

namespace foliot::sync {

struct SlewLimits {
    double baseFrequencyPpm = 500.0;
    double extraRatePpm = 100'000.0;
    Nanoseconds extraFor = std::chrono::seconds(20);
};

// The command that follows UTC at `frequency` (s/s against the raw clock) and works `offset` off: in a few seconds, more
// gently what may as well be noise (within `uncertainty`), or as fast as the limits allow.
ClockCommand slew(Seconds offset, Seconds uncertainty, double frequency, const SlewLimits& limits);

// How much a command adds to the clock beyond its base frequency.
Seconds workedOff(const ClockCommand& command);

// When the extra rate of a command carried out at `start` is over, on the raw clock.
RawTime endOfExtra(const ClockCommand& command, RawTime start);

// When an error is stepped, as a person wants it. What may be stepped at all is for the clock's keeper to say.
struct StepRules {
    bool mayStepAtStart = true;
    Seconds startStepOver{};
    Seconds startStepLimit{}; // 0: none
    Seconds laterStepOver{};  // 0: never
    Seconds panicOver{};
    bool mayGoBack = true;
};

enum class Correction : std::uint8_t {
    Slew,
    Step,
    Refuse, // too large for anybody but a person to decide
};

// How an error is to be corrected. isStart: nothing was corrected yet.
Correction correctionFor(Seconds offset, bool isStart, const StepRules& rules);

} // namespace foliot::sync
