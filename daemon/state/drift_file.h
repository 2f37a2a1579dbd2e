// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The oscillator's learnt frequency, kept for the next start. Written when the System says SaveDrift, read once.

#include "daemon/state/state_directory.h"
#include "ntp/time.h"
#include "sync/drift.h"

namespace foliot::daemon {

std::string writeDrift(const sync::Drift& drift, RealTime now);

// Of a file's content. What was learnt long ago is known less well: the uncertainty grows with its age. Error: why it
// is of no use, a sentence's end.
std::expected<sync::Drift, std::string> parseDrift(std::string_view content, RealTime now);

// The same of the folder. Nothing when nothing was saved yet. What would be of no use when read is not written: the file
// stays as it is.
std::expected<std::optional<sync::Drift>, StateError> loadDrift(const StateDirectory& directory, RealTime now);
std::expected<void, StateError> saveDrift(const StateDirectory& directory, const sync::Drift& drift, RealTime now);

} // namespace foliot::daemon
