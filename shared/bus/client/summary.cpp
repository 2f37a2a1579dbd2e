// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/summary.h"

#include "bus/client/boottime.h"

#include <algorithm>
#include <cmath>

namespace foliot::bus {

namespace {

Claim claimFor(Condition condition)
{
    switch (condition) {
    case Condition::Unknown:
        return Claim::Unknown;
    case Condition::Starting:
        return Claim::Starting;
    case Condition::Synchronized:
        return Claim::Synchronized;
    case Condition::Holdover:
        return Claim::Holdover;
    case Condition::NoMajority:
        return Claim::NoMajority;
    case Condition::TooFewSources:
        return Claim::TooFewSources;
    case Condition::Unreachable:
        return Claim::Unreachable;
    case Condition::NoSources:
        return Claim::NoSources;
    case Condition::StepRefused:
        return Claim::StepRefused;
    case Condition::ClockFailed:
        return Claim::ClockFailed;
    }
    Q_UNREACHABLE_RETURN(Claim::Unknown);
}

Claim claimFor(Availability availability, Condition condition)
{
    switch (availability) {
    case Availability::Asking:
        return Claim::Asking;
    case Availability::NoBus:
        return Claim::NoBus;
    case Availability::Absent:
        return Claim::DaemonAbsent;
    case Availability::NotAnswering:
        return Claim::NotAnswering;
    case Availability::Present:
        return claimFor(condition);
    }
    Q_UNREACHABLE_RETURN(Claim::Unknown);
}

Health healthOf(Claim claim)
{
    switch (claim) {
    case Claim::Synchronized:
        return Health::Good;
    case Claim::Asking:
    case Claim::Starting:
    case Claim::Slewing:
    case Claim::Holdover:
    case Claim::Unknown:
        return Health::Attention;
    case Claim::NoBus:
    case Claim::DaemonAbsent:
    case Claim::NotAnswering:
    case Claim::NoMajority:
    case Claim::TooFewSources:
    case Claim::Unreachable:
    case Claim::NoSources:
    case Claim::StepRefused:
    case Claim::ClockFailed:
        return Health::Bad;
    }
    Q_UNREACHABLE_RETURN(Health::Bad);
}

// What a slew has left to do.
struct Rest {
    double offsetSeconds = 0.0;
    double seconds = 0.0;
};

// The clock runs fast or slow on purpose, towards UTC; an extra rate goes on until the offset is gone.
std::optional<Rest> restOfSlew(const ClockData& clock, quint64 now)
{
    const double rate = clock.extraRatePpm * 1e-6;
    if (rate == 0.0 || !std::isfinite(clock.boundSeconds) || clock.offsetSeconds * rate <= 0.0)
        return std::nullopt;
    const double offset = clock.offsetSeconds - rate * ageSeconds(clock.asOfBoottimeUSec, now);
    return Rest{.offsetSeconds = offset * rate > 0.0 ? offset : 0.0, .seconds = std::max(offset / rate, 0.0)};
}

// Up to whole tens of seconds, minutes or hours.
double roundedUp(double seconds)
{
    const double unit = seconds <= 60.0 ? 10.0 : seconds <= 3'600.0 ? 60.0 : 3'600.0;
    return std::max(std::ceil(seconds / unit), 1.0) * unit;
}

} // namespace

double boundAt(const ClockData& clock, quint64 now)
{
    return clock.boundSeconds + clock.boundGrowthPpm * 1e-6 * ageSeconds(clock.asOfBoottimeUSec, now);
}

Summary summarize(Availability availability, const ClockData& clock, const SilenceSurvey& silence, quint64 now)
{
    const Claim claim = claimFor(availability, clock.condition);
    Summary summary{.claim = claim, .health = healthOf(claim)};
    if (availability != Availability::Present)
        return summary;
    summary.isSteering = clock.steering;
    summary.clockType = clock.clockType;
    summary.fault = clock.clockFault;
    summary.boundSeconds = boundAt(clock, now);
    if (clock.lastUpdateBoottimeUSec != 0)
        summary.updateAgeSeconds = ageSeconds(clock.lastUpdateBoottimeUSec, now);
    summary.refusedStepSeconds = clock.refusedStepSeconds;
    summary.silence = silence.silence();
    summary.silenceError = silence.error();
    if (const auto rest = restOfSlew(clock, now); rest && claim == Claim::Starting) {
        summary.claim = Claim::Slewing;
        summary.slewOffsetSeconds = rest->offsetSeconds;
        summary.slewSeconds = roundedUp(rest->seconds);
    }
    return summary;
}

std::optional<double> uncertaintyOfOffset(const ClockData& clock)
{
    constexpr double mostOfIt = 10.0;
    const double size = std::abs(clock.offsetSeconds);
    const double left = clock.uncertaintySeconds - size;
    if (!std::isfinite(left) || left <= 0.0 || left * mostOfIt > size)
        return std::nullopt;
    return left;
}

} // namespace foliot::bus
