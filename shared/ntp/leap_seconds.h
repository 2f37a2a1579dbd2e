// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// When UTC got its leap seconds and will get the next one, as a published list has it. A value: read from a file by
// shared/leap, asked by the timekeeping.

#include "ntp/protocol.h"
#include "ntp/time.h"

#include <chrono>
#include <optional>
#include <vector>

namespace foliot::ntp {

struct LeapSeconds {
    struct Change {
        std::chrono::sys_days day; // from its beginning on
        int taiMinusUtc = 0;       // s

        friend bool operator==(const Change&, const Change&) = default;
    };

    std::vector<Change> changes; // the earliest first, each by one second from the one before
    RealTime expires{};          // what comes after this was not decided yet when the list was made

    // Whether it is decided how this day of UTC ends.
    bool covers(std::chrono::sys_days day) const;

    // The leap second at the end of this day of UTC.
    LeapIndicator atEndOf(std::chrono::sys_days day) const;

    // TAI minus UTC, in seconds; the last known one after the list has expired. Absent before the first change.
    std::optional<int> taiMinusUtcAt(RealTime utc) const;

    friend bool operator==(const LeapSeconds&, const LeapSeconds&) = default;
};

} // namespace foliot::ntp
