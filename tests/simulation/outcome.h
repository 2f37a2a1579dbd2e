// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What came of a simulated run: the true error second by second and what the system said meanwhile.

#include "sync/action.h"
#include "sync/state.h"

#include <map>
#include <vector>

namespace foliot::simulation {

struct Said {
    double at = 0.0; // true seconds
    sync::Announce announce;
};

struct Outcome {
    double settledAfter = 0.0;
    std::vector<double> errors;        // clock minus true time at each true second, from 1 on
    std::vector<double> rates;         // how much too fast the clock ran at that second, s/s
    std::vector<double> maxErrors;     // what the kernel says of the clock, s
    std::vector<double> uncertainties; // as said at that second; 0 where there is no claim to hold it to
    std::vector<double> bounds;        // likewise
    std::vector<Said> notices;
    sync::State last;
    std::map<sync::SourceId, double> lastUsed; // when a source was last Combined or Selected
    std::vector<sync::StepClock> steps;
    std::vector<sync::ClockCommand> commands;
    std::optional<sync::DeclaredStatus> status;
    std::optional<sync::Drift> drift;
    std::uint64_t packets = 0;
    std::uint64_t wakeups = 0;

    double rms(double from, double until) const;
    double largest(double from, double until) const;
    double rms() const { return rms(settledAfter, static_cast<double>(errors.size())); }
    double largest() const { return largest(settledAfter, static_cast<double>(errors.size())); }

    // From when on the error stays below the limit for 1024 s, or to the end; infinite when it never does.
    double belowFrom(double limit, double from = 0.0) const;

    // Seconds with a claim, and how many of them were true.
    std::uint64_t claimed() const;
    std::uint64_t boundHeld() const;
    std::uint64_t uncertaintyHeld() const;
    double boundHoldsShare() const;
    double uncertaintyHoldsShare() const;
    double medianUncertainty(double from) const;

    bool said(sync::Notice notice) const;
    double firstSaid(sync::Notice notice, double from = 0.0) const; // infinite when never
    const sync::SourceState& source(std::uint32_t id) const;
    double usedUntil(std::uint32_t id) const; // 0: it never was
};

} // namespace foliot::simulation
