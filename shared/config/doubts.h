// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What is right in each setting, and can hardly be meant with the others beside it: told as a warning.

#include "config/config.h"
#include "config/problems.h"

#include <functional>
#include <optional>
#include <string_view>

namespace foliot::config {

// Where a setting is written, of sources in the first that has it; none: it has its default.
using WhereWritten = std::function<std::optional<Position>(std::string_view section, std::string_view key)>;

// config: as the file makes it, the default pool included.
void doubt(const Config& config, const WhereWritten& whereWritten, Problems& problems);

} // namespace foliot::config
