// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/reference_id.h"

#include "ntp/md5.h"
#include "ntp/octets.h"

#include <cassert>
#include <format>

namespace foliot::ntp {

namespace {

using Octets = std::array<std::byte, 4>;

Octets octetsOf(std::uint32_t referenceId)
{
    Octets octets{};
    writeBigEndian(octets, 0, referenceId);
    return octets;
}

} // namespace

std::uint32_t referenceIdFromText(std::string_view text)
{
    Octets octets{};
    assert(text.size() <= octets.size());
    for (std::size_t i = 0; i < std::min(text.size(), octets.size()); ++i) {
        octets[i] = static_cast<std::byte>(text[i]);
    }
    return readBigEndian<std::uint32_t>(octets, 0);
}

std::uint32_t referenceIdFromIpv6(const std::array<std::byte, 16>& address)
{
    return readBigEndian<std::uint32_t>(md5(address), 0);
}

std::string referenceIdAscii(std::uint32_t referenceId)
{
    const Octets octets = octetsOf(referenceId);
    std::size_t length = octets.size();
    while (length > 1 && octets[length - 1] == std::byte{0}) {
        --length;
    }
    std::string text;
    for (const std::byte octet : std::span{octets}.first(length)) {
        const auto character = std::to_integer<char>(octet);
        if (character >= ' ' && character <= '~' && character != '\\') {
            text += character;
        } else {
            text += std::format("\\x{:02x}", std::to_integer<unsigned>(octet));
        }
    }
    return text;
}

std::string referenceIdText(std::uint32_t referenceId, std::uint8_t stratum)
{
    if (stratum <= 1) {
        return referenceIdAscii(referenceId);
    }
    return std::format(
        "{}.{}.{}.{}", referenceId >> 24, referenceId >> 16 & 0xff, referenceId >> 8 & 0xff, referenceId & 0xff);
}

} // namespace foliot::ntp
