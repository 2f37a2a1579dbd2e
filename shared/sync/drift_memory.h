// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one run learns of the oscillator's frequency for the next: what to begin with, and when it is worth saving. Read by
// System.

#include "sync/drift.h"
#include "sync/first_samples.h"
#include "sync/oscillator_estimate.h"
#include "sync/system_options.h"

#include <optional>

namespace foliot::sync {

// What is known of the frequency before the first sample: what was saved, if it is plausible.
FrequencyPrior priorFrom(const SystemOptions& options);

class DriftMemory {
public:
    // Of a synchronized clock. Present when it is sure enough, once an hour.
    std::optional<Drift> due(const OscillatorEstimate& estimate, RawTime now);

private:
    std::optional<RawTime> m_savedAt;
};

} // namespace foliot::sync
