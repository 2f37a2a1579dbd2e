// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For a session bus: whoever runs the daemon may do everything, nobody else anything.

#include "daemon/publisher/authorizer.h"

namespace foliot::daemon {

// Asks the bus for the user behind a caller; no value when it has left, or the bus is lost.
void askForUser(const QDBusConnection& connection, const QString& caller, QObject* context,
    std::function<void(std::optional<uint>)> answer);

class SameUserAuthorizer : public Authorizer {
    Q_OBJECT
public:
    explicit SameUserAuthorizer(uint user, QObject* parent = nullptr);

    void check(
        const QDBusConnection& connection, const QDBusMessage& call, Permission permission, Answer answer) override;

private:
    uint m_user;
};

} // namespace foliot::daemon
