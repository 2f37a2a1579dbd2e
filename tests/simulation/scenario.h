// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is simulated: a clock, a network, its servers, what happens when; and what must hold of the outcome.

#include "simulation/network.h"
#include "simulation/oscillator.h"
#include "simulation/outcome.h"
#include "simulation/virtual_server.h"
#include "sync/source_options.h"
#include "sync/system.h"

#include <string>
#include <variant>
#include <vector>

namespace foliot::simulation {

// A time in which the clock is not at our command.
struct ClockTrouble {
    enum class Kind {
        NotPermitted,
        Fails,
        StepsRefused, // by the clock's keeper
        ReportLost,   // it does what it is told, and says nothing
    };
    Kind kind = Kind::NotPermitted;
    Span when;
};

struct ClockSpec {
    double offset = 0.01; // clock minus true time at the start, s
    OscillatorSpec oscillator;
    double commandLatency = 100e-6; // from a command to its doing, s
    std::vector<ClockTrouble> troubles;
};

struct SourceSpec {
    sync::SourceOptions options{.minPoll = 6, .maxPoll = 6};
    ServerSpec server;
    PathSpec there;
    PathSpec back;
    bool xleave = false; // asked in interleaved mode
};

// Happenings.
struct ClockSetByOthers {
    double by = 0.0; // s
};
struct Sleep {
    double seconds = 0.0;
    double batteryClockError = 0.0;
};
// All clocks of a virtual machine stand still.
struct Pause {
    double seconds = 0.0;
};
// adjtime, as another program may call it.
struct ClockSlewedByOthers {
    double by = 0.0; // s
};
struct FrequencySetByOthers {
    double ppm = 0.0;
};
struct NetworkReturns {};
struct PersonRefreshes {};
struct PersonSteps {
    double limit = 0.0;
};
struct Happening {
    double at = 0.0;
    std::variant<ClockSetByOthers, ClockSlewedByOthers, FrequencySetByOthers, Sleep, Pause, NetworkReturns,
        PersonRefreshes, PersonSteps>
        what;
};

struct Scenario {
    std::string name;
    RealTime epoch{std::chrono::sys_days(std::chrono::year(2026) / 3 / 1).time_since_epoch()};
    LeapSecond leap;
    ntp::LeapSeconds leapList; // that the System is told of
    ClockSpec clock;
    std::vector<SourceSpec> sources; // their ids are 1, 2, ...
    sync::SystemOptions system;
    std::vector<Happening> happenings;
    double duration = 100'000.0;
    double watchedFrom = 0.0;       // how soon the clock is right counts from here
    double settledAfter = 25'000.0; // statistics from here
    double rmsWithin = 0.0;         // claimed: the error once settled, s; 0: half as much again as the oracle's
    // Somebody did something to the clock, and no packet has come since that could tell: no claim is held against the System.
    std::vector<Span> unknowable;
    // A constant difference of the paths is beyond what the uncertainty promises; the bound holds all the same.
    bool pathsDiffer = false;
};

// `count` sources alike.
std::vector<SourceSpec> alike(int count, const SourceSpec& source);

// Same jitter each way, exponential, on top of 1 ms.
SourceSpec sourceWithJitter(double jitter, int poll = 6);

} // namespace foliot::simulation
