// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The commands that look once. Made by makeCommand().

#include "cli/command.h"

namespace foliot::cli {

// status, sources, nts and server: looks once and prints.
class ShowCommand : public Command {
    Q_OBJECT
public:
    enum class What : quint8 { Status, Sources, SourceDetails, Authentication, Server };

    ShowCommand(const bus::BusChoice& bus, bool isJson, What what);
    void start() override;

private:
    void show();
    QJsonObject json(const Snapshot& now) const;

    What m_what;
};

} // namespace foliot::cli
