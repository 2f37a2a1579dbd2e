// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One object on the bus. Holds its interface's properties as dynamic properties, where the generated adaptor reads them,
// and says what changed: QtDBus does not send PropertiesChanged by itself. What is read is always what was announced
// last, so nobody who follows the signals has to read again.

#include "bus/types.h" // the generated adaptor needs them

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusMessage>
#include <QObject>
#include <QVariantMap>

#include <optional>

namespace foliot::daemon {

class CallBudget;

class PublishedObject : public QObject, public QDBusContext {
    Q_OBJECT
public:
    PublishedObject(
        const QString& path, QLatin1StringView interface, const QVariantMap& properties, QObject* parent = nullptr);

    const QString& path() const { return m_path; }
    const QVariantMap& properties() const { return m_properties; }

    // What calls of this object may take, together with those of others. It outlives this.
    void limitCalls(CallBudget& budget) { m_budget = &budget; }

    // Calls arrive as events. To those beyond the budget QtDBus gives an error, UnknownObject: which call an event is, QtDBus
    // alone knows, so that no other can be given without carrying the call out.
    bool event(QEvent* event) override;

    // Makes the object known on a bus. False when the path is taken there.
    [[nodiscard]] bool registerOn(QDBusConnection connection);
    void unregisterFrom(QDBusConnection connection);

    // Takes new values. Returns the signal that announces those that differ; nothing when none does.
    [[nodiscard]] std::optional<QDBusMessage> take(const QVariantMap& properties);

private:
    QString m_path;
    QString m_interface;
    QVariantMap m_properties;
    CallBudget* m_budget = nullptr;
};

} // namespace foliot::daemon
