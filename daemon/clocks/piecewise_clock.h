// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A software clock over the machine's oscillator: an oscillator of its own with an error that may wander, and a clock on
// it that can be steered and stepped. A piecewise-linear function of the machine's raw time with some history, so that a
// stamp reported late is mapped by the piece in force when it was taken. Pure: told the time, draws by its seed.

#include "config/config.h"
#include "ntp/time.h"

#include <deque>
#include <optional>
#include <random>

namespace foliot::daemon {

class PiecewiseClock {
public:
    PiecewiseClock(const config::Simulation& settings, const Now& machine);

    // The simulated clocks at a moment of the machine's; not before the last piece's begin.
    Now at(const Now& machine);

    struct Reading {
        RawTime raw;
        RealTime real;
    };
    // The simulated clocks at a past moment of the machine's oscillator; empty when that is further back than the history.
    std::optional<Reading> past(RawTime machineRaw) const;

    // Commands take effect at that moment. extraFor is counted as the clock's own timers count it: the rates, the
    // oscillator's error among them, make it shorter or longer.
    void steer(double baseFrequencyPpm, double extraRatePpm, Nanoseconds extraFor, RawTime machineRaw);
    void step(Nanoseconds offset, RawTime machineRaw);

    double baseFrequencyPpm() const { return m_basePpm; }
    double extraRatePpm() const { return m_extraPpm; } // in force when at() or a command was last called

private:
    struct Piece {
        RawTime from; // on the machine's oscillator
        RawTime raw;
        RealTime real;
        double rawSlope = 0.0;  // simulated raw time gained for each second of the machine's
        double realSlope = 0.0; // simulated real time gained for each second of the machine's
    };
    static RawTime rawOn(const Piece& piece, RawTime machineRaw);
    static RealTime realOn(const Piece& piece, RawTime machineRaw);
    void advance(RawTime machineRaw);
    void begin(RawTime machineRaw, Nanoseconds step = {});

    std::deque<Piece> m_pieces;
    Nanoseconds m_bootMinusReal{}; // changes by steps alone
    Now m_lastMachine;
    double m_errorPpm;  // of the oscillator
    double m_wanderPpm; // per square root of a second
    double m_basePpm = 0.0;
    double m_extraPpm = 0.0;
    std::optional<RawTime> m_extraEnds; // on the machine's oscillator
    std::optional<RawTime> m_wanderNext;
    std::mt19937_64 m_random;
    std::normal_distribution<double> m_normal;
};

} // namespace foliot::daemon
