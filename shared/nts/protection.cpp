// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/protection.h"

#include "ntp/extension_field.h"
#include "ntp/octets.h"
#include "ntp/packet.h"

#include <algorithm>
#include <array>

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
        fields.cookies.push_back(field.value());
        return true;
    case FieldType::NtsCookiePlaceholder:
        fields.placeholders.push_back(field.value().size());
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
    if (packet.size() < ntp::headerLength) {
        return std::unexpected(ntp::Rejection::TooShort);
    }
    if (packet.size() > maxProtectedLength) {
        return std::unexpected(ntp::Rejection::TooLong);
    }
    ProtectedFields fields;
    std::size_t offset = ntp::headerLength;
    for (std::size_t count = 0; offset < packet.size() && !fields.authenticator; ++count) {
        const auto field = ntp::parseExtensionField(packet, offset);
        if (!field || count == maxFields || !keep(fields, *field)) {
            return std::unexpected(ntp::Rejection::MalformedExtension);
        }
        offset = field->end();
    }
    return fields;
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

bool appendAuthenticator(
    std::vector<std::byte>& packet, Algorithm algorithm, Octets key, Octets nonce, Octets plaintext)
{
    const auto sealed = seal(algorithm, key, nonce, packet, plaintext);
    if (!sealed) {
        return false;
    }
    std::vector<std::byte> value(lengthsLength + padded(nonce.size()) + padded(sealed->size()));
    const std::span octets{value};
    ntp::writeBigEndian(octets, 0, static_cast<std::uint16_t>(nonce.size()));
    ntp::writeBigEndian(octets, 2, static_cast<std::uint16_t>(sealed->size()));
    std::ranges::copy(nonce, octets.subspan(lengthsLength).begin());
    std::ranges::copy(*sealed, octets.subspan(lengthsLength + padded(nonce.size())).begin());
    appendField(packet, FieldType::Authenticator, value);
    return true;
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
