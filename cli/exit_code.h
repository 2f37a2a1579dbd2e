// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How foliotctl ends. Said by each Command, seen by scripts.

namespace foliot::cli {

// What scripts see; documented in --help and in foliotctl(1).
enum class ExitCode : int {
    Success = 0,
    NotSynchronized = 1, // status and wait
    Usage = 2,
    NoDaemon = 3,
    Refused = 4,
    Failed = 5,
};

} // namespace foliot::cli
