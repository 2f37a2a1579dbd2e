// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What status shows. Pure: from a snapshot, and how wide the page is, where there is one.

#include "cli/snapshot.h"

#include <optional>

namespace foliot::cli {

// How right the clock is, in a sentence, and what to do.
Lines headlineLines(const Snapshot& snapshot, std::optional<int> width = {});

// The headline, then the numbers when the daemon is there.
Lines statusLines(const Snapshot& snapshot);

} // namespace foliot::cli
