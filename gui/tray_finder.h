// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Waits for a notification area. At login it may come later than we do, and Qt looks for it only once.

#include <QDBusConnection>
#include <QDBusServiceWatcher>
#include <QObject>

namespace foliot::gui {

class TrayFinder : public QObject {
    Q_OBJECT

public:
    explicit TrayFinder(const QDBusConnection& session, QObject* parent = nullptr);

    void look();

Q_SIGNALS:
    // Comes once.
    void found();
    // There was none after a while. It may still be found later.
    void missing();

private Q_SLOTS:
    void ask();

private:
    void conclude();

    QDBusConnection m_session;
    QDBusServiceWatcher m_watcher;
    bool m_isFound = false;
};

} // namespace foliot::gui
