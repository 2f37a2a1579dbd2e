// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "clock/bounds.h"

#include <algorithm>
#include <cmath>
#include <limits>

namespace foliot::clock {

namespace {

// False for NaN too.
bool isWithin(double value, double limit)
{
    return std::abs(value) <= limit;
}

// Empty but for what every request has: fields that its kind does not use are zero.
Request bare(const Request& request)
{
    return {.kind = request.kind, .number = request.number};
}

bool isBusName(const std::array<char, 28>& name)
{
    const auto end = std::ranges::find(name, '\0');
    return name[0] == ':' && end - name.begin() > 1 && end != name.end() &&
           std::all_of(name.begin() + 1, end, [](char c) { return (c >= '0' && c <= '9') || c == '.'; }) &&
           std::all_of(end, name.end(), [](char c) { return c == '\0'; });
}

Fault checkSteer(const Request& request)
{
    const bool hasExtra = request.extraRatePpm != 0.0;
    if (!isWithin(request.baseFrequencyPpm, maxBaseFrequencyPpm) || !isWithin(request.extraRatePpm, maxExtraRatePpm) ||
        request.extraForNs < 0 || request.extraForNs > maxExtraForNs || hasExtra != (request.extraForNs != 0))
        return Fault::OutOfBounds;
    return Fault::None;
}

Fault checkStatus(const Request& request)
{
    const bool hasTai = request.taiMinusUtc != 0;
    if (request.maxErrorNs < 0 || request.estimatedErrorNs < 0 ||
        (hasTai && (request.taiMinusUtc < minTaiMinusUtc || request.taiMinusUtc > maxTaiMinusUtc)))
        return Fault::OutOfBounds;
    return Fault::None;
}

} // namespace

std::int64_t plausibleFromNs()
{
    return FOLIOT_BUILD_TIME * nsPerSecond - dayNs;
}

Fault check(const Request& request)
{
    Request expected = bare(request);
    Fault fault = Fault::Malformed; // stays so for a kind that does not exist
    switch (request.kind) {
    case RequestKind::Query:
        fault = Fault::None;
        break;
    case RequestKind::Steer:
        expected.baseFrequencyPpm = request.baseFrequencyPpm;
        expected.extraRatePpm = request.extraRatePpm;
        expected.extraForNs = request.extraForNs;
        if (checkSteer(request) != Fault::None)
            return Fault::OutOfBounds; // here, because NaN is not equal to itself
        fault = Fault::None;
        break;
    case RequestKind::Step:
        expected.stepNs = request.stepNs;
        fault = request.stepNs == 0 ? Fault::OutOfBounds : Fault::None;
        break;
    case RequestKind::Status:
        expected.synchronized = request.synchronized;
        expected.taiMinusUtc = request.taiMinusUtc;
        expected.leap = request.leap;
        expected.maxErrorNs = request.maxErrorNs;
        expected.estimatedErrorNs = request.estimatedErrorNs;
        if (request.synchronized <= 1 && request.leap <= Leap::Delete)
            fault = checkStatus(request);
        break;
    case RequestKind::Permit:
        expected.stepNs = request.stepNs;
        expected.person = request.person;
        expected.mayInteract = request.mayInteract;
        if (isBusName(request.person) && request.mayInteract <= 1)
            fault = request.stepNs <= 0 || request.stepNs > plausibleForNs ? Fault::OutOfBounds : Fault::None;
        break;
    }
    return request == expected ? fault : Fault::Malformed;
}

std::int64_t magnitude(std::int64_t ns)
{
    return ns >= 0 ? ns : -std::max(ns, -std::numeric_limits<std::int64_t>::max());
}

StepVerdict judgeStep(std::int64_t stepNs, const StepSituation& situation)
{
    std::int64_t leadsTo = 0;
    if (__builtin_add_overflow(situation.realNs, stepNs, &leadsTo))
        return StepVerdict::Implausible;
    const bool isPlausible = leadsTo >= plausibleFromNs() && leadsTo <= plausibleFromNs() + plausibleForNs;
    if (isPlausible && situation.firstOfBoot)
        return StepVerdict::FirstOfBoot;
    // A machine that lives in another time, for a test or a replay, may have it exact: the clock is what says that time,
    // not the step.
    if (magnitude(stepNs) <= stepAllowanceNs - std::clamp(situation.spentNs, std::int64_t{0}, stepAllowanceNs))
        return StepVerdict::WithinAllowance;
    if (!isPlausible)
        return StepVerdict::Implausible;
    return magnitude(stepNs) <= situation.permittedNs ? StepVerdict::Permitted : StepVerdict::BeyondLimits;
}

std::int64_t spentAfter(std::int64_t spentNs, std::int64_t elapsedNs)
{
    const double part = static_cast<double>(std::clamp(elapsedNs, std::int64_t{0}, dayNs)) / static_cast<double>(dayNs);
    const auto regained = static_cast<std::int64_t>(static_cast<double>(stepAllowanceNs) * part);
    return std::max(std::int64_t{0}, std::clamp(spentNs, std::int64_t{0}, stepAllowanceNs) - regained);
}

} // namespace foliot::clock
