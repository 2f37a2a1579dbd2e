// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How sources are authenticated. Pure: from a snapshot, and how wide the page is, where there is one.

#include "cli/facts.h"
#include "cli/snapshot.h"

#include <optional>

namespace foliot::cli {

// A table of the authenticated sources, and why keys could not be had; what does not fit leaves by rank.
Lines authenticationLines(const Snapshot& snapshot, std::optional<int> width = {});

// Among the details of a source; nothing for one that is not authenticated by NTS.
void addAuthentication(const bus::SourceData& source, Facts& facts);

} // namespace foliot::cli
