// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Asks for the password on the terminal where no desktop does: runs pkttyagent, polkit's own, for this process. As
// "fallback" it steps back behind a desktop's agent.

#include <QProcess>
#include <QSocketNotifier>

#include <functional>
#include <memory>

namespace foliot::cli {

class PasswordAgent {
public:
    PasswordAgent() = default;
    ~PasswordAgent();
    Q_DISABLE_COPY_MOVE(PasswordAgent)

    void setWanted(bool isWanted) { m_isWanted = isWanted; }

    // Calls back once the agent is registered, or at once when none is needed or to be had: root, no terminal, no
    // pkttyagent.
    void start(QObject* context, const std::function<void()>& ready);

private:
    bool m_isWanted = false;
    std::unique_ptr<QProcess> m_process;
    std::unique_ptr<QSocketNotifier> m_registered;
    int m_pipe = -1;
};

} // namespace foliot::cli
