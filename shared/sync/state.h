// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A snapshot of all that the System knows, as of the last event. The publisher puts it on D-Bus, the server answers
// from it, the simulator compares it with the truth.

#include "ntp/kiss.h"
#include "ntp/measurement.h"
#include "ntp/rejection.h"
#include "sync/clock_command.h"
#include "sync/source_id.h"
#include "sync/verdict.h"

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

namespace foliot::sync {

enum class Condition : std::uint8_t {
    Starting, // no claim yet
    Synchronized,
    Holdover,      // was synchronized; no usable source now; the bound grows
    NoMajority,    // sources answer and disagree
    TooFewSources, // those that agree are fewer than the configuration wants, or the one that it requires is missing
    Unreachable,   // no source answers
    NoSources,     // none configured
    StepRefused,   // the error is over the limit: steering stopped until a person decides
    ClockFailed,   // the clock cannot be steered
};
std::string_view conditionWord(Condition condition);

// An interval of offsets relative to our clock; the truth is inside if the source tells the truth.
struct Interval {
    Seconds low{};
    Seconds high{};

    friend bool operator==(const Interval&, const Interval&) = default;
};

// How the square of the uncertainty's random part grows with age, in seconds: constant + linear t + quadratic t^2 +
// cubic t^3.
struct UncertaintyGrowth {
    double constant = 0.0;
    double linear = 0.0;
    double quadratic = 0.0;
    double cubic = 0.0;

    friend bool operator==(const UncertaintyGrowth&, const UncertaintyGrowth&) = default;
};

// The clock against UTC. Offset is UTC minus clock: positive when the clock is behind. All numbers hold at `at` and
// grow as the functions below say.
struct SystemEstimate {
    RawTime at;
    Seconds offset{};
    Seconds uncertainty{}; // holds |UTC - clock| 99.9 % of the time, paths symmetric beyond what was learnt
    UncertaintyGrowth uncertaintyGrowth;
    Seconds bound{};                                    // |offset| + root distance: holds whatever the asymmetry
    double frequencyPpm = 0.0;                          // base frequency in force
    double frequencyUncertaintyPpm = 0.0;               // one standard deviation
    double boundGrowthPpm = ntp::frequencyTolerancePpm; // how fast the bound grows without a new sample
    Seconds jitter{};
    Seconds rootDelay{};
    Seconds rootDispersion{};
    std::uint8_t stratum = ntp::maxStratum; // ours; 16 when unsynchronized
    std::uint32_t referenceId = 0;
    RealTime referenceTime; // when the clock was last corrected
    ntp::LeapIndicator leap = ntp::LeapIndicator::Unsynchronized;

    friend bool operator==(const SystemEstimate&, const SystemEstimate&) = default;
};

// The two honest numbers at a later moment, if no sample comes in between.
Seconds boundAt(const SystemEstimate& estimate, RawTime when);
Seconds uncertaintyAt(const SystemEstimate& estimate, RawTime when);

struct SourceState {
    SourceId source;
    Verdict verdict = Verdict::Waiting;
    Reason reason = Reason::FirstSamplesPending;
    std::uint8_t reach = 0; // shift register, lowest bit is the newest query
    int pollExponent = 6;
    std::uint64_t queries = 0;
    std::uint64_t accepted = 0;
    std::array<std::uint64_t, ntp::allRejections.size()> rejected{}; // indexed like allRejections
    std::optional<ntp::Kiss> lastKiss;
    std::optional<ntp::Measurement> last; // as received
    std::optional<BootTime> lastAnswerAt;
    // The filter's estimate, present once there is a usable sample. All relative to our clock at State::asOf.
    bool hasEstimate = false;
    Seconds offset{};            // source minus clock
    Seconds offsetUncertainty{}; // one standard deviation
    double frequencyPpm = 0.0;   // source against the bare oscillator, which no correction moves
    Seconds delay{};
    Seconds jitter{};
    Seconds rootDistance{};
    std::optional<Interval> correctness; // what selection intersected

    friend bool operator==(const SourceState&, const SourceState&) = default;
};

// A leap second that is due or was the last.
struct LeapMoment {
    ntp::LeapIndicator leap = ntp::LeapIndicator::None; // InsertSecond or DeleteSecond
    RealTime midnight;                                  // UTC, the end of its day
    RawTime at;                                         // when UTC leaps
    bool isPast = false;

    friend bool operator==(const LeapMoment&, const LeapMoment&) = default;
};

struct State {
    Now asOf;
    Condition condition = Condition::Starting;
    ClockFault clockFault = ClockFault::None;
    bool steering = false; // commands go to the clock
    SystemEstimate estimate;
    std::optional<Interval> agreement; // where the truechimers' intervals meet, relative to our clock
    std::optional<SourceId> selected;
    std::optional<LeapMoment> leap; // of UTC: a source that smears it has none
    std::optional<int> taiMinusUtc; // s, as the kernel is told; absent while unsynchronized, or without a list
    double extraRatePpm = 0.0;      // in force at asOf
    std::uint32_t steps = 0;
    Nanoseconds lastStep{};
    std::optional<Nanoseconds> refusedStep; // with StepRefused
    std::vector<SourceState> sources;       // by id

    friend bool operator==(const State&, const State&) = default;
};

} // namespace foliot::sync
