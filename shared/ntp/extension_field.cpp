// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/extension_field.h"

#include "ntp/octets.h"

#include <algorithm>
#include <cassert>

namespace foliot::ntp {

std::expected<ExtensionField, ParseError> parseExtensionField(
    std::span<const std::byte> packet, std::size_t offset, std::size_t minLength)
{
    assert(offset <= packet.size());
    const std::size_t left = packet.size() - offset;
    if (left < fieldHeaderLength) {
        return std::unexpected(ParseError{ParseFault::FieldTruncated, offset});
    }
    const std::size_t length = readBigEndian<std::uint16_t>(packet, offset + 2);
    if (length < std::max(minLength, fieldHeaderLength)) {
        return std::unexpected(ParseError{ParseFault::FieldTooShort, offset});
    }
    if (length % 4 != 0) {
        return std::unexpected(ParseError{ParseFault::FieldUnaligned, offset});
    }
    if (length > left) {
        return std::unexpected(ParseError{ParseFault::FieldBeyondEnd, offset});
    }
    return ExtensionField{
        .type = readBigEndian<std::uint16_t>(packet, offset),
        .offset = offset,
        .octets = packet.subspan(offset, length),
    };
}

ExtensionField ExtensionFields::Iterator::operator*() const
{
    const std::size_t length = readBigEndian<std::uint16_t>(m_packet, m_offset + 2);
    return {
        .type = readBigEndian<std::uint16_t>(m_packet, m_offset),
        .offset = m_offset,
        .octets = m_packet.subspan(m_offset, length),
    };
}

ExtensionFields::Iterator& ExtensionFields::Iterator::operator++()
{
    m_offset += readBigEndian<std::uint16_t>(m_packet, m_offset + 2);
    return *this;
}

ExtensionFields::Iterator ExtensionFields::Iterator::operator++(int)
{
    const Iterator before = *this;
    ++*this;
    return before;
}

std::expected<ExtensionFields, ParseError> ExtensionFields::parse(
    std::span<const std::byte> octets, std::size_t begin, std::size_t minLength)
{
    std::size_t offset = begin;
    while (offset < octets.size()) {
        const auto field = parseExtensionField(octets, offset, minLength);
        if (!field) {
            return std::unexpected(field.error());
        }
        offset = field->end();
    }
    return ExtensionFields{octets, begin};
}

void appendExtensionField(
    std::vector<std::byte>& packet, std::uint16_t type, std::span<const std::byte> value, std::size_t minLength)
{
    const std::size_t padded = (fieldHeaderLength + value.size() + 3) / 4 * 4;
    const std::size_t length = std::max(padded, minLength);
    assert(length <= 0xfffc && length % 4 == 0);
    const std::size_t begin = packet.size();
    packet.resize(begin + length);
    writeBigEndian(std::span{packet}, begin, type);
    writeBigEndian(std::span{packet}, begin + 2, static_cast<std::uint16_t>(length));
    std::ranges::copy(value, std::span{packet}.subspan(begin + fieldHeaderLength).begin());
}

} // namespace foliot::ntp
