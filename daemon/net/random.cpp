// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/random.h"

#include <sys/random.h>

#include <cerrno>
#include <cstdlib>

namespace foliot::daemon {

void fillWithRandom(std::span<std::byte> octets)
{
    while (!octets.empty()) {
        const ssize_t filled = ::getrandom(octets.data(), octets.size(), 0);
        if (filled > 0)
            octets = octets.subspan(static_cast<std::size_t>(filled));
        else if (errno != EINTR)
            std::abort(); // a system that has none is no place for secrets
    }
}

std::uint64_t randomTransmitTimestamp()
{
    std::uint64_t random = 0;
    while (random == 0)
        fillWithRandom(std::as_writable_bytes(std::span(&random, 1)));
    return random;
}

} // namespace foliot::daemon
