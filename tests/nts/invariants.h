// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What must hold of the NTS code for any octets whatever. Run by the fuzz targets on what libFuzzer finds, and by
// test_nts_invariants on the seed corpus. Each takes one input of the layout beside it and returns what is broken, or
// nothing.

#include <cstddef>
#include <optional>
#include <span>
#include <string>

namespace foliot::nts {

using Broken = std::optional<std::string>;

// Input: how many octets come at once (1 octet, 0 is all), then what a server sends inside TLS.
Broken brokenResponseInvariant(std::span<const std::byte> input);

// The same, sent by a client.
Broken brokenRequestInvariant(std::span<const std::byte> input);

// Input: how the rest is used (1 octet), then the rest: with 0 it is the packet that arrives; with 1 it gets the request's
// unique identifier at octet 52; with 2 it is what the server encrypts.
Broken brokenReplyInvariant(std::span<const std::byte> input);

// The same for a server: with 0 it is the packet; with 1 it gets a good cookie at octet 88; with 2 it is the fields
// before an authenticator that is right, behind a good unique identifier and cookie.
Broken brokenProtectedRequestInvariant(std::span<const std::byte> input);

// Input: 0 and a cookie, or 1 and what a cookie seals.
Broken brokenCookieInvariant(std::span<const std::byte> input);

} // namespace foliot::nts
