// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/problems.h"

#include <utility>

namespace foliot::config {

void Problems::add(Position position, std::string key, std::string message, std::string suggestion)
{
    m_errors.push_back({.file = std::string(m_file),
        .line = position.line,
        .column = position.column,
        .key = std::move(key),
        .message = std::move(message),
        .suggestion = std::move(suggestion)});
}

void Problems::warn(Position position, std::string key, std::string message, std::string suggestion)
{
    m_warnings.push_back({.file = std::string(m_file),
        .line = position.line,
        .column = position.column,
        .key = std::move(key),
        .message = std::move(message),
        .suggestion = std::move(suggestion),
        .severity = Severity::Warning});
}

} // namespace foliot::config
