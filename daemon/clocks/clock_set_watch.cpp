// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/clock_set_watch.h"

#include <cstdint>
#include <tuple>

#include <sys/timerfd.h>

namespace foliot::daemon {

ClockSetWatch::ClockSetWatch(timespec until, QObject* parent)
    : QObject(parent)
    , m_descriptor(::timerfd_create(CLOCK_REALTIME, TFD_NONBLOCK | TFD_CLOEXEC))
{
    if (!m_descriptor.isValid())
        return;
    arm(until);
    m_notifier = std::make_unique<QSocketNotifier>(m_descriptor.get(), QSocketNotifier::Read);
    connect(m_notifier.get(), &QSocketNotifier::activated, this, &ClockSetWatch::read);
}

void ClockSetWatch::arm(timespec until)
{
    const itimerspec when{.it_interval = {}, .it_value = until};
    ::timerfd_settime(m_descriptor.get(), TFD_TIMER_ABSTIME | TFD_TIMER_CANCEL_ON_SET, &when, nullptr);
}

// ECANCELED is what it waits for.
void ClockSetWatch::read()
{
    std::uint64_t ends = 0;
    std::ignore = ::read(m_descriptor.get(), &ends, sizeof ends);
    arm({.tv_sec = std::numeric_limits<time_t>::max(), .tv_nsec = 0});
    Q_EMIT changed();
}

} // namespace foliot::daemon
