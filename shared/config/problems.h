// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Gathers what is wrong with one file, and what in it can hardly be meant, while it is read.

#include "config/error.h"
#include "config/read.h"

#include <string>
#include <string_view>

namespace foliot::config {

// From 1; 0 when the file as a whole is meant.
struct Position {
    int line = 0;
    int column = 0;
};

class Problems {
public:
    explicit Problems(std::string_view file)
        : m_file(file)
    {}

    void add(Position position, std::string key, std::string message, std::string suggestion = {});
    void warn(Position position, std::string key, std::string message, std::string suggestion);

    // In the order in which they were found.
    const Errors& errors() const { return m_errors; }
    const Errors& warnings() const { return m_warnings; }

private:
    std::string_view m_file;
    Errors m_errors;
    Errors m_warnings;
};

} // namespace foliot::config
