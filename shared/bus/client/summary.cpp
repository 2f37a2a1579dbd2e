// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "bus/client/summary.h"

#include "bus/client/boottime.h"

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

} // namespace

double boundAt(const ClockData& clock, quint64 now)
{
    return clock.boundSeconds + clock.boundGrowthPpm * 1e-6 * ageSeconds(clock.asOfBoottimeUSec, now);
}

Summary summarize(Availability availability, const ClockData& clock, quint64 now)
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
    return summary;
}

} // namespace foliot::bus
