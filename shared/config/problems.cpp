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

} // namespace foliot::config
