// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/packet.h"

#include "ntp/octets.h"

namespace foliot::ntp {

namespace {

constexpr std::size_t keyIdLength = 4;
constexpr std::size_t minMacLength = keyIdLength + 16;   // MD5, AES-CMAC
constexpr std::size_t maxMacLength = keyIdLength + 20;   // SHA-1; longer digests are cut to this, RFC 7822
constexpr std::size_t minV3MacLength = keyIdLength + 8;  // DES, RFC 1305 appendix C
constexpr std::size_t maxV3MacLength = keyIdLength + 64; // SHA-512: nothing else follows, so nothing limits it earlier

bool isMacLength(std::size_t length, std::uint8_t version)
{
    if (version <= 3) {
        return length >= minV3MacLength && length <= maxV3MacLength && length % 4 == 0;
    }
    return length == minMacLength || length == maxMacLength;
}

std::expected<Mac, ParseError> parseMac(std::span<const std::byte> octets, std::size_t offset, std::uint8_t version)
{
    const std::size_t length = octets.size() - offset;
    if (length != keyIdLength && !isMacLength(length, version)) {
        return std::unexpected(ParseError{ParseFault::BadMacLength, offset});
    }
    const Mac mac{
        .keyId = readBigEndian<std::uint32_t>(octets, offset),
        .offset = offset,
        .digest = octets.subspan(offset + keyIdLength),
    };
    if (mac.isCryptoNak() && mac.keyId != 0) {
        return std::unexpected(ParseError{ParseFault::NonzeroCryptoNak, offset});
    }
    return mac;
}

} // namespace

std::expected<Header, ParseError> parseHeader(std::span<const std::byte> octets)
{
    if (octets.size() < headerLength) {
        return std::unexpected(ParseError{ParseFault::HeaderTruncated, octets.size()});
    }
    const auto first = readBigEndian<std::uint8_t>(octets, 0);
    return Header{
        .leap = static_cast<LeapIndicator>(first >> 6),
        .version = static_cast<std::uint8_t>(first >> 3 & 7),
        .mode = static_cast<Mode>(first & 7),
        .stratum = readBigEndian<std::uint8_t>(octets, 1),
        .poll = static_cast<std::int8_t>(readBigEndian<std::uint8_t>(octets, 2)),
        .precision = static_cast<std::int8_t>(readBigEndian<std::uint8_t>(octets, 3)),
        .rootDelay = ShortInterval{readBigEndian<std::uint32_t>(octets, 4)},
        .rootDispersion = ShortInterval{readBigEndian<std::uint32_t>(octets, 8)},
        .referenceId = readBigEndian<std::uint32_t>(octets, 12),
        .reference = Timestamp{readBigEndian<std::uint64_t>(octets, 16)},
        .origin = Timestamp{readBigEndian<std::uint64_t>(octets, 24)},
        .receive = Timestamp{readBigEndian<std::uint64_t>(octets, 32)},
        .transmit = Timestamp{readBigEndian<std::uint64_t>(octets, 40)},
    };
}

std::array<std::byte, headerLength> serializeHeader(const Header& header)
{
    std::array<std::byte, headerLength> octets{};
    const auto leap = static_cast<unsigned>(header.leap);
    const auto mode = static_cast<unsigned>(header.mode);
    writeBigEndian(octets, 0, static_cast<std::uint8_t>(leap << 6 | (header.version & 7U) << 3 | mode));
    writeBigEndian(octets, 1, header.stratum);
    writeBigEndian(octets, 2, static_cast<std::uint8_t>(header.poll));
    writeBigEndian(octets, 3, static_cast<std::uint8_t>(header.precision));
    writeBigEndian(octets, 4, header.rootDelay.count());
    writeBigEndian(octets, 8, header.rootDispersion.count());
    writeBigEndian(octets, 12, header.referenceId);
    writeBigEndian(octets, 16, header.reference.bits());
    writeBigEndian(octets, 24, header.origin.bits());
    writeBigEndian(octets, 32, header.receive.bits());
    writeBigEndian(octets, 40, header.transmit.bits());
    return octets;
}

// The extension fields end at the first place from which what is left is no longer than a MAC. That the last field of a packet
// without a MAC has at least 28 octets is what makes this unambiguous.
std::expected<Trailer, ParseError> parseTrailer(std::span<const std::byte> octets, std::uint8_t version)
{
    std::expected<Trailer, ParseError> trailer; // the same all along, so that it is made where it is returned
    std::size_t endOfFields = headerLength;
    if (version > 3) {
        const auto fields = ExtensionFields::parse(octets, headerLength, minFieldLength, maxMacLength);
        if (!fields) {
            trailer = std::unexpected(fields.error());
            return trailer;
        }
        trailer->fields = *fields;
        endOfFields = fields->endOffset();
    }
    if (endOfFields < octets.size()) {
        if (const auto mac = parseMac(octets, endOfFields, version)) {
            trailer->mac = *mac;
        } else {
            trailer = std::unexpected(mac.error());
        }
    }
    return trailer;
}

std::expected<Packet, ParseError> parsePacket(
    std::span<const std::byte> octets, std::size_t maxLength, std::uint8_t minVersion)
{
    if (octets.size() > maxLength) {
        return std::unexpected(ParseError{ParseFault::PacketTooLong, maxLength});
    }
    const auto header = parseHeader(octets);
    if (!header) {
        return std::unexpected(header.error());
    }
    if (header->version < minVersion || header->version > 4) {
        return std::unexpected(ParseError{ParseFault::UnknownVersion, 0});
    }
    const auto trailer = parseTrailer(octets, header->version);
    if (!trailer) {
        return std::unexpected(trailer.error());
    }
    return Packet{.header = *header, .fields = trailer->fields, .mac = trailer->mac};
}

} // namespace foliot::ntp
