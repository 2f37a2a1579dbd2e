// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The timekeeping core: takes events, says what to do. Pure: opens no socket, reads no clock, draws no random number,
// takes no lock, logs nothing; the same events give the same actions. Driven by the daemon's engine and by the simulator.

#include "sync/action.h"
#include "sync/event.h"
#include "sync/state.h"

#include <memory>
#include <optional>

namespace foliot::sync {

struct SystemOptions {
    bool steer = true;            // false: measure only, clock type "none"
    int minSources = 1;           // how many must agree
    Seconds startStepOver{0.125}; // step at start when the error is larger, STEPT
    bool mayStepAtStart = true;
    Seconds startStepLimit{};  // largest first step; 0: no limit of ours (the clock's keeper has its own)
    Seconds panicOver{1000.0}; // PANICT: later errors beyond this stop the steering
    Seconds maxDistance = ntp::maxDistance;
    double maxExtraRatePpm = 100'000.0;
    Nanoseconds clockPrecision{100}; // how finely the clock can be read
    std::optional<double> driftPpm;  // base frequency learnt before, already found plausible
    double driftUncertaintyPpm = 0.0;
};

class System {
public:
    System(const SystemOptions& options, const Now& start);
    ~System();
    System(System&&) noexcept;
    System& operator=(System&&) noexcept;

    // now must not go back on the raw clock.
    Actions handle(const Event& event, const Now& now);

    // When handle() wants a Wakeup at the latest; absent when only an outside event can bring news.
    std::optional<RawTime> nextWakeup() const;

    State snapshot() const;

private:
    struct Parts;
    std::unique_ptr<Parts> m_parts;
};

} // namespace foliot::sync
