// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Where keys are exchanged: the name is what the certificate is for, whatever the address.

#include "daemon/net/endpoint.h"

#include <string>

namespace foliot::daemon {

struct KeyHost {
    std::string host;
    Endpoint endpoint;
    bool isOneOfMany = false; // a pool's member: at another address it is another server
};

} // namespace foliot::daemon
