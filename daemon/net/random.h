// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Numbers that nobody can guess, for requests and for the choice of workers.

#include <cstddef>
#include <cstdint>
#include <span>

namespace foliot::daemon {

void fillWithRandom(std::span<std::byte> octets);

// From the kernel's generator; never 0.
std::uint64_t randomTransmitTimestamp();

} // namespace foliot::daemon
