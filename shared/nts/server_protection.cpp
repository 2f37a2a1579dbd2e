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

constexpr std::size_t stratumOffset = 1;
constexpr std::size_t referenceIdOffset = 12;
constexpr std::uint32_t nakCode = 0x4e54534e; // "NTSN"

bool isUnprotected(const ProtectedFields& fields)
{
    return !fields.authenticator && !fields.uniqueIdentifier && fields.cookies.empty() && fields.placeholders.empty();
}

// A reply has one field of a cookie's size for each cookie or placeholder of the request, so that it is not longer.
std::size_t cookiesWanted(const ProtectedFields& fields, std::size_t cookieLength)
{
    const auto valid = std::ranges::count(fields.placeholders, cookieLength);
    return std::min(1 + static_cast<std::size_t>(valid), wantedCookies);
}

} // namespace

std::expected<ProtectedRequest, RequestFault> openRequest(Octets packet, const CookieKeys& cookieKeys)
{
    const auto fields = findProtectedFields(packet);
    if (!fields) {
        return std::unexpected(RequestFault::Malformed);
    }
    if (isUnprotected(*fields)) {
        return std::unexpected(RequestFault::NotProtected);
    }
    if (!fields->authenticator || !fields->uniqueIdentifier || fields->cookies.size() != 1) {
        return std::unexpected(RequestFault::Malformed);
    }
    auto content = cookieKeys.read(fields->cookies.front());
    if (!content) {
        return std::unexpected(RequestFault::NotAuthentic);
    }
    if (!isPaddedEnough(*fields->authenticator, content->algorithm)) {
        return std::unexpected(RequestFault::Malformed);
    }
    if (!openAuthenticator(packet, *fields->authenticator, content->algorithm, content->keys.clientToServer.octets())) {
        return std::unexpected(RequestFault::NotAuthentic);
    }
    return ProtectedRequest{
        .client = *std::move(content),
        .uniqueIdentifier = {fields->uniqueIdentifier->begin(), fields->uniqueIdentifier->end()},
        .cookiesWanted = cookiesWanted(*fields, fields->cookies.front().size()),
        .length = packet.size(),
    };
}

std::optional<std::vector<std::byte>> protectReply(
    Octets header, const ProtectedRequest& request, const CookieKeys& cookieKeys, Octets random)
{
    assert(header.size() == ntp::headerLength && random.size() == replyRandomLength);
    const Algorithm algorithm = request.client.algorithm;
    const auto nonce = random.first(nonceLength(algorithm));
    std::vector<std::byte> cookies;
    for (std::size_t i = 0; i < request.cookiesWanted; ++i) {
        const auto cookie =
            cookieKeys.make(request.client, random.subspan(16 + i * cookieNonceLength, cookieNonceLength));
        if (!cookie) {
            return std::nullopt;
        }
        ntp::appendExtensionField(
            cookies, static_cast<std::uint16_t>(FieldType::NtsCookie), *cookie, ntp::fieldHeaderLength);
    }
    std::vector<std::byte> reply{header.begin(), header.end()};
    appendField(reply, FieldType::UniqueIdentifier, request.uniqueIdentifier);
    if (!appendAuthenticator(reply, algorithm, request.client.keys.serverToClient.octets(), nonce, cookies)) {
        return std::nullopt;
    }
    assert(reply.size() <= request.length);
    return reply;
}

std::optional<std::vector<std::byte>> nakReply(Octets header, Octets request)
{
    assert(header.size() == ntp::headerLength);
    const auto fields = findProtectedFields(request);
    if (!fields || !fields->uniqueIdentifier) {
        return std::nullopt;
    }
    std::vector<std::byte> reply{header.begin(), header.end()};
    ntp::writeBigEndian(std::span{reply}, stratumOffset, std::uint8_t{0});
    ntp::writeBigEndian(std::span{reply}, referenceIdOffset, nakCode);
    appendField(reply, FieldType::UniqueIdentifier, *fields->uniqueIdentifier);
    return reply;
}

} // namespace foliot::nts
