// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What --check says of the files that a configuration names: keys, certificates, trusted ones and
// the server's own, and the list of leap seconds, as this machine has them and this user sees them.

#include "config/config.h"
#include "config/read.h"

#include <string>

namespace foliot::daemon {

struct NamedFiles {
    config::Errors errors;   // what a daemon would complain about
    config::Errors warnings; // files that this user may not read, and the daemon perhaps may; or the other way round
};

// file: the configuration's own name, for the errors.
NamedFiles checkNamedFiles(const config::Config& config, const std::string& file);

} // namespace foliot::daemon
