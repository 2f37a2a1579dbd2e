// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What foliotctl server shows, as lines. Pure: from a snapshot.

#include "cli/snapshot.h"

namespace foliot::cli {

Lines serverLines(const Snapshot& snapshot);

// Who asks most, a line each.
Lines clientLines(const bus::ServedClients& clients);

} // namespace foliot::cli
