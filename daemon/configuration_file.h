// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The configuration file as foliotd reads it, at its start and at each reload: where it is when nobody says, and what is told
// of what is wrong in it. Used by main and by Daemon.

#include "config/error.h"
#include "config/read.h"

#include <QString>

#include <expected>

namespace foliot::daemon {

// One line for a person, whatever characters the file holds.
QString problemLine(const config::Error& error);

// Whether the usual file is there, which need not be.
bool isUsualConfigurationThere();

// What it means that it is not there.
enum class Absence : quint8 { MeansDefaults, IsAProblem };

// file: empty for the usual one. Error: what is wrong with it, line by line; logged already.
std::expected<config::Reading, QString> readConfiguration(
    const QString& file, Absence absence = Absence::MeansDefaults);

// One line for each.
void logWarnings(const config::Reading& reading);

} // namespace foliot::daemon
