// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The commands that ask the daemon for something that needs leave, once. Made by makeCommand().

#include "cli/command.h"
#include "cli/password_agent.h"

#include <QDBusPendingCall>

namespace foliot::cli {

// add, remove, refresh, serve, step and server --clients: asks the daemon once and says what became of it.
class ChangeCommand : public Command {
    Q_OBJECT
public:
    using Change = std::variant<AddRequest, ClientsRequest, RemoveRequest, RefreshRequest, ServeRequest, StepRequest>;

    ChangeCommand(const bus::BusChoice& bus, bool isJson, const Change& change, bool mayAskPassword);
    void start() override;

private:
    void availabilityChanged();
    void ask();
    void await(const QDBusPendingCall& call, const std::function<QJsonObject(const QDBusPendingCall&)>& success);
    void removeSource(const RemoveRequest& request);
    void fail(const QDBusError& error);
    void fail(ExitCode code, const QString& text);

    Change m_change;
    bool m_isAsked = false;
    bool m_isDone = false;
    PasswordAgent m_agent;
};

} // namespace foliot::cli
