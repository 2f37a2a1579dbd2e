// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A request from the bus whose answer is owed: kept until somebody has decided and somebody has acted.

#include "daemon/publisher/authorizer.h"

#include <QDBusConnection>
#include <QDBusContext>
#include <QDBusError>
#include <QDBusMessage>
#include <QVariantList>

#include <functional>

namespace foliot::daemon {

struct Call {
    QDBusConnection connection;
    QDBusMessage message;

    void reply(const QVariantList& values = {}) const;
    void refuse(const QString& name, const QString& text) const;
    void refuse(QDBusError::ErrorType type, const QString& text) const;
};

// Of the method that is running: it returns without an answer then.
Call takeCall(const QDBusContext& context);

// Runs the action when the caller may do that, and refuses otherwise.
void authorize(Authorizer& authorizer, const Call& call, Permission permission, std::function<void()> action);

} // namespace foliot::daemon
