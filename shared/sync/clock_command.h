// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the discipline asks of the clock, and what the clock answers. Plain values: the daemon turns a command into a
// request to the helper, an adjtimex call or a change of the simulated clock.

#include "ntp/protocol.h"
#include "ntp/time.h"

#include <optional>

namespace foliot::sync {

// Run at the base frequency, and for a limited time faster or slower by the extra rate. Replaces the command before.
struct ClockCommand {
    double baseFrequencyPpm = 0.0; // kept until the next command, within +-500; positive makes the clock faster
    double extraRatePpm = 0.0;     // within +-100 000; 0 when there is none
    // How long the extra rate lasts, at most 20 s of monotonic time, as timers count it (it is slewed with the clock).
    // Who holds the clock ends it.
    Nanoseconds extraFor{};

    friend bool operator==(const ClockCommand&, const ClockCommand&) = default;
};

// What the kernel is to tell other programs about the clock.
struct DeclaredStatus {
    bool synchronized = false;
    ntp::LeapIndicator leap = ntp::LeapIndicator::None; // a leap second at the end of the UTC day
    Seconds maxError{};                                 // bound
    Seconds estimatedError{};                           // expected error
    std::optional<int> taiMinusUtc;                     // s; absent: left as it is

    friend bool operator==(const DeclaredStatus&, const DeclaredStatus&) = default;
};

enum class ClockFault : std::uint8_t {
    None,
    NotPermitted, // EPERM, polkit said no, or the helper is not there
    OutOfBounds,  // the clock's keeper refused the request
    StepRefused,  // the step exceeds what is allowed without a person's word
    Failed,       // anything else
    Contested,    // another program keeps setting the clock
};

// What the clock really did, with readings just before and just after: the system learns from these alone how far its
// commands were carried out.
struct ClockReport {
    Now before;
    Now after;
    Nanoseconds readingWidth{};    // how far apart raw and real were read, at most
    double baseFrequencyPpm = 0.0; // read back
    double extraRatePpm = 0.0;     // read back
    Nanoseconds stepped{};         // added to the clock; 0 when it was not stepped
    ClockFault fault = ClockFault::None;

    friend bool operator==(const ClockReport&, const ClockReport&) = default;
};

} // namespace foliot::sync
