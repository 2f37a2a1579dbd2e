// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The oscillator's learnt frequency, kept for the next start. Written when the System says SaveDrift, read once.

#include "daemon/state/state_directory.h"
#include "ntp/time.h"

namespace foliot::daemon {

struct Drift {
    double frequencyPpm = 0.0;   // correction in force: positive makes the clock faster
    double uncertaintyPpm = 0.0; // one standard deviation

    friend bool operator==(const Drift&, const Drift&) = default;
};

std::string writeDrift(const Drift& drift, RealTime now);

// Of a file's content. What was learnt long ago is known less well: the uncertainty grows with its age. Error: why it
// is of no use, a sentence's end.
std::expected<Drift, std::string> parseDrift(std::string_view content, RealTime now);

// The same of the folder. Nothing when nothing was saved yet. What would be of no use when read is not written: the file
// stays as it is.
std::expected<std::optional<Drift>, StateError> loadDrift(const StateDirectory& directory, RealTime now);
std::expected<void, StateError> saveDrift(const StateDirectory& directory, const Drift& drift, RealTime now);

} // namespace foliot::daemon
