// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/error.h"

#include <format>

namespace foliot::config {

std::string describe(const Error& error)
{
    const auto place = error.line > 0 ? std::format("{}:{}:{}", error.file, error.line, error.column) : error.file;
    return std::format("{}: {}{}{}{}{}{}", place, error.severity == Severity::Warning ? "warning: " : "", error.key,
        error.key.empty() ? "" : ": ", error.message, error.suggestion.empty() ? "" : "; ", error.suggestion);
}

} // namespace foliot::config
