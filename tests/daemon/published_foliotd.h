// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// foliotd on a session bus of the test's, and what people see of it there.

#include "bus/client/data.h"
#include "bus/names.h"
#include "daemon/foliotd_files.h"
#include "support/private_bus.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusReply>

#include <memory>

namespace foliot::tests {

class PublishedFoliotd {
public:
    ~PublishedFoliotd() { QDBusConnection::disconnectFromBus(QStringLiteral("test")); }

    [[nodiscard]] bool startBus()
    {
        m_connection = m_bus.start() ? QDBusConnection::connectToBus(m_bus.address(), QStringLiteral("test"))
                                     : QDBusConnection(QString());
        return m_connection.isConnected();
    }
    QString problem() const { return m_bus.problem(); }
    QStringList environment() const { return m_bus.environment(); } // in which programs find it

    // before: what is put before the program; environment: NAME=VALUE.
    void start(const QString& file, const QStringList& before = {}, const QStringList& environment = {})
    {
        const QStringList command = before + QStringList{QStringLiteral(FOLIOTD), QStringLiteral("--config"), file};
        m_process =
            std::make_unique<ChildProcess>(command.first(), command.sliced(1), m_bus.environment() + environment);
    }
    ChildProcess& process() { return *m_process; }
    pid_t pid() { return static_cast<pid_t>(m_process->process().processId()); }

    // Without a daemon, nothing.
    bus::ClockData clock() const
    {
        auto call = QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath,
            QStringLiteral("org.freedesktop.DBus.Properties"), QStringLiteral("GetAll"));
        call << QString(bus::clockInterface);
        const QDBusReply<QVariantMap> reply = m_connection.call(call);
        return bus::clockFromProperties(bus::nativeProperties(reply.value()));
    }
    // Error: its name.
    QDBusError setServing(bool isServing, bool keep) const
    {
        auto call = QDBusMessage::createMethodCall(
            bus::serviceName, bus::serverPath, bus::serverInterface, QStringLiteral("SetServing"));
        call << isServing << keep;
        return QDBusReply<QStringList>(m_connection.call(call)).error();
    }
    bool isSynchronized() const { return clock().condition == bus::Condition::Synchronized; }

private:
    PrivateBus m_bus;
    QDBusConnection m_connection{QString()};
    std::unique_ptr<ChildProcess> m_process;
};

} // namespace foliot::tests
