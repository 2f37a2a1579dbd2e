// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/protection.h"

#include "ntp/extension_field.h"
#include "ntp/octets.h"
#include "ntp/packet.h"

#include <algorithm>
#include <cassert>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

constexpr std::size_t lengthsLength = 4; // of the two lengths that an authenticator begins with
constexpr std::size_t maxRequiredNonce = 16;

constexpr std::size_t padded(std::size_t length)
{
    return (length + 3) / 4 * 4;
}

std::optional<Authenticator> authenticatorOf(const ntp::ExtensionField& field)
{
    const Octets value = field.value();
    if (value.size() < lengthsLength) {
        return std::nullopt;
    }
    const std::size_t nonceLength = ntp::readBigEndian<std::uint16_t>(value, 0);
    const std::size_t sealedLength = ntp::readBigEndian<std::uint16_t>(value, 2);
    const std::size_t needed = lengthsLength + padded(nonceLength) + padded(sealedLength);
    if (nonceLength == 0 || sealedLength < tagLength || needed > value.size()) {
        return std::nullopt;
    }
    return Authenticator{
        .offset = field.offset,
        .nonce = value.subspan(lengthsLength, nonceLength),
        .sealed = value.subspan(lengthsLength + padded(nonceLength), sealedLength),
        .padding = value.size() - needed,
    };
}

// False when the field may not be there like this.
bool keep(ProtectedFields& fields, const ntp::ExtensionField& field)
{
    switch (static_cast<FieldType>(field.type)) {
    case FieldType::UniqueIdentifier:
        if (fields.uniqueIdentifier || field.value().size() < uniqueIdentifierLength) {
            return false;
        }
        fields.uniqueIdentifier = field.value();
        return true;
    case FieldType::NtsCookie:
        if (fields.cookieCount++ == 0) {
            fields.cookie = field.value();
        }
        return true;
    case FieldType::NtsCookiePlaceholder:
        fields.placeholderLengths[fields.placeholderCount++] = // there are not more fields
            static_cast<std::uint16_t>(field.value().size());
        return true;
    case FieldType::Authenticator:
        fields.authenticator = authenticatorOf(field);
        return fields.authenticator.has_value();
    }
    return true; // a field of somebody else's
}

} // namespace

std::expected<ProtectedFields, ntp::Rejection> findProtectedFields(Octets packet)
{
    ProtectedFields fields;
    const auto found = findProtectedFields(packet, fields);
    if (!found) {
        return std::unexpected(found.error());
    }
    return fields;
}

std::expected<void, ntp::Rejection> findProtectedFields(Octets packet, ProtectedFields& fields)
{
    if (packet.size() < ntp::headerLength) {
        return std::unexpected(ntp::Rejection::TooShort);
    }
    if (packet.size() > maxProtectedLength) {
        return std::unexpected(ntp::Rejection::TooLong);
    }
    std::size_t offset = ntp::headerLength;
    for (std::size_t count = 0; offset < packet.size() && !fields.authenticator; ++count) {
        const auto length = ntp::fieldLengthAt(packet, offset);
        if (!length || count == maxFields || !keep(fields, ntp::fieldAt(packet, offset, *length))) {
            return std::unexpected(ntp::Rejection::MalformedExtension);
        }
        offset += *length;
    }
    return {};
}

std::optional<std::vector<std::byte>> openAuthenticator(
    Octets packet, const Authenticator& authenticator, Algorithm algorithm, Octets key)
{
    return open(algorithm, key, authenticator.nonce, packet.first(authenticator.offset), authenticator.sealed);
}

void appendField(std::vector<std::byte>& packet, FieldType type, Octets value)
{
    ntp::appendExtensionField(packet, static_cast<std::uint16_t>(type), value);
}

void placeFieldHeader(std::span<std::byte> packet, std::size_t offset, FieldType type, std::size_t length)
{
    assert(length % 4 == 0 && length >= ntp::minFieldLength);
    ntp::writeBigEndian(packet, offset, static_cast<std::uint16_t>(type));
    ntp::writeBigEndian(packet, offset + 2, static_cast<std::uint16_t>(length));
}

std::size_t placeField(std::span<std::byte> packet, std::size_t offset, FieldType type, Octets value)
{
    const std::size_t length = ntp::fieldHeaderLength + value.size();
    placeFieldHeader(packet, offset, type, length);
    std::ranges::copy(value, packet.subspan(offset + ntp::fieldHeaderLength).begin());
    return offset + length;
}

void prepareAuthenticator(KeyedAead::Sealing& sealing, std::span<std::byte> packet, std::size_t offset, KeyedAead& aead,
    Octets nonce, Octets plaintext)
{
    const std::size_t sealedLength = plaintext.size() + tagLength;
    const std::size_t nonceAt = offset + ntp::fieldHeaderLength + lengthsLength;
    const std::size_t sealedAt = nonceAt + padded(nonce.size());
    const std::size_t length = sealedAt + padded(sealedLength) - offset;
    const auto field = packet.subspan(offset, length);
    placeFieldHeader(field, 0, FieldType::Authenticator, length);
    ntp::writeBigEndian(field, ntp::fieldHeaderLength, static_cast<std::uint16_t>(nonce.size()));
    ntp::writeBigEndian(field, ntp::fieldHeaderLength + 2, static_cast<std::uint16_t>(sealedLength));
    const auto padding = std::ranges::copy(nonce, packet.subspan(nonceAt).begin()).out;
    std::ranges::fill(padding, packet.subspan(sealedAt).begin(), std::byte{0});
    std::ranges::fill(field.last(padded(sealedLength) - sealedLength), std::byte{0});
    sealing.aead = &aead;
    sealing.nonce = nonce;
    sealing.associated = packet.first(offset);
    sealing.plaintext = plaintext;
    sealing.sealed = packet.subspan(sealedAt, sealedLength);
}

bool appendAuthenticator(
    std::vector<std::byte>& packet, Algorithm algorithm, Octets key, Octets nonce, Octets plaintext)
{
    KeyedAead aead;
    const std::size_t offset = packet.size();
    packet.resize(
        offset + ntp::fieldHeaderLength + lengthsLength + padded(nonce.size()) + padded(plaintext.size() + tagLength));
    if (aead.setKey(algorithm, key)) {
        KeyedAead::Sealing sealing;
        prepareAuthenticator(sealing, packet, offset, aead, nonce, plaintext);
        KeyedAead::seal(std::span{&sealing, 1});
        if (sealing.isSealed) {
            return true;
        }
    }
    packet.resize(offset);
    return false;
}

std::size_t authenticatorLength(Algorithm algorithm, std::size_t plaintextLength)
{
    return ntp::fieldHeaderLength + lengthsLength + padded(nonceLength(algorithm)) +
           padded(plaintextLength + tagLength);
}

bool isPaddedEnough(const Authenticator& authenticator, Algorithm algorithm)
{
    // AES-SIV takes nonces of any length, AES-GCM-SIV one of 12 octets alone, which is what nonceLength() says.
    const std::size_t required = padded(std::min(maxRequiredNonce, nonceLength(algorithm)));
    return padded(authenticator.nonce.size()) + authenticator.padding >= required;
}

} // namespace foliot::nts
