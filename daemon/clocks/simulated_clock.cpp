// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/simulated_clock.h"

#include "clock/bounds.h"
#include "daemon/clocks/machine_reading.h"

#include <cmath>

namespace foliot::daemon {

SimulatedClock::SimulatedClock(const config::Simulation& settings, QObject* parent)
    : Clock(parent)
    , m_clock(settings, readMachineClocks())
{}

Now SimulatedClock::readMachineClocks()
{
    const auto reading = readMachine();
    m_width = reading.width;
    m_map.add(reading.now);
    return reading.now;
}

Now SimulatedClock::now()
{
    return m_clock.at(readMachineClocks());
}

std::optional<LocalStamp> SimulatedClock::stamp(const MachineStamp& stamp)
{
    readMachineClocks();
    const auto machineRaw = m_map.rawAt(stamp.real);
    if (!machineRaw)
        return std::nullopt;
    const auto reading = m_clock.past(*machineRaw);
    if (!reading)
        return std::nullopt;
    return LocalStamp{.raw = reading->raw, .real = reading->real, .origin = stamp.origin, .error = m_width};
}

void SimulatedClock::steer(const sync::ClockCommand& command)
{
    const Now machine = readMachineClocks();
    const Now before = m_clock.at(machine);
    const bool isBounded = std::abs(command.baseFrequencyPpm) <= clock::maxBaseFrequencyPpm &&
                           std::abs(command.extraRatePpm) <= clock::maxExtraRatePpm &&
                           command.extraFor >= Nanoseconds::zero() &&
                           command.extraFor <= Nanoseconds(clock::maxExtraForNs);
    if (isBounded)
        m_clock.steer(command.baseFrequencyPpm, command.extraRatePpm, command.extraFor, machine.raw);
    report(before, {}, isBounded ? sync::ClockFault::None : sync::ClockFault::OutOfBounds);
}

void SimulatedClock::step(const sync::StepClock& step)
{
    const Now machine = readMachineClocks();
    const Now before = m_clock.at(machine);
    m_clock.steer(m_clock.baseFrequencyPpm(), 0.0, {}, machine.raw);
    m_clock.step(step.offset, machine.raw);
    report(before, step.offset, sync::ClockFault::None);
}

void SimulatedClock::report(const Now& before, Nanoseconds stepped, sync::ClockFault fault)
{
    const sync::ClockReport report{.before = before,
        .after = now(),
        .readingWidth = m_width,
        .baseFrequencyPpm = m_clock.baseFrequencyPpm(),
        .extraRatePpm = m_clock.extraRatePpm(),
        .stepped = stepped,
        .fault = fault};
    // After the caller is done with the action that this answers.
    QMetaObject::invokeMethod(this, [this, report] { Q_EMIT reported(report); }, Qt::QueuedConnection);
}

} // namespace foliot::daemon
