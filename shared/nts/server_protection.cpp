// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/server_protection.h"

#include "nts/few.h"

#include "ntp/extension_field.h"
#include "ntp/octets.h"
#include "ntp/packet.h"

#include <algorithm>
#include <cassert>
#include <ranges>

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
std::optional<RequestFault> faultOf(const ProtectedFields& fields)
{
    if (isUnprotected(fields)) {
        return RequestFault::NotProtected;
    }
    if (!fields.authenticator || !fields.uniqueIdentifier || fields.cookieCount != 1) {
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
    std::array<ProtectedFields, sideBySide> fields;
    Few<std::size_t, sideBySide> places; // of the requests that have got so far
    Few<CookieJar::Reading, sideBySide> readings;
    for (std::size_t i = 0; i < requests.size(); ++i) {
        const bool areFound = findProtectedFields(requests[i], fields[i]).has_value();
        if (const auto fault = areFound ? faultOf(fields[i]) : RequestFault::Malformed) {
            opened[i] = std::unexpected(*fault);
            continue;
        }
        auto& request =
            opened[i].emplace(CookieText{}, *fields[i].uniqueIdentifier, cookiesWanted(fields[i]), requests[i].size());
        places.add() = i;
        CookieJar::Reading& reading = readings.add();
        reading.cookie = fields[i].cookie;
        reading.client = &request.client;
    }
    m_cookies.read(readings.all());

    Few<std::size_t, sideBySide> readable;
    Few<KeyedAead::Keying, sideBySide> keyings;
    for (const std::size_t place : places.all()) {
        const CookieText& client = opened[place]->client;
        if (client.isEmpty()) {
            opened[place] = std::unexpected(RequestFault::UnreadableCookie);
        } else if (!isPaddedEnough(*fields[place].authenticator, client.algorithm())) {
            opened[place] = std::unexpected(RequestFault::Malformed);
        } else {
            readable.add() = place;
            KeyedAead::Keying& keying = keyings.add();
            keying.aead = &m_places[place].client;
            keying.algorithm = client.algorithm();
            keying.key = client.clientToServer();
        }
    }
    KeyedAead::setKeys(keyings.all());

    Few<KeyedAead::Opening, sideBySide> openings;
    for (const std::size_t place : readable.all()) {
        const Authenticator& authenticator = *fields[place].authenticator;
        KeyedAead::Opening& opening = openings.add();
        opening.aead = &m_places[place].client;
        opening.nonce = authenticator.nonce;
        opening.associated = requests[place].first(authenticator.offset);
        opening.sealed = authenticator.sealed;
        opening.plaintext = std::span{m_places[place].plaintext}.first(authenticator.sealed.size() - tagLength);
    }
    KeyedAead::open(openings.all());
    for (const auto& [place, opening] : std::views::zip(readable.all(), openings.all())) {
        if (!opening.isAuthentic) {
            opened[place] = std::unexpected(RequestFault::NotAuthentic);
        }
    }
}

std::size_t ServerProtection::randomLength(const ProtectedRequest& request)
{
    return nonceLength(request.client.algorithm()) + request.cookiesWanted * cookieNonceLength;
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
    Few<CookieJar::Wanted, sideBySide> wanted;
    Few<KeyedAead::Keying, sideBySide> keyings;
    Few<Octets, sideBySide> plaintexts;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        const auto& [reply, request, random, length] = replies[i];
        assert(reply.size() >= request->length && random.size() == randomLength(*request));
        const CookieText& client = request->client;
        const std::size_t field = ntp::fieldHeaderLength + cookieLengthFor(client.algorithm());
        const auto plaintext = std::span{m_places[i].plaintext}.first(request->cookiesWanted * field);
        for (std::size_t cookie = 0; cookie < request->cookiesWanted; ++cookie) {
            placeFieldHeader(plaintext, cookie * field, FieldType::NtsCookie, field);
        }
        plaintexts.add() = plaintext;
        CookieJar::Wanted& cookies = wanted.add();
        cookies.client = &client;
        cookies.nonces = random.subspan(nonceLength(client.algorithm()));
        cookies.cookies = plaintext.subspan(ntp::fieldHeaderLength);
        cookies.stride = field;
        KeyedAead::Keying& keying = keyings.add();
        keying.aead = &m_places[i].client;
        keying.algorithm = client.algorithm();
        keying.key = client.serverToClient();
    }
    if (!m_cookies.make(wanted.all())) {
        return;
    }
    KeyedAead::setKeys(keyings.all());

    Few<std::size_t, sideBySide> places;
    Few<KeyedAead::Sealing, sideBySide> sealings;
    for (std::size_t i = 0; i < replies.size(); ++i) {
        auto& [reply, request, random, length] = replies[i];
        const Algorithm algorithm = request->client.algorithm();
        const Octets plaintext = plaintexts.all()[i];
        const std::size_t offset =
            placeField(reply, ntp::headerLength, FieldType::UniqueIdentifier, request->uniqueIdentifier);
        const std::size_t whole = offset + authenticatorLength(algorithm, plaintext.size());
        if (whole > request->length || !keyings.all()[i].isSet) {
            continue;
        }
        length = whole;
        places.add() = i;
        prepareAuthenticator(
            sealings.add(), reply, offset, m_places[i].client, random.first(nonceLength(algorithm)), plaintext);
    }
    KeyedAead::seal(sealings.all());
    for (const auto& [place, sealing] : std::views::zip(places.all(), sealings.all())) {
        if (!sealing.isSealed) {
            replies[place].length.reset();
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
