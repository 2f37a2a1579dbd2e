// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether a person asked for time to be served also after a restart: the file "serving" of the state folder, which is there
// only then.

#include "daemon/state/state_directory.h"

#include <expected>

namespace foliot::daemon {

// Error: also when there is a file that makes no sense, which then stands for no.
std::expected<bool, StateError> loadKeptServing(const StateDirectory& directory);

// After an error the folder says what it said before.
std::expected<void, StateError> saveKeptServing(const StateDirectory& directory, bool isKept);

} // namespace foliot::daemon
