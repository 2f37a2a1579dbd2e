// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How right the clock is, in one claim with its numbers. The window, the tray icon and foliotctl put it into words, each
// in its own way and language; what is claimed is decided here alone.

#include "bus/client/client.h"

#include <limits>

namespace foliot::bus {

enum class Claim : quint8 {
    Asking,
    NoBus,
    DaemonAbsent,
    NotAnswering,
    Starting,
    Synchronized, // boundSeconds holds
    Holdover,     // boundSeconds holds and grows
    NoMajority,
    TooFewSources,
    Unreachable,
    NoSources,
    StepRefused, // refusedStepSeconds says how large a step
    ClockFailed, // fault says why
    Unknown,     // the daemon said a word that this version does not know
};

// Three degrees, for icons that differ in shape.
enum class Health : quint8 { Good, Attention, Bad };

struct Summary {
    Claim claim = Claim::Asking;
    Health health = Health::Attention;
    bool isSteering = false; // false with Synchronized: the clock is measured, and left as it is
    ClockType clockType = ClockType::Unknown;
    ClockFault fault = ClockFault::Unknown;
    double boundSeconds = std::numeric_limits<double>::infinity();     // now: grown with its age
    double updateAgeSeconds = std::numeric_limits<double>::infinity(); // since a measurement last counted
    double refusedStepSeconds = 0.0;

    bool isSynchronized() const { return claim == Claim::Synchronized; }
    friend bool operator==(const Summary&, const Summary&) = default;
};

// The bound as it has grown until now (CLOCK_BOOTTIME in microseconds).
double boundAt(const ClockData& clock, quint64 now);

Summary summarize(Availability availability, const ClockData& clock, quint64 now);

} // namespace foliot::bus
