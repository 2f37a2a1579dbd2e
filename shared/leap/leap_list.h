// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The list of leap seconds that IERS publishes and that tzdata installs as leap-seconds.list: text, lines of an NTP time and
// of TAI minus UTC from then on, with "#$" before the time of its last change, "#@" before the time until which it holds and
// "#h" before a SHA-1 digest of all these numbers.

#include "ntp/leap_seconds.h"

#include <expected>
#include <filesystem>
#include <string>
#include <string_view>

namespace foliot::leap {

// Error: what is wrong, as the end of a sentence, with the line where it is one. A list without a digest, or with the digest
// of another list, is wrong: half of a file reads well otherwise.
std::expected<ntp::LeapSeconds, std::string> parseLeapList(std::string_view text);

// The same of a file; the error names it.
std::expected<ntp::LeapSeconds, std::string> readLeapList(const std::filesystem::path& file);

} // namespace foliot::leap
