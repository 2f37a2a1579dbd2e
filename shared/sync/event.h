// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Everything that can happen to the System. The daemon and the simulator make these; System::handle takes them.

#include "ntp/kiss.h"
#include "ntp/leap_seconds.h"
#include "ntp/measurement.h"
#include "ntp/rejection.h"
#include "sync/clock_command.h"
#include "sync/source_id.h"
#include "sync/source_options.h"
#include "sync/system_options.h"

#include <optional>
#include <variant>

namespace foliot::sync {

struct SourceAdded {
    SourceId source;
    SourceOptions options;
    // Its server was a source a moment ago: no burst, and no query sooner than after this.
    std::optional<Nanoseconds> pause = {};
};
struct SourceRemoved {
    SourceId source;
};
// The source is asked at another address from now on: what was learnt of the old one does not hold.
struct SourceReplaced {
    SourceId source;
};
struct MeasurementReceived {
    SourceId source;
    ntp::Measurement measurement;
    // Addresses as reference identifiers, 0 when unknown: the server's own, and ours as this server would name it.
    std::uint32_t serverReferenceId = 0;
    std::uint32_t ourReferenceId = 0;
};
struct KissReceived {
    SourceId source;
    ntp::Kiss kiss;
};
struct QueryTimedOut {
    SourceId source;
};
// A packet was dropped. Counted; the query stays open.
struct ReplyRejected {
    SourceId source;
    ntp::Rejection reason;
};
enum class QueryFault : std::uint8_t {
    NameUnresolved,
    NetworkUnreachable,
    ConnectionRefused, // the host says that nobody listens there
    SendFailed,
    NoKeys,       // to authenticate it with
    AskedAlready, // its server is asked, authenticated, as another source
};
// The query could not be sent at all.
struct QueryFailed {
    SourceId source;
    QueryFault fault;
};
struct ClockReported {
    ClockReport report;
};
// The time that nextWakeup() named has come; an early or a needless wakeup does no harm.
struct Wakeup {};
// A person wants all sources asked now.
struct RefreshRequested {};
// A person, authorized, wants the remaining error corrected by a step now. limit: the largest step they agreed to.
struct StepRequested {
    Nanoseconds limit{};
};
struct NetworkChanged {
    bool online = true;
};
// A person changed settings; what was learnt stays.
struct SettingsChanged {
    SystemOptions options;
};

// The list of leap seconds, whenever it is read anew.
struct LeapSecondsListed {
    ntp::LeapSeconds list;
};

using Event = std::variant<SourceAdded, SourceRemoved, SourceReplaced, MeasurementReceived, KissReceived, QueryTimedOut,
    ReplyRejected, QueryFailed, ClockReported, Wakeup, RefreshRequested, StepRequested, NetworkChanged, SettingsChanged,
    LeapSecondsListed>;

} // namespace foliot::sync
