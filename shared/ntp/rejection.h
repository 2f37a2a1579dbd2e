// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Why a packet was dropped. Each reason is counted per source and shown; nothing else changes when a packet is dropped.

#include <array>
#include <cstdint>
#include <string_view>

namespace foliot::ntp {

enum class Rejection : std::uint8_t {
    TooShort,            // fewer octets than a header
    TooLong,             // more than we ever accept
    BadVersion,          // a version we did not ask in
    BadMode,             // not a server's reply
    MalformedExtension,  // extension fields or MAC that RFC 7822 does not allow
    WrongSource,         // came from another address or port than was asked
    BogusOrigin,         // origin is not what we sent: not an answer to our request
    ZeroOrigin,          // origin 0
    Duplicate,           // the same reply again, or a second one to the same request
    ZeroTimestamp,       // receive or transmit timestamp 0
    NegativeInterval,    // server says it answered before it received, or a negative delay beyond the precision
    ImplausibleDistance, // root delay / 2 + root dispersion of MAXDISP or more
    Unsolicited,         // nothing is outstanding
    Unauthenticated,     // a required authenticator is absent or does not verify
};

inline constexpr std::array allRejections{
    Rejection::TooShort,
    Rejection::TooLong,
    Rejection::BadVersion,
    Rejection::BadMode,
    Rejection::MalformedExtension,
    Rejection::WrongSource,
    Rejection::BogusOrigin,
    Rejection::ZeroOrigin,
    Rejection::Duplicate,
    Rejection::ZeroTimestamp,
    Rejection::NegativeInterval,
    Rejection::ImplausibleDistance,
    Rejection::Unsolicited,
    Rejection::Unauthenticated,
};

// The word used in logs, on D-Bus and in JSON: "bogus-origin".
std::string_view rejectionWord(Rejection rejection);

} // namespace foliot::ntp
