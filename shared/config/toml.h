// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// toml++, whose header holds the whole parser, set up the same wherever it is seen.

#define TOML_EXCEPTIONS 0
#define TOML_HEADER_ONLY 1
#define TOML_ENABLE_FORMATTERS 0
#define TOML_MAX_NESTED_VALUES 16 // with mostDotsInLine this bounds the depth of the tree, whose destructor recurses
#include <toml++/toml.hpp>
