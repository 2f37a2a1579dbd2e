// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How right the clock is, in one claim with its numbers. The window, the tray icon and foliotctl put it into words, each
// in its own way and language; what is claimed is decided here alone.

#include "bus/client/client.h"
#include "bus/client/silence.h"

#include <limits>
#include <optional>

namespace foliot::bus {

enum class Claim : quint8 {
    Asking,
    NoBus,
    DaemonAbsent,
    NotAnswering,
    Starting,
    Slewing,      // slewOffsetSeconds is worked off in about slewSeconds
    Synchronized, // boundSeconds holds
    Holdover,     // boundSeconds holds and grows
    NoMajority,
    TooFewSources,
    Unreachable, // silence says why
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
    double slewOffsetSeconds = 0.0; // UTC minus the clock, what of it is left now
    double slewSeconds = 0.0;       // rounded up, so that it does not change all the time
    Silence silence = Silence::NoReply;
    QString silenceError; // what a source says of it; outside text

    bool isSynchronized() const { return claim == Claim::Synchronized; }
    friend bool operator==(const Summary&, const Summary&) = default;
};

// The bound as it has grown until now (CLOCK_BOOTTIME in microseconds).
double boundAt(const ClockData& clock, quint64 now);

// now: CLOCK_BOOTTIME in microseconds.
Summary summarize(Availability availability, const ClockData& clock, const SilenceSurvey& silence, quint64 now);

// While next to all of the clock's uncertainty is an offset that was not corrected, what is left of it: how well that
// offset is known, in seconds. The two side by side would say the same thing twice.
std::optional<double> uncertaintyOfOffset(const ClockData& clock);

} // namespace foliot::bus
