// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Room for one request as it comes from a socket. Filled by the batches of the workers and by the event loop's socket.

#include "nts/protection.h"

#include <array>
#include <cstddef>

namespace foliot::daemon {

// Holds the longest request that a server takes, and one octet more, so that a longer one is seen to be longer.
using RequestBuffer = std::array<std::byte, nts::maxProtectedLength + 1>;

} // namespace foliot::daemon
