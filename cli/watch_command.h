// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The command that goes on showing. Made by makeCommand().

#include "cli/command.h"
#include "cli/signal_watch.h"
#include "cli/terminal.h"

#include <QSocketNotifier>
#include <QTimer>

#include <optional>

namespace foliot::cli {

// watch: shows clock and sources as they change. On a terminal a page that stays; elsewhere one block or, with --json,
// one line for each change.
class WatchCommand : public Command {
    Q_OBJECT
public:
    WatchCommand(const bus::BusChoice& bus, bool isJson);
    void start() override;

private:
    void changed();
    void show();
    void readKey();
    void caught(int signal);
    void finish();

    std::optional<Terminal> m_terminal; // a page is drawn
    SignalWatch m_signals;
    std::unique_ptr<QSocketNotifier> m_keys;
    QTimer m_gather; // changes that come together are shown together
    QTimer m_tick;   // ages grow by themselves
    bool m_isDone = false;
};

} // namespace foliot::cli
