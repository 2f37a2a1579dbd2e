// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The extension fields that make an NTP packet an NTS one: found in a packet, and put into one. Fields are taken up to
// the authenticator; what follows it is neither authentic nor looked at. RFC 8915 sections 5.2 to 5.7.

#include "nts/aead.h"

#include "ntp/rejection.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <expected>
#include <optional>
#include <span>
#include <vector>

namespace foliot::nts {

enum class FieldType : std::uint16_t {
    UniqueIdentifier = 0x0104,
    NtsCookie = 0x0204,
    NtsCookiePlaceholder = 0x0304,
    Authenticator = 0x0404,
};

inline constexpr std::size_t uniqueIdentifierLength = 32; // that we send; the least there may be, section 5.3
inline constexpr std::size_t maxProtectedLength = 2'300;  // of a packet that is taken; we send ntp::maxPacketLength
inline constexpr std::size_t maxFields = 64;              // before the authenticator; nobody has use for more

// The field of section 5.6. Views into the packet.
struct Authenticator {
    std::size_t offset = 0; // all before it is authenticated
    std::span<const std::byte> nonce;
    std::span<const std::byte> sealed;
    std::size_t padding = 0; // Additional Padding
};

struct ProtectedFields {
    std::optional<std::span<const std::byte>> uniqueIdentifier;
    std::span<const std::byte> cookie; // the first
    std::size_t cookieCount = 0;
    std::array<std::uint16_t, maxFields> placeholderLengths; // of their bodies; as many as are counted
    std::size_t placeholderCount = 0;
    std::optional<Authenticator> authenticator;

    std::span<const std::uint16_t> placeholders() const
    {
        return std::span{placeholderLengths}.first(placeholderCount);
    }
};

// Errors: TooShort, TooLong; MalformedExtension when a field is not as RFC 7822 allows, a unique identifier is shorter
// than 32 octets or there twice, an authenticator's parts do not fit it, or there are more than maxFields.
std::expected<ProtectedFields, ntp::Rejection> findProtectedFields(std::span<const std::byte> packet);
// The same in place, for a server with many: into fields that were just made. What they hold after an error means nothing.
std::expected<void, ntp::Rejection> findProtectedFields(std::span<const std::byte> packet, ProtectedFields& fields);

// What the authenticator of this packet encrypts, if the packet is authentic by this key.
std::optional<std::vector<std::byte>> openAuthenticator(std::span<const std::byte> packet,
    const Authenticator& authenticator, Algorithm algorithm, std::span<const std::byte> key);

void appendField(std::vector<std::byte>& packet, FieldType type, std::span<const std::byte> value);

// The same where there is room already: at that offset, of a value that is a multiple of four octets and 12 at least.
// Returns where the field ends.
std::size_t placeField(
    std::span<std::byte> packet, std::size_t offset, FieldType type, std::span<const std::byte> value);

// Authenticates what the packet holds so far, encrypts the plaintext (whole extension fields) along with it. The nonce
// has nonceLength(algorithm) octets. False when the library refuses; the packet is then as it was.
bool appendAuthenticator(std::vector<std::byte>& packet, Algorithm algorithm, std::span<const std::byte> key,
    std::span<const std::byte> nonce, std::span<const std::byte> plaintext);

// The header of such a field alone, whose length is that of all of it.
void placeFieldHeader(std::span<std::byte> packet, std::size_t offset, FieldType type, std::size_t length);

// An authenticator where there is room already, authenticatorLength() octets behind offset, by the algorithm's own nonce:
// all but the sealing, which is left to the caller.
void prepareAuthenticator(KeyedAead::Sealing& sealing, std::span<std::byte> packet, std::size_t offset, KeyedAead& aead,
    std::span<const std::byte> nonce, std::span<const std::byte> plaintext);

// How long a packet grows by appendAuthenticator().
std::size_t authenticatorLength(Algorithm algorithm, std::size_t plaintextLength);

// A nonce that the server's answer can match without being longer than the request, section 5.6.
bool isPaddedEnough(const Authenticator& authenticator, Algorithm algorithm);

} // namespace foliot::nts
