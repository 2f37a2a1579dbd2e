// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/password_agent.h"

#include <QCoreApplication>
#include <QStandardPaths>

#include <array>
#include <csignal>
#include <fcntl.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace foliot::cli {

using namespace Qt::StringLiterals;

PasswordAgent::~PasswordAgent()
{
    m_registered.reset();
    if (m_pipe >= 0)
        close(m_pipe);
    if (!m_process)
        return;
    m_process->terminate(); // it restores the terminal
    if (!m_process->waitForFinished(2'000))
        m_process->kill();
}

void PasswordAgent::start(QObject* context, const std::function<void()>& ready)
{
    const QString program = QStandardPaths::findExecutable(u"pkttyagent"_s);
    const bool hasTerminal = isatty(STDIN_FILENO) == 1 && isatty(STDERR_FILENO) == 1;
    std::array<int, 2> ends{};
    if (!m_isWanted || geteuid() == 0 || !hasTerminal || program.isEmpty() || pipe2(ends.data(), O_CLOEXEC) != 0) {
        ready();
        return;
    }
    // The agent closes its end when it is registered, or when it ends; either way there is no more to wait for.
    m_pipe = ends[0];
    const int theirs = ends[1];
    m_process = std::make_unique<QProcess>();
    m_process->setProcessChannelMode(QProcess::ForwardedChannels);
    m_process->setInputChannelMode(QProcess::ForwardedInputChannel);
    m_process->setChildProcessModifier([theirs] {
        fcntl(theirs, F_SETFD, 0);
        prctl(PR_SET_PDEATHSIG, SIGTERM);
    });
    m_registered = std::make_unique<QSocketNotifier>(m_pipe, QSocketNotifier::Read);
    QObject::connect(m_registered.get(), &QSocketNotifier::activated, context, [this, ready] {
        m_registered->setEnabled(false);
        ready();
    });
    m_process->start(program, {u"--process"_s, QString::number(QCoreApplication::applicationPid()), u"--fallback"_s,
                                  u"--notify-fd"_s, QString::number(theirs)});
    m_process->waitForStarted();
    close(theirs);
}

} // namespace foliot::cli
