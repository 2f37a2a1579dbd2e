// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The command that scripts wait with. Made by makeCommand().

#include "cli/command.h"

#include <QTimer>

namespace foliot::cli {

// wait: ends when the clock is right. Listens; a daemon that is not there yet is waited for too.
class WaitCommand : public Command {
    Q_OBJECT
public:
    WaitCommand(const bus::BusChoice& bus, bool isJson, const WaitRequest& request);
    void start() override;

private:
    void look();
    void giveUp();
    void finish(ExitCode code);
    bool isRight(const bus::Summary& summary) const;

    WaitRequest m_request;
    QTimer m_timeout;
    bool m_saidAbsent = false;
};

} // namespace foliot::cli
