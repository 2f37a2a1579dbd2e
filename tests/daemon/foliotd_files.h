// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Configurations for foliotd as a program, and where it serves.

#include "daemon/net/endpoint.h"

#include <QString>
#include <QTemporaryDir>

namespace foliot::tests {

class Folder {
public:
    // Replaces the file and gives its path.
    QString write(const QString& name, const QString& content) const;
    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    QTemporaryDir m_folder;
};

// A port that was free a moment ago, on an address of loopback that this process alone uses.
daemon::Endpoint freeEndpoint();

// Serves there by the clock of that type.
QString serverConfiguration(const daemon::Endpoint& endpoint, const QString& clock = QStringLiteral("simulated"));
// What it logs then.
QString servingLine(const daemon::Endpoint& endpoint);

} // namespace foliot::tests
