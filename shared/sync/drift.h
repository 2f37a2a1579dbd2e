// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What one run has learnt of the oscillator's frequency for the next. Given by DriftMemory, kept in a file, read at a start.

namespace foliot::sync {

struct Drift {
    double frequencyPpm = 0.0;   // correction in force: positive makes the clock faster
    double uncertaintyPpm = 0.0; // one standard deviation

    friend bool operator==(const Drift&, const Drift&) = default;
};

} // namespace foliot::sync
