// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/none_clock.h"

#include "clock/bounds.h"
#include "clock/keeper.h"
#include "daemon/clocks/machine_reading.h"

#include <algorithm>

namespace foliot::daemon {

namespace {

// Whoever keeps the clock may slew it by tick.
constexpr double fastestMachinePpm = clock::maxBaseFrequencyPpm + clock::maxExtraRatePpm;

} // namespace

Now NoneClock::now()
{
    const auto reading = readMachine();
    m_width = std::max(m_width, reading.width);
    m_map.add(reading.now, fastestMachinePpm);
    return reading.now;
}

std::optional<LocalStamp> NoneClock::stamp(const MachineStamp& stamp)
{
    now();
    const auto raw = m_map.rawAt(stamp.real);
    if (!raw)
        return std::nullopt;
    return LocalStamp{.raw = *raw, .real = stamp.real, .origin = stamp.origin, .error = m_width};
}

double NoneClock::baseFrequencyPpm()
{
    timex request{}; // no modes: reads, and needs no privilege
    return ::adjtimex(&request) < 0 ? 0.0 : static_cast<double>(request.freq) / 65536.0;
}

void NoneClock::refuse()
{
    const auto moment = now();
    const sync::ClockReport report{.before = moment,
        .after = moment,
        .readingWidth = m_width,
        .baseFrequencyPpm = baseFrequencyPpm(),
        .fault = sync::ClockFault::NotPermitted};
    QMetaObject::invokeMethod(this, [this, report] { Q_EMIT reported(report); }, Qt::QueuedConnection);
}

} // namespace foliot::daemon
