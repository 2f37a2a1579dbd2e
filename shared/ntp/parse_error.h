// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why octets are not a packet, and where. Finer than Rejection.

#include "ntp/rejection.h"

#include <cstddef>
#include <cstdint>

namespace foliot::ntp {

enum class ParseFault : std::uint8_t {
    HeaderTruncated,  // fewer than 48 octets
    PacketTooLong,    // more than the caller accepts
    UnknownVersion,   // older than the caller takes, or newer than 4
    FieldTruncated,   // fewer octets left than an extension field's own header
    FieldTooShort,    // length below the minimum
    FieldUnaligned,   // length not a multiple of four
    FieldBeyondEnd,   // length beyond the end of the packet
    BadMacLength,     // what is left is neither an extension field nor a MAC
    NonzeroCryptoNak, // four octets left that are not a crypto-NAK, which is all zero
};

struct ParseError {
    ParseFault fault;
    std::size_t offset = 0; // where in the packet, octets

    friend bool operator==(const ParseError&, const ParseError&) = default;
};

// What it counts as.
Rejection rejectionFor(ParseFault fault);

} // namespace foliot::ntp
