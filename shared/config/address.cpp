// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/address.h"

#include <algorithm>
#include <charconv>
#include <ranges>
#include <span>
#include <vector>

namespace foliot::config {

namespace {

constexpr std::size_t longestName = 253; // RFC 1035, as text
constexpr std::size_t longestLabel = 63;
constexpr std::size_t longestZone = 15; // IFNAMSIZ less its NUL
// A name with its final dot and a port. Strangers write addresses over the bus before anybody is asked whether they
// may: nothing longer is taken apart, or said again in an error.
constexpr std::size_t longestAddress = longestName + sizeof(".:65535") - 1;

bool isDigit(char c)
{
    return c >= '0' && c <= '9';
}

bool isLetter(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}

std::vector<std::string_view> split(std::string_view text, char separator)
{
    std::vector<std::string_view> parts;
    for (;;) {
        const auto end = text.find(separator);
        parts.push_back(text.substr(0, end));
        if (end == std::string_view::npos)
            return parts;
        text = text.substr(end + 1);
    }
}

// The whole text as a number of the base, with at most so many digits.
std::optional<unsigned> number(std::string_view text, int base, std::size_t digits)
{
    unsigned result = 0;
    if (text.empty() || text.size() > digits)
        return {};
    const auto end = std::to_address(text.end());
    const auto [stop, error] = std::from_chars(std::to_address(text.begin()), end, result, base);
    if (error != std::errc{} || stop != end)
        return {};
    return result;
}

std::optional<std::array<std::uint8_t, 4>> parseIpv4(std::string_view text)
{
    const auto parts = split(text, '.');
    if (parts.size() != 4)
        return {};
    std::array<std::uint8_t, 4> octets{};
    for (std::size_t i = 0; i < 4; ++i) {
        const auto octet = number(parts[i], 10, 3);
        // 010 is eight for some readers and ten for others.
        if (!octet || *octet > 255 || (parts[i].size() > 1 && parts[i].front() == '0'))
            return {};
        octets[i] = static_cast<std::uint8_t>(*octet);
    }
    return octets;
}

// The 16-bit groups of one side of "::". Only the last side may end in an IPv4 address.
std::optional<std::vector<std::uint16_t>> parseGroups(std::string_view text, bool isLast)
{
    std::vector<std::uint16_t> groups;
    if (text.empty())
        return groups;
    const auto parts = split(text, ':');
    for (std::size_t i = 0; i < parts.size(); ++i) {
        if (isLast && i + 1 == parts.size() && parts[i].contains('.')) {
            const auto octets = parseIpv4(parts[i]);
            if (!octets)
                return {};
            groups.push_back(static_cast<std::uint16_t>((*octets)[0] << 8 | (*octets)[1]));
            groups.push_back(static_cast<std::uint16_t>((*octets)[2] << 8 | (*octets)[3]));
            continue;
        }
        const auto group = number(parts[i], 16, 4);
        if (!group)
            return {};
        groups.push_back(static_cast<std::uint16_t>(*group));
    }
    return groups;
}

// RFC 4291 section 2.2.
std::optional<std::array<std::uint8_t, 16>> parseIpv6(std::string_view text)
{
    const auto gap = text.find("::");
    const bool hasGap = gap != std::string_view::npos;
    const auto head = parseGroups(text.substr(0, gap), !hasGap);
    const auto tail = hasGap ? parseGroups(text.substr(gap + 2), true) : std::vector<std::uint16_t>{};
    if (!head || !tail)
        return {};
    const auto count = head->size() + tail->size();
    if (hasGap ? count > 7 : count != 8)
        return {};

    std::array<std::uint16_t, 8> groups{};
    std::ranges::copy(*head, groups.begin());
    std::ranges::copy_backward(*tail, groups.end());
    std::array<std::uint8_t, 16> octets{};
    for (std::size_t i = 0; i < groups.size(); ++i) {
        octets[2 * i] = static_cast<std::uint8_t>(groups[i] >> 8);
        octets[2 * i + 1] = static_cast<std::uint8_t>(groups[i] & 0xff);
    }
    return octets;
}

std::string_view withoutFinalDot(std::string_view name)
{
    return name.ends_with('.') ? name.substr(0, name.size() - 1) : name;
}

std::expected<void, std::string> checkName(std::string_view written)
{
    const auto name = withoutFinalDot(written);
    if (name.empty() || name.size() > longestName)
        return std::unexpected("a name has 1 to 253 characters");
    if (std::ranges::any_of(name, [](char c) { return static_cast<unsigned char>(c) >= 0x80; }))
        return std::unexpected("a name is written in ASCII (an international one in its xn-- form)");
    const auto labels = split(name, '.');
    for (const auto label : labels) {
        if (label.empty() || label.size() > longestLabel)
            return std::unexpected("the parts between the dots of a name have 1 to 63 characters");
        if (!std::ranges::all_of(label, [](char c) { return isLetter(c) || isDigit(c) || c == '-' || c == '_'; }))
            return std::unexpected("a name is made of letters, digits, hyphens and dots");
        if (label.starts_with('-') || label.ends_with('-'))
            return std::unexpected("a part of a name neither starts nor ends with a hyphen");
    }
    // Resolvers take 1.2.3 or 0x7f.1 for IPv4 addresses of a kind that nobody means.
    const auto last = labels.back();
    if (std::ranges::all_of(last, isDigit) || (last.size() > 1 && last[0] == '0' && lower(last[1]) == 'x'))
        return std::unexpected("not an IPv4 address, which has four numbers from 0 to 255");
    return {};
}

std::expected<Address, std::string> parseIpv6Host(std::string_view text)
{
    const auto percent = text.find('%');
    const auto octets = parseIpv6(text.substr(0, percent));
    if (!octets)
        return std::unexpected("not an IPv6 address");
    Address address{.kind = HostKind::Ipv6, .host = std::string(text), .port = {}, .octets = *octets, .zone = {}};
    if (percent == std::string_view::npos)
        return address;
    address.zone = text.substr(percent + 1);
    const auto isZoneCharacter = [](char c) { return isLetter(c) || isDigit(c) || c == '-' || c == '_' || c == '.'; };
    if (address.zone.empty() || address.zone.size() > longestZone ||
        !std::ranges::all_of(address.zone, isZoneCharacter))
        return std::unexpected("what follows % is the name of a network interface");
    return address;
}

std::expected<std::uint16_t, std::string> parsePort(std::string_view text)
{
    const auto port = number(text, 10, 5);
    if (!port || *port < 1 || *port > 65535)
        return std::unexpected("a port is a number from 1 to 65535");
    return static_cast<std::uint16_t>(*port);
}

} // namespace

std::expected<Address, std::string> parseAddress(std::string_view text)
{
    if (text.empty())
        return std::unexpected("an address is needed");
    if (text.size() > longestAddress)
        return std::unexpected("longer than any address");
    if (text.contains("://"))
        return std::unexpected("write the name alone, without " + std::string(text.substr(0, text.find("://") + 3)));

    std::optional<std::string_view> port;
    std::expected<Address, std::string> address;
    if (text.starts_with('[')) {
        const auto end = text.find(']');
        const auto after = end == std::string_view::npos ? std::string_view{} : text.substr(end + 1);
        if (end == std::string_view::npos || !(after.empty() || after.starts_with(':')))
            return std::unexpected("an IPv6 address with a port is written [address]:port");
        if (!after.empty())
            port = after.substr(1);
        address = parseIpv6Host(text.substr(1, end - 1));
    } else if (std::ranges::count(text, ':') > 1) {
        address = parseIpv6Host(text);
    } else {
        const auto colon = text.find(':');
        const auto host = text.substr(0, colon);
        if (colon != std::string_view::npos)
            port = text.substr(colon + 1);
        if (const auto octets = parseIpv4(host)) {
            address = Address{.kind = HostKind::Ipv4, .host = std::string(host), .port = {}, .octets = {}, .zone = {}};
            std::ranges::copy(*octets, address->octets.begin());
        } else if (auto checked = checkName(host); !checked) {
            return std::unexpected(std::move(checked.error()));
        } else {
            address = Address{.kind = HostKind::Name, .host = std::string(host), .port = {}, .octets = {}, .zone = {}};
        }
    }
    if (address && port) {
        auto parsed = parsePort(*port);
        if (!parsed)
            return std::unexpected(std::move(parsed.error()));
        address->port = *parsed;
    }
    return address;
}

bool isOfOneHost(const Address& address)
{
    const auto isIpv4OfOne = [](std::span<const std::uint8_t, 4> octets) {
        constexpr std::uint8_t firstMulticast = 224;
        constexpr std::uint8_t firstReserved = 240;
        const bool isMulticast = octets[0] >= firstMulticast && octets[0] < firstReserved;
        const bool isBroadcast = std::ranges::all_of(octets, [](std::uint8_t octet) { return octet == 0xff; });
        return octets[0] != 0 && !isMulticast && !isBroadcast;
    };
    const std::span octets(address.octets);
    switch (address.kind) {
    case HostKind::Name:
        return true;
    case HostKind::Ipv4:
        return isIpv4OfOne(octets.first<4>());
    case HostKind::Ipv6:
        if (isMappedIpv4(octets))
            return isIpv4OfOne(octets.last<4>());
        return octets[0] != 0xff && std::ranges::any_of(octets, [](std::uint8_t octet) { return octet != 0; });
    }
    return false;
}

std::expected<Address, std::string> parseServerAddress(std::string_view text)
{
    auto address = parseAddress(text);
    if (address && !isOfOneHost(*address))
        return std::unexpected("the address of no one server");
    return address;
}

bool isSameHost(const Address& a, const Address& b)
{
    if (a.kind != b.kind)
        return false;
    if (a.kind != HostKind::Name)
        return a.octets == b.octets && a.zone == b.zone;
    return std::ranges::equal(withoutFinalDot(a.host), withoutFinalDot(b.host), {}, lower, lower);
}

bool isSameEndpoint(const Address& a, const Address& b)
{
    return isSameHost(a, b) && a.port == b.port;
}

bool isMappedIpv4(std::span<const std::uint8_t, 16> octets)
{
    constexpr std::array<std::uint8_t, 12> prefix{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
    return std::ranges::equal(octets.first<prefix.size()>(), prefix);
}

std::string writeAddress(std::string_view host, std::uint16_t port)
{
    const bool needsBrackets = host.contains(':');
    return (needsBrackets ? "[" : "") + std::string(host) + (needsBrackets ? "]:" : ":") + std::to_string(port);
}

} // namespace foliot::config
