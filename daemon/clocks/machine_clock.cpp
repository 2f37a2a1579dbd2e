// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_clock.h"

#include "clock/keeper.h"

namespace foliot::daemon {

MachineReading MachineClock::read() const
{
    return m_oscillator.isRaw() ? readMachine() : readMachineByMonotonic();
}

Now MachineClock::now()
{
    auto reading = read();
    if (!m_oscillator.accepts(reading))
        reading = read();
    const Now now = m_oscillator.place(reading, m_ratePpm);
    m_width = reading.width;
    m_map.add(now, m_ratePpm);
    return now;
}

std::optional<LocalStamp> MachineClock::stamp(const MachineStamp& stamp)
{
    now();
    const auto raw = m_map.rawAt(stamp.real);
    if (!raw)
        return std::nullopt;
    return LocalStamp{.raw = *raw, .real = stamp.real, .origin = stamp.origin, .error = m_width};
}

double MachineClock::baseFrequencyPpm()
{
    timex request{}; // no modes: reads, and needs no privilege
    return ::adjtimex(&request) < 0 ? 0.0 : clock::ppmOf({.frequency = request.freq});
}

void MachineClock::answer(const sync::ClockReport& report)
{
    QMetaObject::invokeMethod(this, [this, report] { Q_EMIT reported(report); }, Qt::QueuedConnection);
}

sync::ClockReport MachineClock::unchanged(sync::ClockFault fault)
{
    const auto moment = now();
    return {.before = moment,
        .after = moment,
        .readingWidth = m_width,
        .baseFrequencyPpm = baseFrequencyPpm(),
        .fault = fault};
}

} // namespace foliot::daemon
