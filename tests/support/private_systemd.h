// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The real service manager for one test alone: systemd as the first process of namespaces of its own, with none but the
// units that the test gives it. It cannot set the clock. The system's own units, if there are any, are neither used nor
// changed; the network is the test's.
//
//     PrivateSystemd manager({.units = {{"x.service", text}}, .files = {{"x", program}}});
//     if (const auto reason = PrivateSystemd::whyImpossible())
//         QSKIP(qPrintable(*reason));
//     QVERIFY2(manager.start(), qPrintable(manager.problem()));
//     manager.systemctl({"start", "x.service"});

#include "support/child_process.h"

#include <QMap>
#include <QTemporaryDir>

#include <memory>
#include <optional>

namespace foliot::tests {

class PrivateSystemd {
public:
    struct Options {
        QMap<QString, QString> units{}; // name, such as x.service or x.service.d/y.conf, and content
        QMap<QString, QString> files{}; // name in filesFolder and the file to copy
        QMap<QString, uint> users{};    // that services may run as, beside the system's
    };
    // Where the units see their files.
    static inline const QString filesFolder = QStringLiteral("/run/foliot-test");

    explicit PrivateSystemd(const Options& options);
    ~PrivateSystemd();
    Q_DISABLE_COPY_MOVE(PrivateSystemd)

    // Why this user on this machine cannot have one, a sentence; empty when it works.
    static std::optional<QString> whyImpossible();

    // Returns when it takes commands.
    [[nodiscard]] bool start();
    QString problem() const { return m_problem; }

    RunResult systemctl(const QStringList& arguments) const;
    // A property of a unit, as `systemctl show` has it.
    QString property(const QString& unit, const QString& name) const;
    // Another command, as root among the manager's processes and mounts.
    RunResult run(const QStringList& command) const;

    // What it has said.
    QString log();

private:
    bool prepare();
    qint64 firstProcess() const;
    bool fail(const QString& problem);

    Options m_options;
    QTemporaryDir m_directory;
    std::unique_ptr<ChildProcess> m_process;
    QString m_problem;
};

} // namespace foliot::tests
