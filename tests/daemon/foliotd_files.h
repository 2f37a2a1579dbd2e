// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Configurations for foliotd as a program, and where it serves. FOLIOTD is the program's path.

#include "daemon/net/endpoint.h"
#include "support/child_process.h"

#include <QString>
#include <QTemporaryDir>

namespace foliot::tests {

class Folder {
public:
    // Every user may look into it.
    Folder();

    // Replaces the file and gives its path.
    QString write(const QString& name, const QString& content) const;
    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

// A port that was free a moment ago, on an address of loopback that this process alone uses.
daemon::Endpoint freeEndpoint();

// Serves there by the clock of that type, which is ahead of the machine's by so many seconds when it is a simulated one.
QString serverConfiguration(
    const daemon::Endpoint& endpoint, const QString& clock = QStringLiteral("simulated"), double offset = 0.0);
// What it logs then.
QString servingLine(const daemon::Endpoint& endpoint);
bool isServing(ChildProcess& daemon, const daemon::Endpoint& endpoint);

// A foliotd without a bus that serves where nobody else does, from its file server.toml in the folder.
class ServingFoliotd {
public:
    // offset: as above. more: further sections of its file.
    explicit ServingFoliotd(const Folder& folder, double offset = 0.0, const QString& more = {});

    const daemon::Endpoint& endpoint() const { return m_endpoint; }
    ChildProcess& process() { return m_process; }
    bool isServing() { return tests::isServing(m_process, m_endpoint); }

private:
    daemon::Endpoint m_endpoint = freeEndpoint();
    ChildProcess m_process;
};

} // namespace foliot::tests
