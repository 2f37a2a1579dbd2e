// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A measurement as the estimators see it: server time against the bare oscillator, each way by itself.

#include "ntp/measurement.h"

namespace foliot::sync {

struct Sample {
    RawTime at;             // midway between transmit and receive
    Nanoseconds outbound{}; // server's receive minus our transmit: UTC minus raw plus the path there
    Nanoseconds inbound{};  // our receive minus server's transmit: raw minus UTC plus the path back
    Seconds stampError{};   // how far the stamps may be off either way, both sides' precision included

    friend bool operator==(const Sample&, const Sample&) = default;
};

Sample sampleOf(const ntp::Measurement& measurement, Nanoseconds clockPrecision);

// Round-trip delay on the oscillator; never below zero.
Seconds delayOf(const Sample& sample);

// UTC minus raw minus origin if both paths are alike.
Seconds offsetOf(const Sample& sample, Nanoseconds origin);

} // namespace foliot::sync
