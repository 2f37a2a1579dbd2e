// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server's side: a reply as a function of request, receive time and system state. RFC 5905 section 9.2.

#include "ntp/protocol.h"
#include "ntp/rejection.h"

#include <array>
#include <cstddef>
#include <expected>
#include <span>

namespace foliot::ntp {

// What the server says of itself; the same for every client.
struct ServerState {
    LeapIndicator leap = LeapIndicator::Unsynchronized;
    std::uint8_t stratum = maxStratum; // 16 is sent as 0
    std::int8_t precision = -20;       // log2 seconds
    Seconds rootDelay{};
    Seconds rootDispersion{};
    std::uint32_t referenceId = 0;
    RealTime referenceTime{}; // 1970: never corrected, sent as 0

    friend bool operator==(const ServerState&, const ServerState&) = default;
};

// A plain reply has no extension fields, so it is never longer than its request.
using PlainReply = std::array<std::byte, 48>;

// Answers a client request (mode 3) of version 3 or 4. Errors: TooShort, BadVersion, BadMode, MalformedExtension:
// the caller stays silent and counts.
std::expected<PlainReply, Rejection> serverReply(
    std::span<const std::byte> request, RealTime received, RealTime transmitted, const ServerState& state);

} // namespace foliot::ntp
