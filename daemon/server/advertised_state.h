// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What our server says of itself, from what the timekeeping knows: a pure function of the state and the moment.

#include "ntp/server_reply.h"
#include "sync/state.h"

#include <optional>

namespace foliot::daemon {

// The dispersion is grown to `now` and covers what is still wrong with our clock, so that a client's root distance holds
// the truth. A clock that makes no claim is served as unsynchronized, or with localStratum as a reference of its own
// (127.127.1.1, LOCL at stratum 1).
ntp::ServerState advertisedState(
    const sync::State& state, std::optional<int> localStratum, const Now& now, Nanoseconds precision);

// log2 seconds, rounded up.
std::int8_t precisionExponent(Nanoseconds precision);

} // namespace foliot::daemon
