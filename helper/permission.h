// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks a person, through polkit, for one step beyond the limits. The daemon only names the person's program on the
// bus; polkit asks whoever sits before it for an administrator's password, so a daemon gone bad can ask but not answer.

#include <QObject>

namespace foliot::helper {

class Permission : public QObject {
    Q_OBJECT
public:
    using QObject::QObject;

    // Answered by one decided(), perhaps minutes later. False while another question is open.
    bool ask(const QString& person, qint64 limitNs);

Q_SIGNALS:
    void decided(bool granted);

private:
    void askPolkit(const QString& person, qint64 limitNs);
    void decide(bool granted);

    bool m_isAsking = false;
};

} // namespace foliot::helper
