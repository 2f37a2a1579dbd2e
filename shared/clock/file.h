// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Small files that are whole or absent, whenever the program ends.

#include <optional>
#include <string>
#include <string_view>

namespace foliot::clock {

// The first few octets, enough for what we write. Empty when there is no such file; a file that cannot be read reads
// as an empty text.
std::optional<std::string> readFile(const std::string& path);

// Replaced at once by renaming a new one. errno says what went wrong.
[[nodiscard]] bool replaceFile(const std::string& path, std::string_view content);

} // namespace foliot::clock
