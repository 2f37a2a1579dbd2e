// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The two messages of an NTS key exchange, as values: what a client offers, what a server grants. TLS is not here, only
// what is said inside it and what is taken out of it. RFC 8915 sections 4 and 5.1.

#include "nts/aead.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::nts {

inline constexpr std::uint16_t keyExchangePort = 4460;
inline constexpr std::string_view alpnName = "ntske/1";                             // section 4
inline constexpr std::string_view exporterLabel = "EXPORTER-network-time-security"; // section 4.2
inline constexpr std::size_t wantedCookies = 8;                                     // section 4.1.6
// Cookies are stored and sent by the dozen: what is longer is not taken, and 8 of them and their fields fit a packet.
inline constexpr std::size_t maxCookieLength = 256;

using Cookie = std::vector<std::byte>;

enum class ErrorCode : std::uint16_t { UnrecognizedCriticalRecord = 0, BadRequest = 1, InternalError = 2 };

enum class KeyExchangeFault : std::uint8_t {
    Truncated,             // a record ends beyond the message, or there is no End of Message
    UnknownCriticalRecord, // one that we do not know and may not ignore
    BadRecord,             // a known record whose body has another form than it may have
    RepeatedRecord,        // a record that may stand once stands twice
    UnexpectedRecord,      // one that this side of the exchange never sends
    NoProtocol,            // no Next Protocol record
    NoCommonProtocol,      // the other side does not speak NTPv4
    NoAlgorithm,           // no AEAD Algorithm record
    NoCommonAlgorithm,     // none of the offered algorithms is agreed upon
    NoCookie,              // a response without a cookie that we take
    BadServer,             // the name, address or port of the NTP server is none
    ServerError,           // the server says that it will not
    ServerWarning,         // the server warns; no warning is defined, and unknown ones count as errors
};

// "no cookie", as the end of a sentence.
std::string_view keyExchangeFaultText(KeyExchangeFault fault);

// --- client ---

// What the server granted. Whoever has it exports the keys from the TLS connection.
struct Agreement {
    Algorithm algorithm = Algorithm::SivCmac256;
    bool compliantContext = true; // see exporterContext()
    std::vector<Cookie> cookies;  // at least one, at most wantedCookies
    std::string server;           // name or numeric address, without a final dot; empty: the host of the key exchange
    std::optional<std::uint16_t> port;
};

// Offers NTPv4 and the algorithms, in falling preference.
std::vector<std::byte> keyExchangeRequest(std::span<const Algorithm> offered);

std::expected<Agreement, KeyExchangeFault> parseKeyExchangeResponse(
    std::span<const std::byte> message, std::span<const Algorithm> offered);

// --- server ---

struct Offer {
    bool ntpv4 = false;
    std::vector<Algorithm> algorithms; // that we know, in the client's order
    bool compliantContext = false;     // the client knows the record of that name
};

std::expected<Offer, KeyExchangeFault> parseKeyExchangeRequest(std::span<const std::byte> message);

// Grants what the agreement says; the protocol is NTPv4.
std::vector<std::byte> keyExchangeResponse(const Agreement& agreement);
// The client offered no protocol, or no algorithm, that is ours: an empty record says so. RFC 8915 sections 4.1.2, 4.1.5.
std::vector<std::byte> keyExchangeRefusal(bool ntpv4);
std::vector<std::byte> keyExchangeError(ErrorCode code);
// What a server answers to a request with this fault.
ErrorCode errorCodeFor(KeyExchangeFault fault);

// --- keys ---

enum class KeyDirection : std::uint8_t { ClientToServer = 0, ServerToClient = 1 };

// The context of the TLS exporter for one of the two keys, section 5.1. Before version 4.6.1 chrony wrote the number of
// AES-SIV-CMAC-256 where that of AES-128-GCM-SIV belongs, and still does with a partner that does not send the record
// CompliantGcmSivContext: `compliant` is false for that.
std::array<std::byte, 5> exporterContext(Algorithm algorithm, KeyDirection direction, bool compliant = true);

} // namespace foliot::nts
