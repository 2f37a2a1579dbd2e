// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One thing that is wrong with a configuration, for a person to find and mend.

#include <cstdint>
#include <string>

namespace foliot::config {

enum class Severity : std::uint8_t {
    Error,   // the configuration cannot be used
    Warning, // it can, and is hardly what was meant
};

struct Error {
    std::string file;
    int line = 0;           // from 1; 0 when the file as a whole is meant
    int column = 0;         // from 1, in characters
    std::string key;        // "source.minpoll"; empty when none is meant
    std::string message;    // "out of range: 40 is not within 0 to 17"
    std::string suggestion; // "did you mean minpoll?"; empty when there is none
    Severity severity = Severity::Error;

    friend bool operator==(const Error&, const Error&) = default;
};

// "foliot.toml:3:1: source.minpol: unknown key; did you mean minpoll?"; "warning: " stands before the key of one.
std::string describe(const Error& error);

} // namespace foliot::config
