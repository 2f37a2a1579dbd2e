// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/call.h"

#include <utility>

namespace foliot::daemon {

void Call::reply(const QVariantList& values) const
{
    connection.send(message.createReply(values));
}

void Call::refuse(const QString& name, const QString& text) const
{
    connection.send(message.createErrorReply(name, text));
}

void Call::refuse(QDBusError::ErrorType type, const QString& text) const
{
    refuse(QDBusError::errorString(type), text);
}

Call takeCall(const QDBusContext& context)
{
    context.setDelayedReply(true);
    return {.connection = context.connection(), .message = context.message()};
}

void authorize(Authorizer& authorizer, const Call& call, Permission permission, std::function<void()> action)
{
    authorizer.check(call.connection, call.message, permission,
        [call, action = std::move(action)](const std::expected<void, Refusal>& decision) {
            if (decision)
                action();
            else
                call.refuse(QDBusError::AccessDenied, decision.error().text);
        });
}

} // namespace foliot::daemon
