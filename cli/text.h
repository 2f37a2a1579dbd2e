// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Text on a terminal: what may be shown there, and how wide it is.

#include "bus/printable.h"

#include <QStringList>

#include <optional>

namespace foliot::cli {

using bus::printable;

// Columns of a text that holds no control characters.
int displayWidth(QStringView text);

// The longest beginning that fits into so many columns; a text that is cut ends with an ellipsis.
QString elided(const QString& text, int width);

// The text in lines of no more than so many columns, broken at blanks; a word that is longer has a line of its own.
// Without a width, one line.
QStringList wrapped(const QString& text, std::optional<int> width);

// For terminals that know only ASCII: µ becomes u, and so on; what has no likeness becomes a question mark.
QString asciiOnly(const QString& text);

} // namespace foliot::cli
