// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How the daemon serves Network Time Security itself. Pure: from a snapshot.

#include "cli/snapshot.h"

namespace foliot::cli {

Lines ntsServerLines(const Snapshot& snapshot);

} // namespace foliot::cli
