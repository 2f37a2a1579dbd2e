// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the key exchange works by, from the configuration.

#include "config/config.h"
#include "daemon/nts_server/key_exchange_server.h"

namespace foliot::daemon {

// Empty addresses and identities when no Network Time Security is served.
KeyExchangeSettings keyExchangeSettingsOf(const config::Config& config);

} // namespace foliot::daemon
