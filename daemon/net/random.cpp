// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/net/random.h"

#include <QRandomGenerator>

#include <sys/random.h>

namespace foliot::daemon {

std::uint64_t randomTransmitTimestamp()
{
    std::uint64_t random = 0;
    while (random == 0) {
        // Eight octets are never cut short; a kernel without the call leaves Qt's own reading of /dev/urandom.
        if (::getrandom(&random, sizeof(random), 0) != sizeof(random))
            random = QRandomGenerator::system()->generate64();
    }
    return random;
}

} // namespace foliot::daemon
