// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What sources shows. Pure: from a snapshot, and how wide the page is, where there is one.

#include "cli/snapshot.h"
#include "cli/table.h"

#include <optional>

namespace foliot::cli {

// A table; what does not fit the width leaves by rank, and the note says so.
Table::Fitted sourcesTable(const Snapshot& snapshot, std::optional<int> width);

// Both, or why there is nothing to show.
Lines sourcesLines(const Snapshot& snapshot, std::optional<int> width = {});

// Every detail of every source.
Lines sourceDetailLines(const Snapshot& snapshot);

} // namespace foliot::cli
