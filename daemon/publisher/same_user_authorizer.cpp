// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/same_user_authorizer.h"

#include "bus/names.h"

#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace foliot::daemon {

void askForUser(const QDBusConnection& connection, const QString& caller, QObject* context,
    std::function<void(std::optional<uint>)> answer)
{
    if (!connection.isConnected()) {
        answer(std::nullopt);
        return;
    }
    auto question = QDBusMessage::createMethodCall(
        bus::busName, bus::busPath, bus::busInterface, QStringLiteral("GetConnectionUnixUser"));
    question << caller;
    auto* call = new QDBusPendingCallWatcher(connection.asyncCall(question), context);
    QObject::connect(call, &QDBusPendingCallWatcher::finished, context, [call, answer = std::move(answer)] {
        call->deleteLater();
        const QDBusPendingReply<uint> reply = *call;
        answer(reply.isValid() ? std::optional<uint>(reply.value()) : std::nullopt);
    });
}

SameUserAuthorizer::SameUserAuthorizer(uint user, QObject* parent)
    : Authorizer(parent)
    , m_user(user)
{}

void SameUserAuthorizer::check(const QDBusConnection& connection, const QDBusMessage& call, Permission, Answer answer)
{
    askForUser(connection, call.service(), this, [this, answer = std::move(answer)](std::optional<uint> user) {
        if (!user)
            return; // it has left
        if (*user == m_user)
            answer({});
        else
            answer(std::unexpected(Refusal{QStringLiteral("Only the user who runs this daemon may do that.")}));
    });
}

} // namespace foliot::daemon
