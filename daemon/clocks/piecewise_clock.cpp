// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/piecewise_clock.h"

#include "clock/bounds.h"

#include <algorithm>
#include <cmath>

using namespace std::chrono_literals;

namespace foliot::daemon {

namespace {

// Stamps come back within a second; the rest is for a machine that had something else to do.
constexpr Nanoseconds history = 10s;

constexpr Nanoseconds leastSleep = 100ms;

Nanoseconds scaled(Nanoseconds duration, double slopeBeyondOne)
{
    // One and the rest apart: a double does not hold nanoseconds of many days.
    return duration + std::chrono::duration_cast<Nanoseconds>(duration * slopeBeyondOne);
}

} // namespace

PiecewiseClock::PiecewiseClock(const config::Simulation& settings, const Now& machine)
    : m_errorPpm(settings.frequencyPpm)
    , m_wanderPpm(settings.wanderPpm)
    , m_random(settings.seed)
{
    const auto offset = std::chrono::duration_cast<Nanoseconds>(settings.offset);
    m_bootMinusReal = machine.boot.time_since_epoch() - (machine.real + offset).time_since_epoch();
    m_lastMachine = machine;
    m_pieces.push_back({.from = machine.raw, .raw = machine.raw, .real = machine.real + offset});
    begin(machine.raw);
    if (m_wanderPpm > 0)
        m_wanderNext = machine.raw + 1s;
}

RawTime PiecewiseClock::rawOn(const Piece& piece, RawTime machineRaw)
{
    return piece.raw + scaled(machineRaw - piece.from, piece.rawSlope - 1.0);
}

RealTime PiecewiseClock::realOn(const Piece& piece, RawTime machineRaw)
{
    return piece.real + scaled(machineRaw - piece.from, piece.realSlope - 1.0);
}

// A new piece with the rates in force now.
void PiecewiseClock::begin(RawTime machineRaw, Nanoseconds step)
{
    const auto& last = m_pieces.back();
    const double oscillator = 1.0 + m_errorPpm * 1e-6;
    const double steered = 1.0 + (m_basePpm + m_extraPpm) * 1e-6;
    m_pieces.push_back({.from = machineRaw,
        .raw = rawOn(last, machineRaw),
        .real = realOn(last, machineRaw) + step,
        .rawSlope = oscillator,
        .realSlope = oscillator * steered});
    while (m_pieces.size() > 1 && m_pieces.at(1).from < machineRaw - history)
        m_pieces.pop_front();
}

// Brings about everything that happens by itself until then, in its order.
void PiecewiseClock::advance(RawTime machineRaw)
{
    for (;;) {
        const bool extraIsNext = m_extraEnds && (!m_wanderNext || *m_extraEnds <= *m_wanderNext);
        const auto next = extraIsNext ? m_extraEnds : m_wanderNext;
        if (!next || *next > machineRaw)
            return;
        const auto moment = *next;
        if (extraIsNext) {
            m_extraPpm = 0.0;
            m_extraEnds.reset();
        } else {
            m_errorPpm += m_wanderPpm * m_normal(m_random);
            m_wanderNext = moment + 1s;
        }
        begin(moment);
    }
}

Now PiecewiseClock::at(const Now& machine)
{
    advance(machine.raw);
    // What the machine slept, we slept, and like its clock ours has gone on meanwhile. Its boot time then gains on its
    // oscillator more than any slew could make it.
    const auto onOscillator = machine.raw - m_lastMachine.raw;
    const auto gained = machine.boot - m_lastMachine.boot - onOscillator;
    if (gained > leastSleep + std::chrono::duration_cast<Nanoseconds>(onOscillator * clock::fastestSlew))
        begin(machine.raw, gained);
    m_lastMachine = machine;
    const auto& piece = m_pieces.back();
    const auto real = realOn(piece, machine.raw);
    // Boot time is slewed with the clock and not stepped with it, as the kernel's is.
    return {
        .raw = rawOn(piece, machine.raw), .boot = BootTime(real.time_since_epoch() + m_bootMinusReal), .real = real};
}

std::optional<PiecewiseClock::Reading> PiecewiseClock::past(RawTime machineRaw) const
{
    const auto piece = std::find_if(
        m_pieces.rbegin(), m_pieces.rend(), [&](const Piece& candidate) { return candidate.from <= machineRaw; });
    if (piece == m_pieces.rend())
        return std::nullopt;
    return Reading{.raw = rawOn(*piece, machineRaw), .real = realOn(*piece, machineRaw)};
}

void PiecewiseClock::steer(double baseFrequencyPpm, double extraRatePpm, Nanoseconds extraFor, RawTime machineRaw)
{
    advance(machineRaw);
    m_basePpm = baseFrequencyPpm;
    m_extraPpm = extraFor > 0ns ? extraRatePpm : 0.0;
    m_extraEnds.reset();
    if (m_extraPpm != 0.0) {
        const double rate = (1.0 + m_errorPpm * 1e-6) * (1.0 + (m_basePpm + m_extraPpm) * 1e-6);
        m_extraEnds = machineRaw + scaled(extraFor, 1.0 / rate - 1.0);
    }
    begin(machineRaw);
}

void PiecewiseClock::step(Nanoseconds offset, RawTime machineRaw)
{
    advance(machineRaw);
    m_bootMinusReal -= offset;
    begin(machineRaw, offset);
}

} // namespace foliot::daemon
