// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Numbers that nobody can guess, for requests and for the choice of workers.

#include <cstdint>

namespace foliot::daemon {

// From the kernel's generator; never 0.
std::uint64_t randomTransmitTimestamp();

} // namespace foliot::daemon
