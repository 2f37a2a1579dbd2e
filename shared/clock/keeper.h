// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Keeps the machine's clock: the only code of Foliot that changes it. Used by the helper and by the daemon's `kernel`
// clock. Carries out requests that check() of bounds.h found good, reads back what the kernel made of them, and ends
// every extra rate: at its time, at an end of its own, or, after a crash, when the next keeper starts.

#include "clock/contract.h"

#include <atomic>
#include <string>

#include <sys/timex.h>

namespace foliot::clock {

// How fast the kernel runs the clock, in its own units.
struct Rate {
    std::int64_t frequency = 0; // in 2^-16 ppm
    std::int64_t tick = 10'000; // microseconds in a hundredth of a second: 100 ppm each

    friend bool operator==(const Rate&, const Rate&) = default;
};
// Small rates go by frequency alone; the tick takes what frequency cannot.
Rate rateOf(double baseFrequencyPpm, double extraRatePpm);
double ppmOf(const Rate& rate);

// The adjtimex call that a request amounts to: modes and values, every other field zero.
timex translate(const Request& request);

// The clocks, read within the smallest width of a few tries.
Reading readClocks();

class Keeper {
public:
    // crashFile remembers the base frequency while an extra rate is in force; empty: none, and leftovers are not
    // known. adjust is adjtimex(), but for tests.
    explicit Keeper(std::string crashFile, int (*adjust)(timex*) = ::adjtimex);
    ~Keeper(); // ends the extra rate
    Keeper(const Keeper&) = delete;
    Keeper& operator=(const Keeper&) = delete;

    // Ends an extra rate that a crashed keeper left. Says false when the kernel does not let us.
    bool clearCrash();

    // Stops what another program left running: an unfinished adjtime(), the kernel's own phase-locked loop, a changed
    // tick.
    bool takeOver();

    // Query, Steer, Step and Status; the limits of steps are the caller's to apply.
    Reply carryOut(const Request& request);

    // Back to the base frequency, if an extra rate is in force. May be called in a signal handler.
    void endExtraRate();

    // How long from the last command or call to endExtraRate() until endExtraRate() is due, on CLOCK_MONOTONIC; 0 when
    // there is nothing to end. For who has a timer.
    std::int64_t endsInNs() const { return m_endsInNs; }
    // For who has none: readable when it is due. A descriptor of ours, which is there from the first call on; -1 when
    // the system has no more.
    int timer();

private:
    bool apply(const Rate& rate);
    bool rememberBase();
    void setTai(std::uint16_t taiMinusUtc);
    void endIn(std::int64_t ns);

    const std::string m_crashFile;
    int (*const m_adjust)(timex*);
    std::atomic<int> m_timer = -1;
    std::atomic<std::int64_t> m_endsInNs = 0;
    std::atomic<std::int64_t> m_baseFrequency = 0; // while there is an extra rate
    std::atomic<bool> m_hasExtra = false;
};

} // namespace foliot::clock
