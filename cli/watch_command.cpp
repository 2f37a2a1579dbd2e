// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "cli/watch_command.h"

#include "cli/json.h"
#include "cli/watch_report.h"

#include <chrono>
#include <csignal>
#include <unistd.h>

namespace foliot::cli {

using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

WatchCommand::WatchCommand(const bus::BusChoice& bus, bool isJson)
    : Command(bus, isJson)
    , m_signals({SIGINT, SIGTERM, SIGHUP, SIGWINCH, SIGTSTP, SIGCONT})
{
    std::signal(SIGPIPE, SIG_IGN); // a reader that leaves is noticed when writing
    m_gather.setSingleShot(true);
    m_gather.setInterval(50ms);
    m_tick.setInterval(1s);
    connect(&m_gather, &QTimer::timeout, this, &WatchCommand::show);
    connect(&m_signals, &SignalWatch::caught, this, &WatchCommand::caught);
    connect(&client(), &bus::Client::availabilityChanged, this, &WatchCommand::changed);
    connect(&client(), &bus::Client::clockChanged, this, &WatchCommand::changed);
    connect(&client(), &bus::Client::sourceAdded, this, &WatchCommand::changed);
    connect(&client(), &bus::Client::sourceChanged, this, &WatchCommand::changed);
    connect(&client(), &bus::Client::sourceRemoved, this, &WatchCommand::changed);
}

void WatchCommand::start()
{
    if (!isJson()) {
        m_terminal.emplace();
        if (m_terminal->isThere()) {
            m_terminal->enter();
            m_keys = std::make_unique<QSocketNotifier>(STDIN_FILENO, QSocketNotifier::Read);
            connect(m_keys.get(), &QSocketNotifier::activated, this, &WatchCommand::readKey);
            connect(&m_tick, &QTimer::timeout, this, &WatchCommand::show);
            m_tick.start();
        } else {
            m_terminal.reset();
        }
    }
    client().start();
    changed();
}

void WatchCommand::changed()
{
    if (!m_gather.isActive())
        m_gather.start();
}

void WatchCommand::show()
{
    const Snapshot now = snapshot();
    bool isHeard = true;
    if (m_terminal) {
        isHeard = m_terminal->draw(watchPage(now, terminalSize()), renderingForStandardOutput());
    } else if (now.availability == bus::Availability::Asking) {
        return;
    } else if (isJson()) {
        isHeard = print(watchJson(now), true);
    } else {
        isHeard = writeOut(render(watchLines(now, terminalWidth()), renderingForStandardOutput()) + u'\n');
    }
    if (!isHeard)
        finish();
}

void WatchCommand::readKey()
{
    char key = 0;
    const auto count = read(STDIN_FILENO, &key, 1);
    if (count <= 0)
        m_keys->setEnabled(false);
    else if (key == 'q')
        finish();
}

void WatchCommand::caught(int signal)
{
    switch (signal) {
    case SIGWINCH:
        show();
        break;
    case SIGTSTP:
        if (m_terminal)
            m_terminal->leave();
        std::raise(SIGSTOP);
        break;
    case SIGCONT:
        if (m_terminal) {
            m_terminal->enter();
            show();
        }
        break;
    default:
        finish();
    }
}

void WatchCommand::finish()
{
    if (std::exchange(m_isDone, true))
        return;
    m_tick.stop();
    m_gather.stop();
    disconnect(&client(), nullptr, this, nullptr);
    m_keys.reset();
    m_terminal.reset(); // gives it back
    Q_EMIT finished(ExitCode::Success);
}

} // namespace foliot::cli
