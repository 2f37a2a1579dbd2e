// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// People on a test's system bus: connections of any user, and the program that shows them polkit's password dialog.

#include "bus/connection.h"

#include <QDBusMessage>
#include <QDBusVirtualObject>

namespace foliot::tests {

// A connection of that user; needs root.
QDBusConnection connectAs(uint user, const bus::BusChoice& choice);

// Registered for this process, it hears what polkit wants asked, and answers when the test says so.
class PolkitAgent : public QDBusVirtualObject {
    Q_OBJECT
public:
    // A connection of root's.
    explicit PolkitAgent(const QDBusConnection& connection);
    ~PolkitAgent() override;

    [[nodiscard]] bool registerWithPolkit();

    // The person gives the right password: what polkit's own helper says as root.
    void succeed();

    QStringList actions() const;  // of the open dialogs
    QStringList messages() const; // what they say
    int cancelled() const { return m_cancelled; }

    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage& message, const QDBusConnection& connection) override;

private:
    QStringList argumentOfEach(qsizetype index) const;
    bool tellPolkit(const QString& member, const QVariantList& arguments);

    QDBusConnection m_connection;
    QList<QDBusMessage> m_asked;
    int m_cancelled = 0;
};

} // namespace foliot::tests
