// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A bus for one test alone: a real dbus-daemon with the policy of a session or of the system bus, and on request the
// real polkitd on it. The machine's own buses, polkit rules and users are neither used nor changed.
//
//     PrivateBus bus({.kind = PrivateBus::Kind::System, .polkitActions = {policyFile}, .users = {{"foliot", 990}}});
//     if (const auto reason = PrivateBus::whyImpossible(bus.options()))
//         QSKIP(qPrintable(*reason));
//     QVERIFY2(bus.start(), qPrintable(bus.problem()));
//     QDBusConnection::connectToBus(bus.address(), "name");

#include "support/child_process.h"

#include <QMap>
#include <QProcess>
#include <QStringList>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace foliot::tests {

class PrivateBus {
public:
    enum class Kind : quint8 {
        Session, // anybody on it may do anything; only our own user gets on it
        System,  // the default policy of a system bus: nothing may be owned or called that a policy file does not allow
    };
    struct Options {
        Kind kind = Kind::Session;
        QStringList policyFiles{};   // D-Bus policy, read in this order after the default policy
        QStringList serviceDirs{};   // *.service files for activation; they start as the user who runs the test
        bool withPolkit = false;     // needs Kind::System and root
        QStringList polkitActions{}; // *.policy files beside those that the system has
        QStringList polkitRules{};   // texts of rules, read before the system's
        // Users that bus and polkit know beside the system's, by name. They exist for these two alone, in their own
        // mount namespace; needs root.
        QMap<QString, uint> users{};
    };

    PrivateBus(); // a session bus
    explicit PrivateBus(Options options);
    ~PrivateBus();
    PrivateBus(const PrivateBus&) = delete;
    PrivateBus& operator=(const PrivateBus&) = delete;

    // Why this user on this machine cannot have such a bus, a sentence; empty when it works.
    static std::optional<QString> whyImpossible(const Options& options);

    const Options& options() const { return m_options; }

    // Returns when the bus takes connections and, if wanted, polkit has its name. A second start() after stop() comes
    // back at the same address.
    [[nodiscard]] bool start();
    void stop();
    QString problem() const { return m_problem; }

    // Ends polkitd alone, or starts it again.
    void stopPolkit();
    [[nodiscard]] bool startPolkit();

    // Replaces all polkitRules. polkitd reads them within half a second; wait for what the rule allows.
    [[nodiscard]] bool setPolkitRules(const QStringList& rules);

    QString address() const;
    QString directory() const { return m_directory.path(); } // everybody may enter it

    // NAME=VALUE pairs that make a program take this bus for its session or system bus, those of Foliot included.
    QStringList environment() const;

    // What to put before a command to run it as that user, without any privilege.
    static QStringList asUser(uint id);

private:
    bool writeConfiguration();
    bool writeFile(const QString& name, const QByteArray& text);
    QStringList inNamespace(const QString& setup, const QStringList& command) const;
    bool fail(const QString& problem);

    Options m_options;
    QTemporaryDir m_directory;
    std::unique_ptr<QProcess> m_daemon;
    std::unique_ptr<QProcess> m_polkit;
    QString m_problem;
};

} // namespace foliot::tests
