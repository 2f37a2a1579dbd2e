// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The machine's clocks: real, monotonic and raw, driven by the oscillator and adjusted as the kernel adjusts them: by
// tick, frequency, phase-locked loop and adjtime, by steps and by leap seconds. Kept as deviations from true time so that
// doubles hold a month to a picosecond.

#include "ntp/time.h"

#include <cstdint>

namespace foliot::simulation {

class VirtualClock {
public:
    // offset: real time minus true time at the start. epoch: true time at the start.
    VirtualClock(RealTime epoch, double offset, double oscillatorError);

    // true seconds since the start
    double trueTime() const { return m_true; }
    double error() const { return m_real - m_utc; } // real minus true
    // Of real and monotonic time against true time.
    double rate() const { return (1.0 + m_oscillator) * m_adjustment; }
    double monotonic() const { return m_true + m_monotonic; }
    double raw() const { return m_true + m_raw; }
    Now now() const;
    // When a timer ends, unless the rate changes before.
    double trueTimeOfMonotonic(double monotonic) const { return m_true + (monotonic - this->monotonic()) / rate(); }
    RealTime trueReal(double trueTime) const; // of a moment since the last leap second

    void advance(double trueSeconds);
    void setOscillatorError(double error) { m_oscillator = error; }
    // Another true second has begun: the loop and adjtime spend what is left to them, the kernel doubts more.
    void beginSecond();

    // adjtimex. Each acts at once.
    void setTick(std::int64_t tick);           // us per hundredth of a second, 9000 to 11 000
    void setFrequency(std::int64_t frequency); // 2^-16 ppm, clamped to +-500 ppm
    void step(double seconds) { m_real += seconds; }
    // adjtime: a new request replaces what is left of the one before.
    void slewBy(double seconds) { m_single = seconds; }
    // ADJ_OFFSET while the kernel's loop is on. sinceLast: seconds from the update before.
    enum class Loop { Phase, Frequency };
    void setPhase(double offset, int timeConstant, double sinceLast, Loop loop);
    void setMaxError(double seconds) { m_maxError = seconds; }
    // At the end of the UTC day: 1 inserts a second, -1 leaves one out, 0 does neither.
    // Whoever asks for one has to ask for none before the kernel does a second one.
    void setLeap(int seconds);

    std::int64_t tick() const { return m_tick; }
    std::int64_t frequency() const { return m_frequency; }
    double maxError() const { return m_maxError; }
    int leap() const { return m_leap; }
    // Real time until the leap second that is due takes effect, s.
    double untilLeap() const;
    void leapNow();

    // UTC itself leaps.
    void leapTruly(int seconds) { m_utc -= seconds; }

    // The machine sleeps: raw and monotonic stand still, real and boot time go on, with an error of the battery clock.
    void sleep(double trueSeconds, double error);
    // Whoever runs the virtual machine holds it: all its clocks stand still.
    void pause(double trueSeconds);

private:
    void adjust();

    RealTime m_epoch;
    double m_true = 0.0;
    double m_real;
    double m_utc = 0.0; // what leap seconds took from true time since the start
    double m_monotonic = 0.0;
    double m_raw = 0.0;
    double m_slept = 0.0;
    double m_oscillator;

    std::int64_t m_tick = 10'000;
    std::int64_t m_frequency = 0;
    double m_phase = 0.0; // left to the loop
    int m_timeConstant = 0;
    double m_slew = 0.0;       // of the loop, in force this second
    double m_single = 0.0;     // left to adjtime
    double m_singleRate = 0.0; // of adjtime, in force this second, us/s
    double m_adjustment = 1.0;
    double m_maxError = 16.0;
    int m_leap = 0;
    bool m_hasLeapt = false;
};

// What a clock's keeper sets for a base frequency and an extra rate: by frequency while that reaches, else by tick and
// the rest.
struct KernelRate {
    std::int64_t tick = 10'000;
    std::int64_t frequency = 0;
};
KernelRate kernelRate(double baseFrequencyPpm, double extraRatePpm);
double ppmOf(const KernelRate& rate);

} // namespace foliot::simulation
