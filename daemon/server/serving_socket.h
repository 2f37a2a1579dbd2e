// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Opens the sockets of the answering threads: one for each of them, all on the same address and port.

#include "daemon/net/endpoint.h"
#include "daemon/net/file_descriptor.h"
#include "daemon/server/worker_choice.h"

#include <expected>
#include <vector>

namespace foliot::daemon {

struct ServingSocket {
    FileDescriptor descriptor;
    bool saysLocalAddress = false; // bound to all addresses: replies have to name the one that was asked
    bool saysTransmitTime = false; // the kernel can be asked when a datagram left
};

struct ServingGroup {
    std::vector<ServingSocket> sockets; // waiting ones: a read sleeps until a datagram is there
    Endpoint endpoint;                  // with the port that the kernel chose, when it was asked for any
    int receiveBuffer = 0; // octets, of each socket; the kernel's limit may have made it smaller than wanted
};

// The kernel counts the datagrams that it was asked about; from here on anew from 0. False: it can be asked no more.
bool restartTransmitNumbers(int descriptor);

// Errors: errno; EADDRINUSE also when another process would share the port.
std::expected<ServingGroup, int> openServingGroup(
    const Endpoint& local, unsigned workers, const SteeringPrefixes& prefixes, std::uint64_t key);

} // namespace foliot::daemon
