// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The packet: a header of 48 octets, then extension fields (version 4), then a message authentication code. Parsing
// checks the form and nothing else; what the values mean is for Exchange and serverReply. RFC 5905 section 7.3,
// RFC 7822.

#include "ntp/extension_field.h"
#include "ntp/parse_error.h"
#include "ntp/protocol.h"
#include "ntp/timestamp.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>

namespace foliot::ntp {

inline constexpr std::size_t headerLength = 48;
inline constexpr std::size_t maxPacketLength = 1232; // fits a packet of IPv6's least MTU, so it is never in fragments

struct Header {
    LeapIndicator leap = LeapIndicator::None;
    std::uint8_t version = 4;
    Mode mode = Mode::Client;
    std::uint8_t stratum = 0;
    std::int8_t poll = 0;      // log2 seconds
    std::int8_t precision = 0; // log2 seconds
    ShortInterval rootDelay{};
    ShortInterval rootDispersion{};
    std::uint32_t referenceId = 0;
    Timestamp reference{}; // when the sender's clock was last corrected
    Timestamp origin{};    // the transmit timestamp of the packet that this one answers
    Timestamp receive{};   // when that packet arrived
    Timestamp transmit{};  // when this packet left

    friend bool operator==(const Header&, const Header&) = default;
};

// Message authentication code: a key's number and a digest over all that is before it. The digest of a crypto-NAK is
// empty.
struct Mac {
    std::uint32_t keyId = 0;
    std::size_t offset = 0; // in the packet
    std::span<const std::byte> digest;

    bool isCryptoNak() const { return digest.empty(); }
};

// What follows the header. A view: valid as long as the octets it was parsed from.
struct Trailer {
    ExtensionFields fields;
    std::optional<Mac> mac;
};

// A view as well.
struct Packet {
    Header header;
    ExtensionFields fields;
    std::optional<Mac> mac;
};

// Errors: HeaderTruncated. Any version: the caller looks at it.
std::expected<Header, ParseError> parseHeader(std::span<const std::byte> octets);

std::array<std::byte, headerLength> serializeHeader(const Header& header);

// Of a packet with a whole header. Up to version 3 all that follows the header is a MAC; in version 4 four octets of
// zero are a crypto-NAK, 20 or 24 octets at the end are a MAC, and all else is extension fields. Errors: those of fields and
// MACs.
std::expected<Trailer, ParseError> parseTrailer(std::span<const std::byte> octets, std::uint8_t version);

// Errors: any ParseFault. minVersion: 3 for clients, 1 for a server, which answers the old ones too.
std::expected<Packet, ParseError> parsePacket(
    std::span<const std::byte> octets, std::size_t maxLength = maxPacketLength, std::uint8_t minVersion = 3);

} // namespace foliot::ntp
