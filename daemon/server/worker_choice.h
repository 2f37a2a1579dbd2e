// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which worker a client belongs to: a classic BPF program for a group of SO_REUSEPORT sockets that picks by the client's
// address alone. Clients take a fresh port for each request (RFC 9109), so the kernel's own choice, which goes by the port
// too, would spread one client over all workers and multiply what it may ask.

#include <cstdint>

namespace foliot::daemon {

struct SteeringPrefixes {
    int ipv4 = 32; // addresses that share so many bits stay together
    int ipv6 = 64; // at most 64: hosts choose the other half themselves

    friend bool operator==(const SteeringPrefixes&, const SteeringPrefixes&) = default;
};

// For the whole group that the socket belongs to: worker i is the i-th socket that was bound. key: random, so that nobody
// can choose addresses that all fall to one worker. Returns 0 or errno.
int steerByAddress(int descriptor, bool isIpv6, unsigned workers, const SteeringPrefixes& prefixes, std::uint64_t key);

} // namespace foliot::daemon
