// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is believed of true time against the bare oscillator: "UTC minus raw" and how fast that changes. Steps and slews
// of the clock do not touch it, so it is never rebased. Made by a source's filter or by combination, read by all.

#include "ntp/time.h"

namespace foliot::sync {

struct Covariance {
    double offset = 0.0;    // s^2
    double cross = 0.0;     // s^2/s
    double frequency = 0.0; // (s/s)^2

    friend bool operator==(const Covariance&, const Covariance&) = default;
};

struct OscillatorEstimate {
    RawTime at;
    Nanoseconds origin{};   // UTC minus raw, a round part kept exact so that doubles hold the rest
    double offset = 0.0;    // UTC minus raw minus origin, in seconds
    double frequency = 0.0; // change of offset per raw second; minus the oscillator's own error
    Covariance covariance;
    double wander = 0.0;    // random walk of the frequency, per square root of a second
    double gapWander = 0.0; // the same in a long time without samples: as it usually was, when it has been less of late
    double reach = 3.29; // so many standard deviations hold the offset's error 99.9 % of the time: 3.29 by a normal law
    double horizon = 0.0; // for about so long after `at`, seconds: the time between samples

    friend bool operator==(const OscillatorEstimate&, const OscillatorEstimate&) = default;
};

// The covariance after `seconds` (>= 0) without a measurement.
Covariance grown(const Covariance& covariance, double wander, double seconds);

// The estimate carried to another moment. Going back keeps the covariance: nothing was known better then.
OscillatorEstimate predicted(const OscillatorEstimate& estimate, RawTime when);

// The same beliefs about another round part.
OscillatorEstimate withOrigin(const OscillatorEstimate& estimate, Nanoseconds origin);

// UTC minus the clock as read at `now`; the estimate must hold at now.raw.
Seconds offsetFromClock(const OscillatorEstimate& estimate, const Now& now);

} // namespace foliot::sync
