// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/child_process.h"

#include <QProcessEnvironment>

namespace foliot::tests {

namespace {

void prepare(QProcess& process, const QString& program, const QStringList& arguments, const QStringList& environment)
{
    auto variables = QProcessEnvironment::systemEnvironment();
    for (const auto& entry : environment)
        variables.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
    process.setProcessEnvironment(variables);
    process.setProcessChannelMode(QProcess::MergedChannels);
    process.setProgram(program);
    process.setArguments(arguments);
}

} // namespace

ChildProcess::ChildProcess(const QString& program, const QStringList& arguments, const QStringList& environment)
{
    prepare(m_process, program, arguments, environment);
    m_process.start(QIODevice::ReadOnly);
    if (!m_process.waitForStarted())
        m_output = QStringLiteral("%1: %2").arg(program, m_process.errorString());
}

ChildProcess::~ChildProcess()
{
    stop();
}

bool ChildProcess::isRunning() const
{
    return m_process.state() != QProcess::NotRunning;
}

QString ChildProcess::output()
{
    m_output += QString::fromLocal8Bit(m_process.readAll());
    return m_output;
}

int ChildProcess::stop()
{
    if (isRunning()) {
        m_process.terminate();
        if (!m_process.waitForFinished(5000)) {
            m_process.kill();
            m_process.waitForFinished(5000);
        }
    }
    return m_process.exitStatus() == QProcess::NormalExit ? m_process.exitCode() : -1;
}

RunResult run(const QString& program, const QStringList& arguments, int timeoutMs, const QStringList& environment)
{
    QProcess process;
    prepare(process, program, arguments, environment);
    process.start(QIODevice::ReadOnly);
    if (!process.waitForFinished(timeoutMs)) {
        const auto why = process.errorString();
        process.kill();
        process.waitForFinished(5000);
        return {.exitCode = -1, .output = QString::fromLocal8Bit(process.readAll()) + why};
    }
    return {.exitCode = process.exitStatus() == QProcess::NormalExit ? process.exitCode() : -1,
        .output = QString::fromLocal8Bit(process.readAll())};
}

} // namespace foliot::tests
