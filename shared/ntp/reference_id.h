// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Reference identifiers: whom a server follows, in four octets. ASCII at stratum 1 ("GPS"), a kiss code at stratum 0,
// and from stratum 2 on the address of its own server: IPv4 as it is, IPv6 as a hash. RFC 5905 section 7.3.

#include <array>
#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace foliot::ntp {

// Up to four ASCII characters, left-justified and filled with zeros: "GPS", "LOCL".
std::uint32_t referenceIdFromText(std::string_view text);

// The first four octets of the address's MD5 digest. May look like anybody's IPv4 address.
std::uint32_t referenceIdFromIpv6(const std::array<std::byte, 16>& address);

// The octets as ASCII without the zeros that fill it; what is not printable ASCII, and the backslash, as \xNN: safe to
// log and to show.
std::string referenceIdAscii(std::uint32_t referenceId);

// As the stratum has it: ASCII at 0 and 1, dotted decimal otherwise.
std::string referenceIdText(std::uint32_t referenceId, std::uint8_t stratum);

} // namespace foliot::ntp
