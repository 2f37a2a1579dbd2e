// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The real foliotd with a configuration of the test's, followed over a private session bus.

#include "bus/client/client.h"
#include "support/child_process.h"
#include "support/private_session_bus.h"

#include <QTemporaryDir>

#include <memory>

namespace foliot::tests {

class FoliotDaemon {
public:
    // configuration: TOML without [state] and [bus], which are the test's own.
    explicit FoliotDaemon(const QString& configuration);

    bool isRunning() const { return m_process && m_process->isRunning(); }
    QString output() { return m_process ? m_process->output() : m_bus.output(); }
    int stop() { return m_process->stop(); }
    // Ends it, and starts it again with the same configuration and state. Returns how it ended.
    int restart();

    bus::Client& client() { return *m_client; }
    // The first source; default values while there is none.
    bus::SourceData source() const;

private:
    void start();

    PrivateSessionBus m_bus;
    QTemporaryDir m_folder;
    QString m_file; // its configuration
    std::unique_ptr<ChildProcess> m_process;
    std::unique_ptr<bus::Client> m_client;
};

} // namespace foliot::tests
