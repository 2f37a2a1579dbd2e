// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Who may change something. Asked by ClockObject for each request, answered later; timekeeping never waits for it.

#include <QDBusConnection>
#include <QDBusMessage>
#include <QObject>

#include <expected>
#include <functional>

namespace foliot::daemon {

// One polkit action each.
enum class Permission : quint8 { ManageSources, Refresh, StepClock, ServeTime, ListClients };
QString polkitAction(Permission permission);

// Why a request is refused.
struct Refusal {
    QString text; // for the caller, a sentence
};

class Authorizer : public QObject {
    Q_OBJECT
public:
    using Answer = std::function<void(const std::expected<void, Refusal>&)>;
    using QObject::QObject;

    // Asks whether the sender of `call`, which came over `connection`, has the permission. The answer comes at most once:
    // never when the caller leaves the bus first.
    virtual void check(
        const QDBusConnection& connection, const QDBusMessage& call, Permission permission, Answer answer) = 0;
};

} // namespace foliot::daemon
