// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The keys of a server's cookies as the content of a file, so that a restart costs no client its cookies.

#include "nts/cookie.h"

#include <chrono>
#include <expected>
#include <string>
#include <string_view>

namespace foliot::daemon {

struct KeptServerKeys {
    nts::CookieKeys keys;
    std::chrono::seconds age{}; // of the newest, in time that a server ran
};

// Secret: wipe it when it is written.
std::string writeServerKeys(const nts::CookieKeys& keys, std::chrono::seconds age);

// Error: why it is of no use, a sentence's end. Nothing of a file that is not whole is taken.
std::expected<KeptServerKeys, std::string> parseServerKeys(std::string_view content);

} // namespace foliot::daemon
