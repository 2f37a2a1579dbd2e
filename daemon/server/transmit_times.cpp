// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/transmit_times.h"

#include "daemon/net/message.h"

namespace foliot::daemon {

std::optional<TransmitTime> readTransmitTime(int descriptor)
{
    for (;;) {
        const auto message = receiveMessage(descriptor, {}, true); // without the datagram, should it come along
        if (!message)
            return std::nullopt;
        if (message->kind == MessageKind::TransmitStamp && message->id && message->stamp)
            return TransmitTime{.number = *message->id, .left = message->stamp->real};
    }
}

} // namespace foliot::daemon
