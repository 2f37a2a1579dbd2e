// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The machine's clocks: real, monotonic and raw, driven by the oscillator and adjusted as the kernel adjusts them. Kept
// as deviations from true time so that doubles hold a month to a picosecond.

#include "ntp/time.h"

namespace foliot::simulation {

class VirtualClock {
public:
    // offset: real time minus true time at the start. epoch: true time at the start.
    VirtualClock(RealTime epoch, double offset, double oscillatorError);

    // true seconds since the start
    double trueTime() const { return m_true; }
    double error() const { return m_real; }                                     // real minus true
    double rate() const { return (1.0 + m_oscillator) * (1.0 + m_adjustment); } // of real and monotonic time
    double monotonic() const { return m_true + m_monotonic; }
    double raw() const { return m_true + m_raw; }
    Now now() const;
    RealTime trueReal(double trueTime) const;

    void advance(double trueSeconds);
    void setOscillatorError(double error) { m_oscillator = error; }

    // The kernel's adjustments. Frequencies come back as the kernel keeps them, in units of 2^-16 ppm.
    double setBaseFrequency(double ppm);
    double setExtraRate(double ppm);
    void step(double seconds) { m_real += seconds; }
    double baseFrequencyPpm() const { return m_base * 1e6; }
    double extraRatePpm() const { return m_extra * 1e6; }

    // The machine sleeps: raw and monotonic stand still, real and boot time go on, with an error of the battery clock.
    void sleep(double trueSeconds, double error);

private:
    RealTime m_epoch;
    double m_true = 0.0;
    double m_real;
    double m_monotonic = 0.0;
    double m_raw = 0.0;
    double m_slept = 0.0;
    double m_oscillator;
    double m_base = 0.0;
    double m_extra = 0.0;
    double m_adjustment = 0.0;
};

} // namespace foliot::simulation
