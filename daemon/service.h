// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Tells systemd how the daemon is (Type=notify) and keeps its watchdog content. Does nothing when nobody asked for it.
// The protocol is one datagram, so libsystemd is not needed for it: sd_notify(3). Unlike that function nothing here waits:
// a manager that does not listen must not stop the clock's keeper.

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
    void sendWaiting();
    // False when the manager's queue is full.
    bool send(const QByteArray& message) const;

    QByteArray m_socket;
    QString m_lastStatus;
    QTimer m_watchdog;
    QByteArrayList m_waiting; // what the manager has not taken yet
    QTimer m_retry;
};

} // namespace foliot::daemon
