// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#pragma once

#include <QByteArray>
#include <QString>
#include <QStringList>

// The source tree as its checks see it: the files that are kept, by their paths from the top.
namespace foliot::tree {

[[nodiscard]] QString sourceFolder();

// What git keeps or would keep; in a tree without git, everything but the build folder.
[[nodiscard]] QStringList sourceFiles();

// Empty for a folder or an unreadable file.
[[nodiscard]] QByteArray contents(const QString& path);

// Whether it holds what no text does.
[[nodiscard]] bool isBinary(const QByteArray& contents);

} // namespace foliot::tree
