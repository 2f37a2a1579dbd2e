// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From a TOML document to a Config: every name in it has to be in the table of settings, every value what the table allows,
// and all together have to fit each other.

#include "config/config.h"
#include "config/problems.h"
#include "config/toml.h"

namespace foliot::config {

// What is wrong goes to the problems; then the Config is of no use.
Config readDocument(const toml::table& document, Problems& problems);

} // namespace foliot::config
