// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/virtual_clock.h"

#include <algorithm>
#include <cmath>

namespace foliot::simulation {

namespace {

constexpr Nanoseconds rawAtStart = std::chrono::seconds(1000);

// Readings are whole nanoseconds. The true part is rounded by itself first so that the deviation keeps its precision.
Nanoseconds rounded(double trueTime, double deviation)
{
    const double whole = std::floor(trueTime);
    return std::chrono::seconds(std::llround(whole)) + Nanoseconds(std::llround((trueTime - whole + deviation) * 1e9));
}

double quantized(double ppm)
{
    return std::round(ppm * 65536.0) / 65536.0 * 1e-6;
}

} // namespace

VirtualClock::VirtualClock(RealTime epoch, double offset, double oscillatorError)
    : m_epoch(epoch)
    , m_real(offset)
    , m_oscillator(oscillatorError)
{}

Now VirtualClock::now() const
{
    return {.raw = RawTime(rawAtStart + rounded(m_true, m_raw)),
        .boot = BootTime(rawAtStart + rounded(m_true, m_monotonic + m_slept)),
        .real = m_epoch + rounded(m_true, m_real)};
}

RealTime VirtualClock::trueReal(double trueTime) const
{
    return m_epoch + rounded(trueTime, 0.0);
}

void VirtualClock::advance(double trueSeconds)
{
    const double gained = trueSeconds * (rate() - 1.0);
    m_true += trueSeconds;
    m_real += gained;
    m_monotonic += gained;
    m_raw += trueSeconds * m_oscillator;
}

double VirtualClock::setBaseFrequency(double ppm)
{
    m_base = quantized(std::clamp(ppm, -500.0, 500.0));
    m_adjustment = m_base + m_extra;
    return m_base * 1e6;
}

double VirtualClock::setExtraRate(double ppm)
{
    m_extra = quantized(std::clamp(ppm, -100'000.0, 100'000.0));
    m_adjustment = m_base + m_extra;
    return m_extra * 1e6;
}

void VirtualClock::sleep(double trueSeconds, double error)
{
    m_true += trueSeconds;
    m_real += error;
    m_slept += trueSeconds + error;
    m_monotonic -= trueSeconds;
    m_raw -= trueSeconds;
}

} // namespace foliot::simulation
