// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The base of tests of the real foliotctl against the real publisher on a real bus.

#include "daemon/publisher/published_test.h"

#include <csignal>
#include <ctime>

namespace foliot::tests {

using namespace Qt::StringLiterals;

inline const QString program = QStringLiteral(FOLIOTCTL);

struct Outcome {
    int exitCode = -1;
    QString output;
    QString errors;
};

// The sample, computed a moment ago by the clock that foliotctl reads too.
inline sync::State freshState()
{
    sync::State state = sampleState();
    timespec now{};
    clock_gettime(CLOCK_BOOTTIME, &now);
    const BootTime boot(std::chrono::seconds(now.tv_sec) + Nanoseconds(now.tv_nsec));
    for (sync::SourceState& source : state.sources)
        *source.lastAnswerAt += boot - state.asOf.boot;
    state.asOf.boot = boot;
    return state;
}

// foliotctl while it runs.
class Run {
public:
    Run(const QStringList& arguments, const QStringList& environment)
        : Run(environment, program, arguments)
    {}
    // Something that runs it.
    Run(const QStringList& environment, const QString& wrapper, const QStringList& arguments)
    {
        auto variables = QProcessEnvironment::systemEnvironment();
        variables.insert(u"LC_ALL"_s, u"C.UTF-8"_s);
        for (const QString& entry : environment)
            variables.insert(entry.section(u'=', 0, 0), entry.section(u'=', 1));
        m_process.setProcessEnvironment(variables);
        m_process.start(wrapper, arguments, QIODevice::ReadOnly);
    }

    bool isRunning() const { return m_process.state() != QProcess::NotRunning; }
    void signal(int number) { ::kill(static_cast<pid_t>(m_process.processId()), number); }
    QString output()
    {
        m_output += QString::fromUtf8(m_process.readAllStandardOutput());
        return m_output;
    }
    QString errors()
    {
        m_errors += QString::fromUtf8(m_process.readAllStandardError());
        return m_errors;
    }
    Outcome outcome()
    {
        [&] { QTRY_VERIFY_WITH_TIMEOUT(!isRunning(), 20'000); }();
        return {m_process.exitCode(), output(), errors()};
    }

private:
    QProcess m_process;
    QString m_output;
    QString m_errors;
};

class FoliotctlTest : public PublishedTest {
    Q_OBJECT
protected:
    void startDaemon(const sync::State& state = freshState())
    {
        m_publisher = makePublisher(m_choice, m_asked);
        publish(state);
    }
    Outcome foliotctl(const QStringList& arguments) { return Run(arguments, m_bus->environment()).outcome(); }
};

} // namespace foliot::tests
