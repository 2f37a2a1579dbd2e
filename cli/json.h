// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The same for programs. Fields are the properties of the bus interface, their first letter in lower case; numbers that
// are not finite are null.

#include "cli/snapshot.h"

#include <QByteArray>
#include <QJsonObject>

namespace foliot::cli {

QJsonObject statusJson(const Snapshot& snapshot);
QJsonObject sourcesJson(const Snapshot& snapshot);
QJsonObject authenticationJson(const Snapshot& snapshot); // of sources and of the server
QJsonObject serverJson(const Snapshot& snapshot);
QJsonObject clientsJson(const bus::ServedClients& clients);
QJsonObject watchJson(const Snapshot& snapshot); // both

// On lines of its own, or on one. Plain ASCII, so that names which outsiders chose neither steer a terminal nor change the
// order in which it shows what they stand in, and so that it reads the same in every locale.
QByteArray jsonText(const QJsonObject& object, bool isOneLine);

} // namespace foliot::cli
