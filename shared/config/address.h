// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How people write where a server is: "time.example.org", "192.0.2.1:123", "2001:db8::1", "[2001:db8::1]:123",
// "fe80::1%eth0". Read from the configuration and from D-Bus; nothing is resolved here.

#include <array>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace foliot::config {

enum class HostKind : std::uint8_t { Name, Ipv4, Ipv6 };

struct Address {
    HostKind kind = HostKind::Name;
    std::string host;                      // as written, without brackets and port
    std::optional<std::uint16_t> port;     // when one was written
    std::array<std::uint8_t, 16> octets{}; // of a numeric host; IPv4 uses the first four
    std::string zone;                      // interface of a link-local IPv6 address

    friend bool operator==(const Address&, const Address&) = default;
};

// Error: what is wrong, as the end of a sentence.
std::expected<Address, std::string> parseAddress(std::string_view text);

// False for what no one host has for its address: 0.0.0.0 and its like, multicast, broadcast. Of a name nobody can know.
bool isOfOneHost(const Address& address);

// Where a server is: parseAddress(), and isOfOneHost().
std::expected<Address, std::string> parseServerAddress(std::string_view text);

// True when both name the same host, however written: letter case, a final dot and the ways to shorten IPv6 do not
// matter. Ports are not compared.
bool isSameHost(const Address& a, const Address& b);

// The same host and the same port, or no port with both.
bool isSameEndpoint(const Address& a, const Address& b);

// Of an IPv6 address: its last four octets are an IPv4 address, as in ::ffff:192.0.2.1. RFC 4291 section 2.5.5.2.
bool isMappedIpv4(std::span<const std::uint8_t, 16> octets);

// The host with its port, in brackets where needed: "[::1]:123".
std::string writeAddress(std::string_view host, std::uint16_t port);

} // namespace foliot::config
