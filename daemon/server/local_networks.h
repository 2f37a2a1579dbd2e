// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The networks that "local" stands for in the configuration of the server.

#include "daemon/server/access_list.h"

#include <vector>

namespace foliot::daemon {

// Rules that allow this machine itself, private and link-local networks (RFC 1918, RFC 3927, RFC 4193, RFC 4291), and the
// networks that the interfaces are in now.
std::vector<AccessRule> localNetworks();

} // namespace foliot::daemon
