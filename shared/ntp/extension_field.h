// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Extension fields: what may follow the header of an NTPv4 packet. A view over the packet's octets, checked as a whole
// before anyone sees the first field; each field knows where in the packet it lies, since authenticators cover all that
// is before them. RFC 7822, RFC 5905 section 7.5.

#include "ntp/octets.h"
#include "ntp/parse_error.h"

#include <algorithm>
#include <cassert>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <iterator>
#include <span>
#include <vector>

namespace foliot::ntp {

inline constexpr std::size_t fieldHeaderLength = 4;
inline constexpr std::size_t minFieldLength = 16; // RFC 7822

struct ExtensionField {
    std::uint16_t type = 0;
    std::size_t offset = 0;            // of its first octet in the packet
    std::span<const std::byte> octets; // all of it, header and padding included

    std::span<const std::byte> value() const { return octets.subspan(fieldHeaderLength); } // with its padding
    std::size_t end() const { return offset + octets.size(); }
};

// How long the field is that begins at `offset`: it lies within the packet. Here for the compiler to see through, since a
// server does it for each field of each request. Errors: FieldTruncated, FieldTooShort, FieldUnaligned, FieldBeyondEnd.
inline std::expected<std::size_t, ParseError> fieldLengthAt(
    std::span<const std::byte> packet, std::size_t offset, std::size_t minLength = minFieldLength)
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
    return length;
}

// That field, of so many octets.
inline ExtensionField fieldAt(std::span<const std::byte> packet, std::size_t offset, std::size_t length)
{
    return {
        .type = readBigEndian<std::uint16_t>(packet, offset),
        .offset = offset,
        .octets = packet.subspan(offset, length),
    };
}

class ExtensionFields {
public:
    class Iterator {
    public:
        using value_type = ExtensionField;
        using difference_type = std::ptrdiff_t;
        using iterator_concept = std::forward_iterator_tag;

        Iterator() = default;
        Iterator(std::span<const std::byte> packet, std::size_t offset)
            : m_packet(packet)
            , m_offset(offset)
        {}

        ExtensionField operator*() const;
        Iterator& operator++();
        Iterator operator++(int);
        friend bool operator==(const Iterator& a, const Iterator& b) { return a.m_offset == b.m_offset; }

    private:
        std::span<const std::byte> m_packet;
        std::size_t m_offset = 0;
    };

    ExtensionFields() = default; // none

    // Checks that fields of at least minLength follow each other from `begin` to where no more than `rest` octets of `octets`
    // are left: to its end, unless anything else may follow. Fields inside an encrypted one have no minimum but their header:
    // there, begin is 0 and minLength fieldHeaderLength.
    static std::expected<ExtensionFields, ParseError> parse(std::span<const std::byte> octets, std::size_t begin,
        std::size_t minLength = minFieldLength, std::size_t rest = 0);

    Iterator begin() const { return {m_octets, m_begin}; }
    Iterator end() const { return {m_octets, endOffset()}; }
    std::size_t endOffset() const { return m_octets.size(); } // behind the last one; 0 of none
    bool isEmpty() const { return m_begin == endOffset(); }

private:
    ExtensionFields(std::span<const std::byte> octets, std::size_t begin)
        : m_octets(octets)
        , m_begin(begin)
    {}

    std::span<const std::byte> m_octets; // from the start of the packet to the end of the last field
    std::size_t m_begin = 0;
};

// Adds a field: its header, the value, and zeros up to a multiple of four and to minLength. The value is at most
// 65528 octets long.
void appendExtensionField(std::vector<std::byte>& packet, std::uint16_t type, std::span<const std::byte> value,
    std::size_t minLength = minFieldLength);

} // namespace foliot::ntp
