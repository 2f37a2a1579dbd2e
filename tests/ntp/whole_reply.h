// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What a server says to one request, from its octets to those of the reply.

#include "ntp/server_reply.h"

namespace foliot::ntp {

inline std::expected<PlainReply, Rejection> serverReply(std::span<const std::byte> request, RealTime received,
    RealTime transmitted, const ServerState& state, std::uint16_t sourcePort = defaultPort)
{
    const auto parsed = parseClientRequest(request, sourcePort);
    if (!parsed)
        return std::unexpected(parsed.error());
    return ReplyTemplate(state).reply(*parsed, toTimestamp(received), toTimestamp(transmitted));
}

} // namespace foliot::ntp
