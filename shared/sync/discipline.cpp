// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/discipline.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace foliot::sync {

namespace {

// Slower gains nothing: the offset is the estimators' best guess, so what is left of it is error. Faster only makes the
// clock's rate worse to those who measure durations with it.
constexpr Seconds gentleSlew{4.0};
constexpr double leastExtraRatePpm = 1e-6; // less is below what a clock can be told

} // namespace

ClockCommand slew(Seconds offset, double frequency, const SlewLimits& limits)
{
    ClockCommand command;
    command.baseFrequencyPpm = std::clamp(frequency * 1e6, -limits.baseFrequencyPpm, limits.baseFrequencyPpm);
    const Seconds atFullRate = Seconds(std::abs(offset.count()) / (limits.extraRatePpm * 1e-6));
    const Seconds duration = std::clamp(atFullRate, gentleSlew, Seconds(limits.extraFor));
    const double rate = offset / duration * 1e6;
    if (std::abs(rate) < leastExtraRatePpm)
        return command;
    command.extraRatePpm = std::clamp(rate, -limits.extraRatePpm, limits.extraRatePpm);
    command.extraFor = std::chrono::duration_cast<Nanoseconds>(duration);
    return command;
}

Correction correctionFor(Seconds offset, bool isStart, const StepLimits& limits)
{
    const Seconds size(std::abs(offset.count()));
    if (isStart && limits.mayStepAtStart && size > limits.startStepOver) {
        const bool tooFar = limits.startStepLimit > Seconds{} && size > limits.startStepLimit;
        return tooFar ? Correction::Refuse : Correction::Step;
    }
    return size > limits.panicOver ? Correction::Refuse : Correction::Slew;
}

} // namespace foliot::sync
