// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// For the system bus: polkit decides, perhaps after asking the caller for a password. The subject is the caller's name on
// the bus, which nobody can forge and which is never used again; a process id would be neither.

#include "daemon/publisher/authorizer.h"

#include <QDBusServiceWatcher>

#include <map>
#include <optional>

namespace foliot::daemon {

class PolkitAuthorizer : public Authorizer {
    Q_OBJECT
public:
    // How many questions may be open: one person answers one dialog at a time, more of them is abuse. A person may have
    // any number of connections to the bus, so connections alone would let one keep all others out.
    static constexpr std::size_t mostPerCaller = 4;
    static constexpr std::size_t mostPerUser = 16;
    static constexpr std::size_t mostPending = 64;

    explicit PolkitAuthorizer(QObject* parent = nullptr);

    void check(
        const QDBusConnection& connection, const QDBusMessage& call, Permission permission, Answer answer) override;

private:
    struct Question {
        QDBusConnection connection;
        QString caller;
        Permission permission;
        bool mayAsk = false;
        Answer answer;
        std::optional<uint> user; // once the bus has said who the caller is; polkit is asked then
    };

    void userKnown(const QString& id, std::optional<uint> user);
    void askPolkit(const QString& id, const Question& question);
    void answered(const QString& id, const std::expected<void, Refusal>& outcome);
    void withoutPolkit(const QString& id);
    void callerLeft(const QString& caller);
    QDBusServiceWatcher& watcherOn(const QDBusConnection& connection);

    std::map<QString, Question> m_questions; // by cancellation id
    std::unique_ptr<QDBusServiceWatcher> m_watcher;
    QString m_watchedConnection;
    quint64 m_lastId = 0;
};

} // namespace foliot::daemon
