// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is said of the clock: the two honest numbers, and what a server on this machine tells its clients. Pure; from the
// last combination and the clock's reading, for System.

#include "sync/combination.h"
#include "sync/state.h"

namespace foliot::sync {

// The numbers at `now`, of a combination that may be older. What only the steering knows is left as it is by default.
SystemEstimate estimateAt(const Combination& combination, const Now& now);

// Fills in what clients are told: we follow the selected source, or go on by what it was when we did (RFC 5905 A.5.5.5 sets
// the system's variables when a source is selected, and at no other time), and a leap second is due.
void describeSelected(SystemEstimate& estimate, const Combination& combination, ntp::LeapIndicator leap);

} // namespace foliot::sync
