// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Datagram sockets as the client and the server want them. Options that a kernel (or a simulator in its place) refuses
// are done without: what follows from that is said by each message.

#include "daemon/net/endpoint.h"
#include "daemon/net/file_descriptor.h"

#include <expected>
#include <optional>

namespace foliot::daemon {

enum class Stamping : std::uint8_t { Receive, ReceiveAndTransmit };

// A socket of its own for one request: the kernel picks a random port (RFC 9109) and drops what other addresses send.
// Errors: errno.
std::expected<FileDescriptor, int> openConnected(const Endpoint& server);

// A socket that serves. Says with each datagram which of our addresses it was sent to. Errors: errno.
std::expected<FileDescriptor, int> openBound(const Endpoint& local);

// False: the kernel, or a simulator in its place, refuses it.
bool setOption(int descriptor, int level, int name, int value);

// Requests and replies fit any path: never in fragments, and no forged "fragmentation needed" makes them smaller.
void forbidFragments(int descriptor, bool isIpv6);

// Asks for the kernel's stamps. False when it gives none at all.
bool enableStamps(int descriptor, Stamping stamping);

// The kernel begins to stamp what arrives a moment after the first socket asks for it and stops with the last one, so an
// answer that is quick may come without a stamp. While this idle socket is open it goes on. Invalid when there is none.
FileDescriptor keepKernelStamping();

std::optional<Endpoint> localEndpoint(int descriptor);

} // namespace foliot::daemon
