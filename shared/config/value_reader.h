// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reads the value of one setting from its place in a TOML document: the type, the range and the words are checked, and
// what is wrong is said where it stands.

#include "config/config.h"
#include "config/problems.h"
#include "config/settings.h"
#include "config/toml.h"

namespace foliot::config {

Position positionOf(const toml::source_region& region);

// "a whole number", for errors.
std::string_view kindOf(const toml::node& node);

// Into the setting's slot of config or source. A value that is wrong leaves there what was there, and says so.
void readValue(const Setting& setting, const toml::node& node, Config& config, Source& source, Problems& problems);

} // namespace foliot::config
