// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// From a TOML file or text to a Config, or to everything that is wrong with it. What cannot be trusted here can at
// worst be refused: no file blocks, exhausts memory or the stack.

#include "config/config.h"
#include "config/error.h"

#include <expected>

namespace foliot::config {

using Errors = std::vector<Error>; // by line and column

// What can be used, and what in it can hardly be meant.
struct Reading {
    Config config;
    Errors warnings;

    friend bool operator==(const Reading&, const Reading&) = default;
};

// The values of a text; file is its name for the errors. Settings that are absent have their default, and without any
// source there is the default pool (unless a local stratum is served, or "source = []" says none).
std::expected<Reading, Errors> examine(std::string_view text, std::string_view file);

// The same without the warnings.
std::expected<Config, Errors> parse(std::string_view text, std::string_view file);

// What examine() says of a file. Refused unread: larger than 1 MiB, or not a regular file.
std::expected<Reading, Errors> read(const std::filesystem::path& path);

} // namespace foliot::config
