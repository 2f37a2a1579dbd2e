// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What must hold of the protocol code for any octets whatever. Run by the fuzz targets on what libFuzzer finds, and by
// test_invariants on the seed corpus and on generated packets. Each takes one input of the layout beside it, missing
// octets counting as zero, and returns what is broken, or nothing.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace foliot::ntp {

using Broken = std::optional<std::string>;

// Input: a packet.
Broken brokenPacketInvariant(std::span<const std::byte> input);

// Input: one octet of flags (bit 0: the packet gets the origin that was sent; bit 1: version 3; bit 2: interleaved mode was
// asked for; bit 3: the origin is that of interleaved mode), our clock (8 octets, nanoseconds since 1970), notBefore (8,
// the same), the round trip (4, signed, microseconds), and the packet that arrives.
inline constexpr std::size_t exchangePrefixLength = 21;
Broken brokenExchangeInvariant(std::span<const std::byte> input);

// Input: the server's leap indicator (1 octet), stratum (1), precision (1), receive and transmit time (8 each,
// nanoseconds since 1970), root delay and root dispersion (8 each, IEEE 754 seconds), and the request.
inline constexpr std::size_t serverReplyPrefixLength = 35;
Broken brokenServerReplyInvariant(std::span<const std::byte> input);

} // namespace foliot::ntp
