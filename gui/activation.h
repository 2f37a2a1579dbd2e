// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One Foliot per session: the first one owns the name of the application on the session bus, a second start asks it to
// come to the front and leaves. Implements org.freedesktop.Application, as the desktop entry specification asks of
// applications that are started over D-Bus.

#include <QDBusConnection>
#include <QObject>
#include <QStringList>
#include <QVariantMap>

namespace foliot::gui {

class Activation : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Application")

public:
    explicit Activation(const QDBusConnection& session, QObject* parent = nullptr);

    // Asks for the name. Answered by becameFirst() or handedOver(), within a second even when the bus is slow.
    void claim();

Q_SIGNALS:
    // This is the application of the session, or there is no session bus to ask.
    void becameFirst();
    // Another one is, and has been asked to show itself.
    void handedOver();
    // Somebody started Foliot again.
    void activated();
    void refreshWanted();

public Q_SLOTS: // org.freedesktop.Application
    // Called by Qt's code for the bus; the names are those of the specification.
    Q_SCRIPTABLE void Activate(const QVariantMap& platformData);
    Q_SCRIPTABLE void Open(const QStringList& uris, const QVariantMap& platformData);
    Q_SCRIPTABLE void ActivateAction(
        const QString& action, const QVariantList& parameter, const QVariantMap& platformData);

private:
    void answer(bool isFirst);
    void handOver();
    static void adoptToken(const QVariantMap& platformData);

    QDBusConnection m_session;
    bool m_isAnswered = false;
};

} // namespace foliot::gui
