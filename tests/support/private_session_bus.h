// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A session bus of a test's own: a real dbus-daemon that nobody else knows. Ends with the object.

#include "support/child_process.h"

#include <QTemporaryDir>

#include <memory>

namespace foliot::tests {

class PrivateSessionBus {
public:
    PrivateSessionBus();

    // Empty when the bus did not start; output() then says why.
    QString address() const { return m_address; }
    QString output() { return m_daemon->output(); }
    // NAME=VALUE pairs that make a program use this bus, foliotd, foliotctl and the window included.
    QStringList environment() const;
    void stop() { m_daemon->stop(); }

private:
    QTemporaryDir m_folder;
    QString m_address;
    std::unique_ptr<ChildProcess> m_daemon;
};

} // namespace foliot::tests
