// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/server_protection.h"

#include "ntp/extension_field.h"
#include "ntp/octets.h"
#include "ntp/packet.h"

#include <algorithm>
#include <cassert>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

constexpr std::byte leapUnsynchronized{0xc0};
constexpr std::size_t stratumOffset = 1;
constexpr std::size_t referenceIdOffset = 12;
constexpr std::uint32_t nakCode = 0x4e54534e; // "NTSN"

bool isUnprotected(const ProtectedFields& fields)
{
    return !fields.authenticator && !fields.uniqueIdentifier && fields.cookieCount == 0 && fields.placeholderCount == 0;
}

// A reply has one field of a cookie's size for each cookie or placeholder of the request, so that it is not longer.
std::size_t cookiesWanted(const ProtectedFields& fields)
{
    const auto valid = std::ranges::count(fields.placeholders(), fields.cookie.size());
    return std::min(1 + static_cast<std::size_t>(valid), wantedCookies);
}

} // namespace

std::expected<ProtectedRequest, RequestFault> ServerProtection::open(Octets request)
{
    const auto fields = findProtectedFields(request);
    if (!fields) {
        return std::unexpected(RequestFault::Malformed);
    }
    if (isUnprotected(*fields)) {
        return std::unexpected(RequestFault::NotProtected);
    }
    if (!fields->authenticator || !fields->uniqueIdentifier || fields->cookieCount != 1) {
        return std::unexpected(RequestFault::Malformed);
    }
    const Authenticator& authenticator = *fields->authenticator;
    auto content = m_cookies.read(fields->cookie);
    if (!content) {
        return std::unexpected(RequestFault::UnreadableCookie);
    }
    if (!isPaddedEnough(authenticator, content->algorithm)) {
        return std::unexpected(RequestFault::Malformed);
    }
    const auto plaintext = std::span{m_plaintext}.first(authenticator.sealed.size() - tagLength);
    if (!m_client.setKey(content->algorithm, content->keys.clientToServer.octets()) ||
        !m_client.open(authenticator.nonce, request.first(authenticator.offset), authenticator.sealed, plaintext)) {
        return std::unexpected(RequestFault::NotAuthentic);
    }
    return ProtectedRequest{
        .client = *std::move(content),
        .uniqueIdentifier = *fields->uniqueIdentifier,
        .cookiesWanted = cookiesWanted(*fields),
        .length = request.size(),
    };
}

std::size_t ServerProtection::randomLength(const ProtectedRequest& request)
{
    return nonceLength(request.client.algorithm) + request.cookiesWanted * cookieNonceLength;
}

std::optional<std::size_t> ServerProtection::protect(
    std::span<std::byte> reply, const ProtectedRequest& request, Octets random)
{
    assert(reply.size() >= request.length && random.size() == randomLength(request));
    const Algorithm algorithm = request.client.algorithm;
    const auto nonce = random.first(nonceLength(algorithm));
    const std::size_t cookieLength = cookieLengthFor(algorithm);
    const auto cookies = std::span{m_made}.first(request.cookiesWanted * cookieLength);
    if (!m_cookies.make(request.client, random.subspan(nonce.size()), cookies)) {
        return std::nullopt;
    }
    std::size_t cookiesEnd = 0;
    for (std::size_t i = 0; i < request.cookiesWanted; ++i) {
        cookiesEnd =
            placeField(m_plaintext, cookiesEnd, FieldType::NtsCookie, cookies.subspan(i * cookieLength, cookieLength));
    }
    const std::size_t offset =
        placeField(reply, ntp::headerLength, FieldType::UniqueIdentifier, request.uniqueIdentifier);
    const std::size_t length = offset + authenticatorLength(algorithm, cookiesEnd);
    if (length > request.length || !m_client.setKey(algorithm, request.client.keys.serverToClient.octets()) ||
        !placeAuthenticator(reply, offset, m_client, nonce, std::span{m_plaintext}.first(cookiesEnd))) {
        return std::nullopt;
    }
    return length;
}

void ServerProtection::forget()
{
    m_client.forget();
}

std::optional<std::size_t> placeNak(std::span<std::byte> reply, Octets request)
{
    assert(reply.size() >= request.size());
    const auto fields = findProtectedFields(request);
    if (!fields || !fields->uniqueIdentifier) {
        return std::nullopt;
    }
    reply.front() |= leapUnsynchronized;
    ntp::writeBigEndian(reply, stratumOffset, std::uint8_t{0});
    ntp::writeBigEndian(reply, referenceIdOffset, nakCode);
    return placeField(reply, ntp::headerLength, FieldType::UniqueIdentifier, *fields->uniqueIdentifier);
}

} // namespace foliot::nts
