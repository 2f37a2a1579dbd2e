// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the kernel says of a datagram beside its octets.

#include <cstring>
#include <optional>

#include <sys/socket.h>

namespace foliot::daemon {

// Copied, because nothing promises that it is aligned. None: the message is shorter than that.
template<typename Value>
std::optional<Value> payload(const cmsghdr& control)
{
    if (control.cmsg_len < CMSG_LEN(sizeof(Value)))
        return std::nullopt;
    Value value;
    std::memcpy(&value, CMSG_DATA(&control), sizeof value);
    return value;
}

} // namespace foliot::daemon
