// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The kernel's reports of when datagrams left: which datagram each one is about, and what it says. Read from a socket's error
// queue by the thread that sends on it.

#include "ntp/time.h"

#include <cstdint>
#include <optional>

namespace foliot::daemon {

struct TransmitTime {
    std::uint32_t number = 0; // of the datagram, counting those whose time was asked for from 0
    RealTime left;
};

// Without waiting; empty when there is none.
std::optional<TransmitTime> readTransmitTime(int descriptor);

} // namespace foliot::daemon
