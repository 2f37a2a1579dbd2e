// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/discipline.h"

#include "sync/arithmetic.h"

#include <algorithm>
#include <cassert>
#include <chrono>
#include <cmath>

namespace foliot::sync {

namespace {

// The offset is the estimators' best guess, so what is left of it is error, and slower would only leave it longer. Faster
// makes the clock's rate worse to those who measure durations with it, and hardly gains anything.
constexpr Seconds briskSlew{2.0};
constexpr Seconds gentleSlew{8.0};
constexpr double leastExtraRatePpm = 1e-4; // less is below what a clock can be told

// How much faster the monotonic clock runs than the raw one, which is what timers count.
double monotonicRate(const ClockCommand& command)
{
    return 1.0 + (command.baseFrequencyPpm + command.extraRatePpm) * 1e-6;
}

} // namespace

ClockCommand slew(Seconds offset, Seconds uncertainty, double frequency, const SlewLimits& limits)
{
    assert(std::isfinite(offset.count()) && std::isfinite(frequency) && uncertainty >= Seconds(0.0));
    ClockCommand command;
    command.baseFrequencyPpm = std::clamp(frequency * 1e6, -limits.baseFrequencyPpm, limits.baseFrequencyPpm);
    const Seconds size = abs(offset);
    const Seconds atFullRate = size / (limits.extraRatePpm * 1e-6);
    const Seconds longest = Seconds(limits.extraFor) / (1.0 + (limits.extraRatePpm + limits.baseFrequencyPpm) * 1e-6);
    const Seconds duration = std::clamp(atFullRate, size > uncertainty ? briskSlew : gentleSlew, longest);
    const double rate = std::clamp(offset / duration * 1e6, -limits.extraRatePpm, limits.extraRatePpm);
    if (std::abs(rate) < leastExtraRatePpm)
        return command;
    command.extraRatePpm = rate;
    command.extraFor = std::chrono::duration_cast<Nanoseconds>(duration * monotonicRate(command));
    return command;
}

Seconds workedOff(const ClockCommand& command)
{
    return Seconds(command.extraFor) / monotonicRate(command) * command.extraRatePpm * 1e-6;
}

RawTime endOfExtra(const ClockCommand& command, RawTime start)
{
    return start + std::chrono::duration_cast<Nanoseconds>(Seconds(command.extraFor) / monotonicRate(command));
}

Correction correctionFor(Seconds offset, bool isStart, const StepRules& rules)
{
    const Seconds size = abs(offset);
    const bool mayStep = rules.mayGoBack || offset > Seconds{};
    if (isStart && rules.startStepLimit > Seconds{} && size > rules.startStepLimit)
        return Correction::Refuse;
    if (isStart && rules.mayStepAtStart && mayStep && size > rules.startStepOver)
        return Correction::Step;
    if (size > rules.panicOver)
        return Correction::Refuse;
    const bool isLaterStep = !isStart && mayStep && rules.laterStepOver > Seconds{} && size > rules.laterStepOver;
    return isLaterStep ? Correction::Step : Correction::Slew;
}

} // namespace foliot::sync
