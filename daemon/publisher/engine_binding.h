// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Connects engine and publisher: the engine's state goes out, requests from the bus come in.

#include "daemon/publisher/publisher.h"

#include <expected>
#include <memory>

namespace foliot::daemon {

// Puts the engine on that bus; FOLIOT_BUS=session in the environment wins over it. Null when no bus is wanted. The engine
// must outlive the publisher. Error: see Publisher::start().
std::expected<std::unique_ptr<Publisher>, QString> publishEngine(
    Engine& engine, ServerCommands server, config::BusKind bus, const DaemonFacts& facts);

} // namespace foliot::daemon
