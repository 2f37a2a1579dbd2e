// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The server's side: a reply as a function of request, receive time and system state. RFC 5905 section 9.2.

#include "ntp/packet.h"
#include "ntp/protocol.h"
#include "ntp/rejection.h"
#include "ntp/timestamp.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string_view>

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
using PlainReply = std::array<std::byte, headerLength>;

// A client's request, as far as the reply depends on it. A view: valid as long as its octets.
struct ClientRequest {
    std::uint8_t version = 4;
    std::int8_t poll = 0;
    Timestamp origin{};
    Timestamp receive{};
    Timestamp transmit{};
    std::optional<Mac> mac;
};

// Takes requests of mode 3 in the versions 1 to 4. A version 1 packet has no mode: one of mode 0 counts as a client's
// unless it comes from a server's port, which would make two servers answer each other (RFC 1059 section 3.3).
// Errors: TooShort, TooLong (than maxLength), BadVersion, BadMode, MalformedExtension: the caller stays silent and counts.
std::expected<ClientRequest, Rejection> parseClientRequest(
    std::span<const std::byte> octets, std::uint16_t sourcePort = defaultPort, std::size_t maxLength = maxPacketLength);
// The same in place, for a server with many: into a request that was just made, which means nothing after an error.
std::expected<void, Rejection> parseClientRequest(
    ClientRequest& request, std::span<const std::byte> octets, std::uint16_t sourcePort, std::size_t maxLength);

// All of a reply that is the same for every client, made once for many replies.
class ReplyTemplate {
public:
    explicit ReplyTemplate(const ServerState& state);

    // transmit: never 0 and never the same as receive in what is sent (RFC 9769), so 2^-32 s are added where needed.
    PlainReply reply(const ClientRequest& request, Timestamp receive, Timestamp transmit) const;
    // The same where it is sent from.
    void place(std::span<std::byte, headerLength> header, const ClientRequest& request, Timestamp receive,
        Timestamp transmit) const;

private:
    PlainReply m_octets;
};

// Replaces the transmit timestamp of a reply's header, by the same rule.
void setTransmitTimestamp(std::span<std::byte, headerLength> reply, Timestamp transmit);

// The reply that says nothing but a kiss code: stratum 0, leap 3. Section 7.4.
ReplyTemplate kissTemplate(std::string_view code);

} // namespace foliot::ntp
