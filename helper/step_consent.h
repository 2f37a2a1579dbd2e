// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks a person, through polkit, for one step beyond the limits. The daemon only names the person's program on the
// bus; polkit asks whoever sits before it for an administrator's password, so a daemon gone bad can ask but not answer.

#include <QDBusConnection>
#include <QDBusServiceWatcher>

namespace foliot::helper {

class StepConsent : public QObject {
    Q_OBJECT
public:
    StepConsent();

    // Answered by one decided(), perhaps minutes later; at once when their program goes. mayInteract: polkit may ask for
    // a password. False while another question is open.
    bool ask(const QString& person, bool mayInteract, qint64 limitNs);

Q_SIGNALS:
    void decided(bool granted);

private:
    void askPolkit(const QString& person, bool mayInteract, qint64 limitNs);
    void programGone();
    void decide(bool granted);

    bool m_isAsking = false;
    QString m_question; // polkit's name of it, while it is asked
    unsigned m_questions = 0;
    QDBusServiceWatcher m_watcher{QString(), QDBusConnection::systemBus(), QDBusServiceWatcher::WatchForUnregistration};
};

} // namespace foliot::helper
