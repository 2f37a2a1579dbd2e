// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the answering threads work by, from the configuration.

#include "config/config.h"
#include "daemon/server/access_list.h"
#include "daemon/server/responder.h"

namespace foliot::daemon {

// "local" stands for the networks that the machine is in at this moment.
AccessList accessListOf(const config::Server& settings);

// With a key from the kernel's generator.
ResponderSettings responderSettingsOf(const config::Server& settings);

} // namespace foliot::daemon
