// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the server did since it started.

#include "ntp/rejection.h"

#include <array>
#include <cstdint>
#include <numeric>

namespace foliot::daemon {

struct ServerCounters {
    std::uint64_t received = 0;
    std::uint64_t answered = 0;
    std::array<std::uint64_t, ntp::allRejections.size()> rejected{}; // indexed like allRejections
    std::uint64_t lostOnPurpose = 0;                                 // by a simulated path
    std::uint64_t sendFailures = 0;
    std::uint64_t overload = 0; // too many replies waiting behind a simulated path

    std::uint64_t dropped() const
    {
        return std::accumulate(rejected.begin(), rejected.end(), lostOnPurpose + sendFailures + overload);
    }

    friend bool operator==(const ServerCounters&, const ServerCounters&) = default;
};

} // namespace foliot::daemon
