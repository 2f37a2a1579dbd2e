// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What becomes of a syntax error: it is told, with what is more likely meant than the parser says, and the statement that has
// it is taken away, so that the parser, which stops at the first one, sees the rest.

#include "config/problems.h"

#include <string>
#include <string_view>

namespace foliot::config {

// description: the parser's, of the text at this place.
void addSyntaxError(Problems& problems, Position position, std::string_view description, std::string_view text);

// Overwrites a line with spaces, so that all positions stay as they are. False when that cannot help.
bool blankStatement(std::string& text, int line);

} // namespace foliot::config
