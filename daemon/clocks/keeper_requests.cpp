// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/keeper_requests.h"

#include <algorithm>
#include <limits>

namespace foliot::daemon {

namespace {

clock::Leap leapOf(ntp::LeapIndicator leap)
{
    switch (leap) {
    case ntp::LeapIndicator::InsertSecond:
        return clock::Leap::Insert;
    case ntp::LeapIndicator::DeleteSecond:
        return clock::Leap::Delete;
    case ntp::LeapIndicator::None:
    case ntp::LeapIndicator::Unsynchronized:
        return clock::Leap::None;
    }
    return clock::Leap::None;
}

// Errors are told up to 16 s, and infinity is one of those before the first estimate.
std::int64_t errorNs(Seconds error)
{
    constexpr Seconds most{3600.0};
    if (!(error >= Seconds{})) // NaN too: nothing is known
        return std::chrono::duration_cast<Nanoseconds>(most).count();
    return std::chrono::ceil<Nanoseconds>(std::min(error, most)).count();
}

Now nowOf(const clock::Reading& reading)
{
    return {.raw = RawTime(Nanoseconds(reading.rawNs)),
        .boot = BootTime(Nanoseconds(reading.bootNs)),
        .real = RealTime(Nanoseconds(reading.realNs))};
}

} // namespace

clock::Request requestFor(const sync::ClockCommand& command)
{
    // The keeper wants a time exactly when there is an extra rate.
    const bool hasExtra = command.extraRatePpm != 0.0 && command.extraFor != Nanoseconds::zero();
    return {.kind = clock::RequestKind::Steer,
        .baseFrequencyPpm = command.baseFrequencyPpm,
        .extraRatePpm = hasExtra ? command.extraRatePpm : 0.0,
        .extraForNs = hasExtra ? command.extraFor.count() : 0};
}

clock::Request requestFor(const sync::StepClock& step)
{
    return {.kind = clock::RequestKind::Step, .stepNs = step.offset.count()};
}

clock::Request requestFor(const sync::DeclaredStatus& status)
{
    return {.kind = clock::RequestKind::Status,
        .synchronized = static_cast<std::uint16_t>(status.synchronized),
        .taiMinusUtc = static_cast<std::uint16_t>(status.taiMinusUtc.value_or(0)),
        .leap = leapOf(status.leap),
        .maxErrorNs = errorNs(status.maxError),
        .estimatedErrorNs = errorNs(status.estimatedError)};
}

sync::ClockFault faultOf(clock::Fault fault)
{
    switch (fault) {
    case clock::Fault::None:
        return sync::ClockFault::None;
    case clock::Fault::Malformed:
    case clock::Fault::Failed:
        return sync::ClockFault::Failed;
    case clock::Fault::OutOfBounds:
        return sync::ClockFault::OutOfBounds;
    case clock::Fault::StepRefused:
        return sync::ClockFault::StepRefused;
    case clock::Fault::NotPermitted:
        return sync::ClockFault::NotPermitted;
    }
    return sync::ClockFault::Failed;
}

sync::ClockReport reportOf(const clock::Reply& reply)
{
    return {.before = nowOf(reply.before),
        .after = nowOf(reply.after),
        .readingWidth = Nanoseconds(std::max(reply.before.widthNs, reply.after.widthNs)),
        .baseFrequencyPpm = reply.baseFrequencyPpm,
        .extraRatePpm = reply.extraRatePpm,
        .stepped = Nanoseconds(reply.steppedNs),
        .fault = faultOf(reply.fault)};
}

} // namespace foliot::daemon
