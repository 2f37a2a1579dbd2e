// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything the System can want done. The daemon's engine and the simulator carry actions out in their order.

#include "sync/clock_command.h"
#include "sync/drift.h"
#include "sync/source_id.h"
#include "sync/verdict.h"

#include <optional>
#include <variant>
#include <vector>

namespace foliot::sync {

// Ask this source for the time, once. Answered by exactly one of MeasurementReceived, KissReceived, QueryTimedOut or
// QueryFailed.
struct Query {
    SourceId source;

    friend bool operator==(const Query&, const Query&) = default;
};
struct SteerClock {
    ClockCommand command;

    friend bool operator==(const SteerClock&, const SteerClock&) = default;
};
// Add this to the clock at once, and end an extra rate: it is the whole error. Positive when the clock is behind.
struct StepClock {
    Nanoseconds offset{};
    bool authorizedByPerson = false;

    friend bool operator==(const StepClock&, const StepClock&) = default;
};
struct DeclareStatus {
    DeclaredStatus status;

    friend bool operator==(const DeclareStatus&, const DeclareStatus&) = default;
};
// The frequency is worth keeping for the next start.
struct SaveDrift {
    Drift drift;

    friend bool operator==(const SaveDrift&, const SaveDrift&) = default;
};
// The source is of no use (unreachable, false, refusing): a pool or a name with several addresses should give another.
struct ReplaceSource {
    SourceId source;

    friend bool operator==(const ReplaceSource&, const ReplaceSource&) = default;
};

// Something a person should find in the log.
enum class Notice : std::uint8_t {
    Synchronized, // value: bound in seconds
    LostSynchronization,
    NoMajority,
    TooFewSources,        // reason: TooFewSources or RequiredMissing
    SourceVerdictChanged, // source, reason
    SourceReachable,      // source
    SourceUnreachable,    // source
    SourceStopped,        // source, reason: kiss DENY or RSTR
    SourceSlowedDown,     // source, value: poll interval in seconds now: kiss RATE
    ClockStepped,         // value: seconds
    StepRefused,          // value: seconds; steering stops until a person decides
    ClockSetByOthers,     // value: seconds by which someone else moved the clock
    Resumed,              // value: seconds slept
    ClockUnavailable,     // reason in the clock fault
    ClockContested,       // others keep setting it; steering stops until they have left it alone for an hour
    LeapSecondDue,        // value: by how much UTC will jump at the end of the day, -1 or 1 second
};
struct Announce {
    Notice notice;
    std::optional<SourceId> source;
    Reason reason = Reason::None;
    Seconds value{};

    friend bool operator==(const Announce&, const Announce&) = default;
};

using Action = std::variant<Query, SteerClock, StepClock, DeclareStatus, SaveDrift, ReplaceSource, Announce>;
using Actions = std::vector<Action>;

} // namespace foliot::sync
