// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How often a source is worth asking: as seldom as the predicted error allows, and no more often than the profile does.
// Fed by Source after each answer, read by its poller.

#include "sync/oscillator_estimate.h"
#include "sync/source_options.h"

namespace foliot::sync {

struct PollNeeds {
    const OscillatorEstimate& estimate; // just made
    Seconds jitter{};                   // deviation of a midpoint measurement
    Seconds interval{};                 // in force
    Seconds known{};                    // for how long the source has been asked
};

// The poll interval from here on, within 2^minPoll and 2^maxPoll s: up to twice as long as the one in force, shorter at
// once.
Seconds wantedInterval(const PollNeeds& needs, const SourceOptions& options);

} // namespace foliot::sync
