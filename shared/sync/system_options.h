// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a person can say about the clock and about whom to believe, and what was learnt in an earlier run. Made from the
// configuration, read by all of the core.

#include "ntp/protocol.h"
#include "ntp/time.h"
#include "sync/drift.h"

#include <optional>

namespace foliot::sync {

struct SystemOptions {
    int minSources = 1;           // how many must agree
    Seconds startStepOver{0.125}; // step at start when the error is larger, STEPT
    bool mayStepAtStart = true;
    Seconds startStepLimit{};    // largest first step; 0: no limit of ours (the clock's keeper has its own)
    Seconds laterStepOver{};     // step an error that turns up later and is larger, a few times a day; 0: never
    Seconds panicOver{1000.0};   // PANICT: later errors beyond this stop the steering
    int orphanStratum = 0;       // at which we and others serve without a source, and follow each other; 0: we do not
    bool neverBackwards = false; // slew what would be a step back, a leap second too
    Seconds maxDistance = ntp::maxDistance;
    double maxFrequencyPpm = 500.0; // of the base frequency, either way
    double maxExtraRatePpm = 100'000.0;

    // Taken at the start alone.
    bool steer = true;               // false: measure only, clock type "none"
    Nanoseconds clockPrecision{100}; // how finely the clock can be read
    std::optional<Drift> drift;      // learnt before
};

} // namespace foliot::sync
