// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/virtual_clock.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace foliot::simulation {

namespace {

constexpr Nanoseconds rawAtStart = std::chrono::seconds(1000);
constexpr std::int64_t nominalTick = 10'000;
constexpr double unitsPerPpm = 65'536.0;
constexpr double mostFrequencyPpm = 500.0;
constexpr double ppmPerTick = 100.0;
constexpr double adjtimeRate = 500e-6; // s/s
constexpr double doubtRate = 500e-6;   // s/s
constexpr double loopShift = 4.0;      // 2 to the power of SHIFT_PLL

// Readings are whole nanoseconds. The true part is rounded by itself first so that the deviation keeps its precision.
Nanoseconds rounded(double trueTime, double deviation)
{
    const double whole = std::floor(trueTime);
    return std::chrono::seconds(std::llround(whole)) + Nanoseconds(std::llround((trueTime - whole + deviation) * 1e9));
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
    return m_epoch + rounded(trueTime, m_utc);
}

void VirtualClock::advance(double trueSeconds)
{
    const double gained = trueSeconds * (rate() - 1.0);
    m_true += trueSeconds;
    m_real += gained;
    m_monotonic += gained;
    m_raw += trueSeconds * m_oscillator;
}

void VirtualClock::beginSecond()
{
    m_slew = m_phase / (loopShift * std::exp2(m_timeConstant));
    m_phase -= m_slew;
    const double spent = std::clamp(m_single, -adjtimeRate, adjtimeRate);
    m_singleRate = spent * 1e6;
    m_single -= spent;
    m_maxError += doubtRate;
    adjust();
}

void VirtualClock::setTick(std::int64_t tick)
{
    m_tick = std::clamp<std::int64_t>(tick, nominalTick * 9 / 10, nominalTick * 11 / 10);
    adjust();
}

void VirtualClock::setFrequency(std::int64_t frequency)
{
    constexpr auto most = static_cast<std::int64_t>(mostFrequencyPpm * unitsPerPpm);
    m_frequency = std::clamp(frequency, -most, most);
    adjust();
}

void VirtualClock::setPhase(double offset, int timeConstant, double sinceLast, Loop loop)
{
    constexpr double leastFrequencyLoop = 256.0;
    constexpr double mostPhaseLoop = 2048.0;
    m_phase = offset;
    m_timeConstant = timeConstant;
    const double damping = 4.0 * loopShift * std::exp2(timeConstant);
    double change = offset * sinceLast / (damping * damping);
    if ((loop == Loop::Frequency && sinceLast >= leastFrequencyLoop) || sinceLast > mostPhaseLoop)
        change += offset / (4.0 * sinceLast);
    setFrequency(m_frequency + std::llround(change * 1e6 * unitsPerPpm));
}

void VirtualClock::setLeap(int seconds)
{
    m_hasLeapt = m_hasLeapt && seconds != 0;
    m_leap = m_hasLeapt ? 0 : seconds;
}

double VirtualClock::untilLeap() const
{
    using namespace std::chrono;
    const RealTime real = now().real;
    const auto midnight = floor<days>(real.time_since_epoch()) + days(1);
    // An inserted second repeats the last one of the day, so it begins at midnight; one left out is the last one.
    const auto at = midnight - (m_leap < 0 ? seconds(1) : seconds(0));
    const Seconds left = at - real.time_since_epoch();
    return left.count() >= 0.0 ? left.count() : left.count() + 86'400.0;
}

void VirtualClock::leapNow()
{
    m_real -= m_leap;
    m_leap = 0;
    m_hasLeapt = true;
}

void VirtualClock::sleep(double trueSeconds, double error)
{
    m_true += trueSeconds;
    m_real += error;
    m_slept += trueSeconds + error;
    m_monotonic -= trueSeconds;
    m_raw -= trueSeconds;
}

void VirtualClock::pause(double trueSeconds)
{
    m_true += trueSeconds;
    m_real -= trueSeconds;
    m_monotonic -= trueSeconds;
    m_raw -= trueSeconds;
}

void VirtualClock::adjust()
{
    m_adjustment = static_cast<double>(m_tick) / static_cast<double>(nominalTick) +
                   static_cast<double>(m_frequency) / (unitsPerPpm * 1e6) + m_slew + m_singleRate / 1e6;
}

KernelRate kernelRate(double baseFrequencyPpm, double extraRatePpm)
{
    const double total = baseFrequencyPpm + extraRatePpm;
    const std::int64_t ticks = std::abs(total) > mostFrequencyPpm ? std::llround(total / ppmPerTick) : 0;
    const double rest = total - static_cast<double>(ticks) * ppmPerTick;
    return {.tick = nominalTick + ticks, .frequency = std::llround(rest * unitsPerPpm)};
}

double ppmOf(const KernelRate& rate)
{
    return static_cast<double>(rate.tick - nominalTick) * ppmPerTick +
           static_cast<double>(rate.frequency) / unitsPerPpm;
}

} // namespace foliot::simulation
