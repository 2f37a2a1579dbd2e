// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opens the TCP sockets on which the threads of the key exchange wait for clients: one for each of them, all on the same
// address and port.

#include "daemon/net/endpoint.h"
#include "daemon/net/file_descriptor.h"
#include "daemon/server/worker_choice.h"

#include <expected>
#include <vector>

namespace foliot::daemon {

struct ListeningGroup {
    std::vector<FileDescriptor> sockets; // none of them blocks
    Endpoint endpoint;                   // with the port that the kernel chose, when it was asked for any
};

// Errors: errno; EADDRINUSE also when another process would share the port.
std::expected<ListeningGroup, int> openListeningGroup(
    const Endpoint& local, unsigned threads, const SteeringPrefixes& prefixes, std::uint64_t key);

} // namespace foliot::daemon
