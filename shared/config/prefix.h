// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Networks as people write them where access is given: "192.0.2.0/24", "2001:db8::/32", a single address, and two words.

#include <array>
#include <cstdint>
#include <expected>
#include <string>
#include <string_view>

namespace foliot::config {

enum class PrefixKind : std::uint8_t {
    Ipv4,
    Ipv6,
    All,   // "all": every address of both families
    Local, // "local": this machine, private and link-local networks, and those that its interfaces are in
};

struct Prefix {
    PrefixKind kind = PrefixKind::Ipv4;
    std::array<std::uint8_t, 16> octets{}; // IPv4 uses the first four; the bits behind the length are zero
    int length = 0;                        // 0 to 32 or 128

    friend bool operator==(const Prefix&, const Prefix&) = default;
};

// Error: what is wrong, as the end of a sentence.
std::expected<Prefix, std::string> parsePrefix(std::string_view text);

} // namespace foliot::config
