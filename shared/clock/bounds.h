// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is never done to the machine's clock, whoever asks: pure functions that the keeper applies to every request
// before anything else.

#include "clock/contract.h"

namespace foliot::clock {

inline constexpr double maxBaseFrequencyPpm = 500.0; // the kernel's own limit, MAXFREQ
inline constexpr double maxExtraRatePpm = 100'000.0; // the kernel's limit for the tick
inline constexpr std::int64_t nsPerSecond = 1'000'000'000;
inline constexpr std::int64_t maxExtraForNs = 20 * nsPerSecond;
// What the clock gains on its oscillator without a step, of the oscillator's time, whoever steers it: by tick and frequency
// as far as adjtimex(2) takes them. What it moves beyond that was a step.
inline constexpr double fastestSlew = (maxBaseFrequencyPpm + maxExtraRatePpm) * 1e-6;

// TAI minus UTC, in seconds: no less than with the first leap second in 1972, and no more than anybody will live to see.
inline constexpr std::uint16_t minTaiMinusUtc = 10;
inline constexpr std::uint16_t maxTaiMinusUtc = 1000;

// Steps after the first of a boot share an allowance: so much at once, and again over a day.
inline constexpr std::int64_t stepAllowanceNs = 1000 * nsPerSecond; // PANICT of RFC 5905
inline constexpr std::int64_t dayNs = 86'400 * nsPerSecond;
// A person's word holds so long, on CLOCK_BOOTTIME, and for one step.
inline constexpr std::int64_t permitForNs = 60 * nsPerSecond;

// No step but a small one, within the allowance, leads outside this time: from the day before the program was built (the
// builder's clock may have been fast), for fifty years.
inline constexpr std::int64_t plausibleForNs = 50 * 365 * dayNs;
std::int64_t plausibleFromNs();

// None when the request is well-formed and within the bounds above, as far as it alone can tell.
[[nodiscard]] Fault check(const Request& request);

// What a step is judged by, beside its size.
struct StepSituation {
    std::int64_t realNs = 0;      // the clock before the step
    bool firstOfBoot = false;     // no step was done since boot, nor was the clock called synchronized
    std::int64_t spentNs = 0;     // of the allowance
    std::int64_t permittedNs = 0; // magnitude that a person allowed for one step; 0 when nobody did
};
enum class StepVerdict : std::uint8_t {
    FirstOfBoot,
    WithinAllowance,
    Permitted,
    BeyondLimits, // a person could allow it
    Implausible,  // leads to a time that cannot be: nobody can
};
[[nodiscard]] StepVerdict judgeStep(std::int64_t stepNs, const StepSituation& situation);

// What is left of a spent allowance after so long.
[[nodiscard]] std::int64_t spentAfter(std::int64_t spentNs, std::int64_t elapsedNs);

// |step|, also for the most negative number, whose magnitude is taken one short.
[[nodiscard]] std::int64_t magnitude(std::int64_t ns);

} // namespace foliot::clock
