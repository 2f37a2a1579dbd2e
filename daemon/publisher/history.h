// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the clock did, in memory, for charts that are opened late. Bounded: when it is full the older half is thinned to
// every second sample of each pair that stands out more, so the recent past stays whole and the distant one is coarser.

#include "bus/types.h"

#include <vector>

namespace foliot::daemon {

class History {
public:
    explicit History(std::size_t capacity = 8'192); // at least 4

    // Samples come in order; one that is not later than the last replaces it.
    void record(const bus::ClockSample& sample);

    // From `since` on (CLOCK_BOOTTIME in microseconds), oldest first, at most `points`. Fewer than there are: the highest
    // and the lowest offset of equal stretches of time, so that no peak is lost; the newest sample is always among them.
    bus::ClockSamples read(quint64 since, quint32 points) const;

    std::size_t size() const { return m_samples.size(); }

private:
    void thin();

    std::size_t m_capacity;
    std::vector<bus::ClockSample> m_samples;
};

} // namespace foliot::daemon
