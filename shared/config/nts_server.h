// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What follows from the settings of [nts-server] and [server] together: where keys are exchanged, and what clients are told.

#include "config/config.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace foliot::config {

bool servesNts(const Config& config);

// Each with its port, as parseAddress() reads it and none twice: those of [nts-server], or else the hosts of [server].
std::vector<std::string> keyExchangeAddresses(const Config& config);

// The UDP port that clients are told; absent: they take 123, the default of RFC 8915 section 4.1.8.
std::optional<std::uint16_t> toldNtpPort(const Config& config);

} // namespace foliot::config
