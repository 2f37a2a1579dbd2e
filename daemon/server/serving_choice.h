// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Whether time is served, and how: what the configuration file says, and what a person asked for since. The file decides how,
// the person whether; a file that names other addresses than before has the last word again. Pure.

#include "config/config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foliot::daemon {

// Because of whom time is to be served.
enum class ServingWish : std::uint8_t {
    Nobody,        // it is not
    Configuration, // the file names addresses
    Request,       // a person, until the next start
    KeptRequest,   // a person, also after it
};

class ServingChoice {
public:
    // usualListen: where to serve when a person wants it and the file names no address.
    explicit ServingChoice(std::vector<std::string> usualListen);

    // The file, as read at a start or a reload.
    void configure(const config::Server& settings);

    // A person's wish. With keep it is the one that the next start begins with.
    void ask(bool isServing, bool keep);

    // What a person wanted to be kept, at an earlier start.
    void remember(bool isKept) { m_isKept = isKept; }

    ServingWish wish() const;

    // Without any address to listen on when nobody wants it.
    config::Server wanted() const;

private:
    std::vector<std::string> m_usualListen;
    config::Server m_file;
    std::optional<bool> m_asked; // since the start, or since the file has changed
    bool m_isKept = false;
};

} // namespace foliot::daemon
