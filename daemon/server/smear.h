// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A leap second spread over hours for clients that cannot do one: what our server adds to its clock, which leaps by itself.
// Part of the claim, so that each answering thread knows by its own reading of the clock on which side of the leap it is.
//
// Linear: from noon before the leap second to noon after it every second is as much too long (or too short), as public clouds
// do it. Quadratic: nothing before the leap second; after it the second that is owed is worked off within 62 500 s, by a rate
// that grows and falls by 0.001024 ppm a second, up to 32 ppm: chrony's `smoothtime 400 0.001024 leaponly`.

#include "config/config.h"
#include "ntp/time.h"
#include "sync/state.h"

#include <optional>

namespace foliot::daemon {

struct Smear {
    config::Smear shape = config::Smear::None;
    int inserted = 0;      // seconds: 1, or -1 for one that is left out; 0: there is no leap second
    RealTime midnight{};   // the end of its day
    bool hasLeapt = false; // by `made`
    RawTime leapsAt{};
    Now made{}; // the clocks when this was made

    friend bool operator==(const Smear&, const Smear&) = default;
};

// leap: the timekeeping's, near in time or not.
Smear makeSmear(config::Smear shape, const std::optional<sync::LeapMoment>& leap, const Now& now);

// What is added to the clock that reads `now`; 0 when nothing is smeared then. Within +-1 s, and without a jump.
Seconds smearAt(const Smear& smear, const Now& now);

} // namespace foliot::daemon
