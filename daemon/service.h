// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tells systemd how the daemon is (Type=notify) and keeps its watchdog content. Does nothing when nobody asked for it.
// The protocol is one datagram, so libsystemd is not needed for it: sd_notify(3).

#include <QObject>
#include <QTimer>

namespace foliot::daemon {

class Service : public QObject {
    Q_OBJECT
public:
    // Reads NOTIFY_SOCKET, WATCHDOG_USEC and WATCHDOG_PID.
    explicit Service(QObject* parent = nullptr);

    void ready();
    void reloading();
    void stopping();
    // One line for `systemctl status`.
    void status(const QString& sentence);

private:
    void notify(const QByteArray& message);

    QByteArray m_socket;
    QString m_lastStatus;
    QTimer m_watchdog;
};

} // namespace foliot::daemon
