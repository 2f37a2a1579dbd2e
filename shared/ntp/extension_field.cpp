// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/extension_field.h"

#include <algorithm>
#include <cassert>

namespace foliot::ntp {

ExtensionField ExtensionFields::Iterator::operator*() const
{
    return fieldAt(m_packet, m_offset, readBigEndian<std::uint16_t>(m_packet, m_offset + 2));
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
    std::span<const std::byte> octets, std::size_t begin, std::size_t minLength, std::size_t rest)
{
    assert(begin <= octets.size());
    std::size_t offset = begin;
    while (octets.size() - offset > rest) {
        const auto length = fieldLengthAt(octets, offset, minLength);
        if (!length) {
            return std::unexpected(length.error());
        }
        offset += *length;
    }
    return ExtensionFields{octets.first(offset), begin};
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
