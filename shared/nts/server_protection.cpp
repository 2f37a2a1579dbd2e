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

// What is wrong with a request's fields is said before anything is decrypted.
std::optional<RequestFault> faultOf(const std::expected<ProtectedFields, ntp::Rejection>& fields)
{
    if (!fields) {
        return RequestFault::Malformed;
    }
    if (isUnprotected(*fields)) {
        return RequestFault::NotProtected;
    }
    if (!fields->authenticator || !fields->uniqueIdentifier || fields->cookieCount != 1) {
        return RequestFault::Malformed;
    }
    return std::nullopt;
}

} // namespace

void ServerProtection::open(std::span<const Octets> requests, std::span<Opened> opened)
{
    assert(opened.size() == requests.size());
    for (std::size_t done = 0; done < requests.size(); done += sideBySide) {
        const std::size_t count = std::min(sideBySide, requests.size() - done);
        openGroup(requests.subspan(done, count), opened.subspan(done, count));
    }
}

ServerProtection::Opened ServerProtection::open(Octets request)
{
    Opened opened = std::unexpected(RequestFault::Malformed);
    openGroup(std::span{&request, 1}, std::span{&opened, 1});
    return opened;
}

void ServerProtection::openGroup(std::span<const Octets> requests, std::span<Opened> opened)
{
    m_usedPlaces = std::max(m_usedPlaces, requests.size());
    std::array<std::expected<ProtectedFields, ntp::Rejection>, sideBySide> fields;
    std::array<CookieJar::Reading, sideBySide> readings;
    std::array<std::size_t, sideBySide> places; // of the requests that have got so far
    std::size_t count = 0;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        fields[i] = findProtectedFields(requests[i]);
        if (const auto fault = faultOf(fields[i])) {
            opened[i] = std::unexpected(*fault);
        } else {
            places[count] = i;
            readings[count++].cookie = fields[i]->cookie;
        }
    }
    m_cookies.read(std::span{readings}.first(count));

    std::array<KeyedAead::Keying, sideBySide> keyings;
    std::size_t readable = 0;
    for (std::size_t i = 0; i < count; ++i) {
        const std::size_t place = places[i];
        auto& content = readings[i].content;
        if (!content) {
            opened[place] = std::unexpected(RequestFault::UnreadableCookie);
        } else if (!isPaddedEnough(*fields[place]->authenticator, content->algorithm)) {
            opened[place] = std::unexpected(RequestFault::Malformed);
        } else {
            auto& request = opened[place].emplace(*std::move(content), *fields[place]->uniqueIdentifier,
                cookiesWanted(*fields[place]), requests[place].size());
            places[readable] = place;
            keyings[readable++] = {.aead = &m_places[place].client,
                .algorithm = request.client.algorithm,
                .key = request.client.keys.clientToServer.octets()};
        }
    }
    KeyedAead::setKeys(std::span{keyings}.first(readable));

    std::array<KeyedAead::Opening, sideBySide> openings;
    for (std::size_t i = 0; i < readable; ++i) {
        const std::size_t place = places[i];
        const Authenticator& authenticator = *fields[place]->authenticator;
        openings[i] = {.aead = &m_places[place].client,
            .nonce = authenticator.nonce,
            .associated = requests[place].first(authenticator.offset),
            .sealed = authenticator.sealed,
            .plaintext = std::span{m_places[place].plaintext}.first(authenticator.sealed.size() - tagLength)};
    }
    KeyedAead::open(std::span{openings}.first(readable));
    for (std::size_t i = 0; i < readable; ++i) {
        if (!openings[i].isAuthentic) {
            opened[places[i]] = std::unexpected(RequestFault::NotAuthentic);
        }
    }
}

std::size_t ServerProtection::randomLength(const ProtectedRequest& request)
{
    return nonceLength(request.client.algorithm) + request.cookiesWanted * cookieNonceLength;
}

void ServerProtection::protect(std::span<Protection> replies)
{
    for (; !replies.empty(); replies = replies.subspan(std::min(sideBySide, replies.size()))) {
        protectGroup(replies.first(std::min(sideBySide, replies.size())));
    }
}

std::optional<std::size_t> ServerProtection::protect(
    std::span<std::byte> reply, const ProtectedRequest& request, Octets random)
{
    Protection protection{.reply = reply, .request = &request, .random = random, .length = {}};
    protectGroup(std::span{&protection, 1});
    return protection.length;
}

void ServerProtection::protectGroup(std::span<Protection> replies)
{
    m_usedPlaces = std::max(m_usedPlaces, replies.size());
    std::array<CookieJar::Wanted, sideBySide> wanted;
    std::array<std::size_t, sideBySide> plaintextLengths;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const auto& [reply, request, random, length] = replies[i];
        assert(reply.size() >= request->length && random.size() == randomLength(*request));
        const std::size_t field = ntp::fieldHeaderLength + cookieLengthFor(request->client.algorithm);
        const auto plaintext = std::span{m_places[i].plaintext}.first(request->cookiesWanted * field);
        for (std::size_t cookie = 0; cookie < request->cookiesWanted; ++cookie) {
            placeFieldHeader(plaintext, cookie * field, FieldType::NtsCookie, field);
        }
        wanted[i] = {.content = &request->client,
            .nonces = random.subspan(nonceLength(request->client.algorithm)),
            .cookies = plaintext.subspan(ntp::fieldHeaderLength),
            .stride = field};
        plaintextLengths[i] = plaintext.size();
    }
    if (!m_cookies.make(std::span{wanted}.first(replies.size()))) {
        return;
    }
    std::array<KeyedAead::Keying, sideBySide> keyings;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const auto& client = replies[i].request->client;
        keyings[i] = {
            .aead = &m_places[i].client, .algorithm = client.algorithm, .key = client.keys.serverToClient.octets()};
    }
    KeyedAead::setKeys(std::span{keyings}.first(replies.size()));

    std::array<KeyedAead::Sealing, sideBySide> sealings;
    std::array<std::size_t, sideBySide> places;
    std::size_t count = 0;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        auto& [reply, request, random, length] = replies[i];
        const Algorithm algorithm = request->client.algorithm;
        const std::size_t offset =
            placeField(reply, ntp::headerLength, FieldType::UniqueIdentifier, request->uniqueIdentifier);
        const std::size_t whole = offset + authenticatorLength(algorithm, plaintextLengths[i]);
        if (whole > request->length || !keyings[i].isSet) {
            continue;
        }
        length = whole;
        places[count] = i;
        sealings[count++] = prepareAuthenticator(reply, offset, m_places[i].client,
            random.first(nonceLength(algorithm)), std::span{m_places[i].plaintext}.first(plaintextLengths[i]));
    }
    KeyedAead::seal(std::span{sealings}.first(count));
    for (std::size_t i = 0; i < count; ++i) {
        if (!sealings[i].isSealed) {
            replies[places[i]].length.reset();
        }
    }
}

void ServerProtection::forget()
{
    for (Place& place : std::span{m_places}.first(m_usedPlaces)) {
        place.client.forget();
    }
    m_usedPlaces = 0;
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
