// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What watch shows: headline, the most important numbers, the table of the sources. Pure: from a snapshot, and how large the
// page is, where there is one.

#include "cli/snapshot.h"
#include "cli/terminal.h"

namespace foliot::cli {

// For whatever is no page to draw on: all of it, with lines for the width where there is one.
Lines watchLines(const Snapshot& snapshot, std::optional<int> width);

// The same on a terminal: fitted to it, and below it what had to be left out and how to leave.
Lines watchPage(const Snapshot& snapshot, const TerminalSize& page);

} // namespace foliot::cli
