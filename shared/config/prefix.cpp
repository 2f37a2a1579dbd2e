// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/prefix.h"

#include "config/address.h"

#include <charconv>
#include <format>
#include <span>

namespace foliot::config {

namespace {

constexpr int ipv4Length = 32;
constexpr int ipv6Length = 128;
constexpr int mappedLength = ipv6Length - ipv4Length; // of what stands before an IPv4 address in IPv6 form

std::expected<int, std::string> parseLength(std::string_view text, int longest)
{
    int length = 0;
    const auto* const end = std::to_address(text.end());
    const auto [stop, error] = std::from_chars(std::to_address(text.begin()), end, length);
    if (error != std::errc{} || stop != end || length < 0 || length > longest)
        return std::unexpected(std::format("the length of the prefix must be a whole number, 0 to {}", longest));
    return length;
}

bool hasBitsBehind(const Prefix& prefix)
{
    for (int bit = prefix.length; bit < ipv6Length; ++bit)
        if ((prefix.octets.at(static_cast<std::size_t>(bit / 8)) >> (7 - bit % 8) & 1) != 0)
            return true;
    return false;
}

// ::ffff:0:0/96 and what lies in it.
bool isMapped(const Prefix& prefix)
{
    return prefix.kind == PrefixKind::Ipv6 && prefix.length >= mappedLength && isMappedIpv4(prefix.octets);
}

std::string writeUnmapped(const Prefix& mapped)
{
    const auto octets = std::span(mapped.octets).last<4>();
    const int length = mapped.length - mappedLength;
    return std::format("{}.{}.{}.{}{}", octets[0], octets[1], octets[2], octets[3],
        length == ipv4Length ? std::string() : std::format("/{}", length));
}

} // namespace

std::expected<Prefix, std::string> parsePrefix(std::string_view text)
{
    if (text == "all")
        return Prefix{.kind = PrefixKind::All};
    if (text == "local")
        return Prefix{.kind = PrefixKind::Local};
    const auto slash = text.find('/');
    const auto address = parseAddress(text.substr(0, slash));
    if (!address || address->kind == HostKind::Name || address->port || !address->zone.empty())
        return std::unexpected("\"all\", \"local\", a numeric address, or one with the length of a prefix is needed");
    const bool isIpv4 = address->kind == HostKind::Ipv4;
    const int longest = isIpv4 ? ipv4Length : ipv6Length;
    Prefix prefix{.kind = isIpv4 ? PrefixKind::Ipv4 : PrefixKind::Ipv6, .octets = address->octets, .length = longest};
    if (slash != std::string_view::npos) {
        const auto length = parseLength(text.substr(slash + 1), longest);
        if (!length)
            return std::unexpected(length.error());
        prefix.length = *length;
    }
    // 192.0.2.7/24 is more likely a slip than a network.
    if (hasBitsBehind(prefix))
        return std::unexpected(std::format("has bits behind the first {}", prefix.length));
    // Clients over IPv4 are known by their IPv4 address, so no client would ever fit.
    if (isMapped(prefix))
        return std::unexpected(std::format("IPv4 in IPv6 form, which no client has; write {}", writeUnmapped(prefix)));
    return prefix;
}

} // namespace foliot::config
