// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/private_session_bus.h"

#include <QDeadlineTimer>

using namespace Qt::StringLiterals;

namespace foliot::tests {

PrivateSessionBus::PrivateSessionBus()
{
    const auto address = u"unix:path=%1/bus"_s.arg(m_folder.path());
    m_daemon = std::make_unique<ChildProcess>(u"dbus-daemon"_s,
        QStringList{u"--session"_s, u"--nofork"_s, u"--nopidfile"_s, u"--print-address"_s, u"--address="_s + address});
    // It prints its address once it listens.
    const QDeadlineTimer deadline(10'000);
    while (m_daemon->isRunning() && !m_daemon->output().contains(u'\n') && !deadline.hasExpired())
        m_daemon->process().waitForReadyRead(static_cast<int>(deadline.remainingTime()));
    if (m_daemon->output().contains(u'\n'))
        m_address = address;
}

QStringList PrivateSessionBus::environment() const
{
    return {u"DBUS_SESSION_BUS_ADDRESS="_s + m_address, u"FOLIOT_BUS=session"_s};
}

} // namespace foliot::tests
