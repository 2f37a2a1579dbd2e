// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How often a source is worth asking: as seldom as the predicted error allows.

#include "sync/oscillator_estimate.h"

namespace foliot::sync {

// The poll exponent for an estimate just made, given the one in force: one longer at a time, shorter at once.
int wantedExponent(const OscillatorEstimate& estimate, Seconds jitter, int exponent);

} // namespace foliot::sync
