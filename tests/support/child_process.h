// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A program that a test started and ends: by its own process, never by name. Its output is kept for the failure text.

#include <QProcess>
#include <QString>
#include <QStringList>

namespace foliot::tests {

class ChildProcess {
public:
    // environment: NAME=VALUE, added to this process's own.
    ChildProcess(const QString& program, const QStringList& arguments, const QStringList& environment = {});
    ~ChildProcess();
    Q_DISABLE_COPY_MOVE(ChildProcess)

    bool isRunning() const;
    QString output();
    // Ends it with SIGTERM, after five seconds with SIGKILL, and gives its exit code; -1 when it crashed or was killed.
    int stop();

    QProcess& process() { return m_process; }

private:
    QProcess m_process;
    QString m_output;
};

// Runs a program to its end and gives what it printed on both channels.
struct RunResult {
    int exitCode = -1;
    QString output;
};
RunResult run(
    const QString& program, const QStringList& arguments, int timeoutMs = 20'000, const QStringList& environment = {});

} // namespace foliot::tests
