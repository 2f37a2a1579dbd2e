// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

// Traces of the machine something was made on: paths of somebody's folders, hosts of package mirrors and registries. They
// mean nothing, or something else, on any other machine.
namespace foliot::tree {

// The lines of a text that hold one, as "LINE-NUMBER: LINE".
[[nodiscard]] QStringList machineTraces(const QString& text);

} // namespace foliot::tree
