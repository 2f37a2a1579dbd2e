// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QString>
#include <QStringList>

// Every file says whose it is and under which licence: in its first lines, or in REUSE.toml when it cannot.
namespace foliot::tree {

// Whether the first lines hold both of the SPDX tags with the project's values.
[[nodiscard]] bool hasLicenceHeader(const QString& text);

// The path patterns of REUSE.toml's annotations.
[[nodiscard]] QStringList annotatedPaths(const QString& reuse);

// Whether a path is meant by a pattern: * stays within a folder, ** does not.
[[nodiscard]] bool isAnnotated(const QString& path, const QStringList& patterns);

} // namespace foliot::tree
