// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What our server says of itself and how that ages: all that an answering thread needs of the timekeeping, as a value that
// can be copied between threads. Made by the event loop at each change of the timekeeping's state; a thread makes of it what
// it says at a moment.

#include "daemon/server/smear.h"
#include "ntp/server_reply.h"
#include "sync/state.h"

#include <cstdint>
#include <optional>

namespace foliot::daemon {

// How long a claim holds when nobody renews it. An event loop that is well renews it at least every quarter of that.
inline constexpr Nanoseconds claimValidity = std::chrono::seconds{256};

struct ServerClaim {
    ntp::ServerState state;       // as of `at`; leap 3 when the timekeeping makes no claim
    RawTime at{};                 // of state
    double growthPpm = 0.0;       // of the root dispersion
    RawTime validUntil{};         // from then on nobody may be keeping the clock
    int localStratum = 0;         // what is said instead of leap 3; 0: nothing
    Smear smear;                  // of leap seconds; state does not announce one then
    std::uint32_t clockEpoch = 0; // another one after each step of the clock

    friend bool operator==(const ServerClaim&, const ServerClaim&) = default;
};

// precision: of reading the clock.
ServerClaim makeClaim(const sync::State& state, std::optional<int> localStratum, RawTime now, Nanoseconds precision);
// The same for the clients of a server that smears leap seconds, or not.
ServerClaim makeSmearedClaim(
    const sync::State& state, const config::Server& settings, const Now& now, Nanoseconds precision);

// What is said at a moment. The dispersion covers what is still wrong with our clock and grows; behind validUntil it
// grows as fast as a clock may go wrong that is left alone, and what has become useless is unsynchronized.
ntp::ServerState stateAt(const ServerClaim& claim, const Now& now);

// log2 seconds, rounded up.
std::int8_t precisionExponent(Nanoseconds precision);

} // namespace foliot::daemon
