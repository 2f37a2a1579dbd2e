// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a text must be before the TOML parser sees it, so that no file, however made, costs more than its size in
// time, memory and stack.

#include "config/error.h"

#include <optional>
#include <string_view>

namespace foliot::config {

inline constexpr std::size_t largestText = 1024 * 1024; // octets
inline constexpr int mostDotsInLine = 200; // outside of texts and remarks; each dot of a key is a level of tables

std::optional<Error> checkText(std::string_view text, std::string_view file);

} // namespace foliot::config
