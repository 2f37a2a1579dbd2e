// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Octets in state files: two digits for each, "-" for none.

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::daemon {

void appendHex(std::string& text, std::span<const std::byte> octets);

// Empty when it is not what appendHex() writes.
std::optional<std::vector<std::byte>> octetsOfHex(std::string_view hex);

} // namespace foliot::daemon
