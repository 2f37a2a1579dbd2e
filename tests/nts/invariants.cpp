// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "invariants.h"

#include "exchange_parts.h"

#include "ntp/extension_field.h"
#include "nts/record.h"

#include <algorithm>

namespace foliot::nts {

namespace {

using Input = std::span<const std::byte>;
using Octets = std::vector<std::byte>;

constexpr std::size_t identifierOffset = 52; // of the value of a first field of an NTS packet
constexpr std::size_t cookieOffset = 88;     // of the value of a second one

std::uint8_t takeOctet(Input& input)
{
    if (input.empty()) {
        return 0;
    }
    const auto octet = std::to_integer<std::uint8_t>(input.front());
    input = input.subspan(1);
    return octet;
}

MessageReader readInPieces(Input octets, std::size_t piece, std::size_t limit)
{
    MessageReader reader{limit};
    while (!octets.empty()) {
        const auto part = octets.first(piece == 0 ? octets.size() : std::min(piece, octets.size()));
        reader.add(part);
        octets = octets.subspan(part.size());
    }
    return reader;
}

// The same message, however it arrives. Empty when it is not complete.
std::optional<Octets> messageOf(Input& input, std::size_t limit, Broken& broken)
{
    const std::size_t piece = takeOctet(input);
    const MessageReader split = readInPieces(input, piece, limit);
    const MessageReader whole = readInPieces(input, 0, limit);
    if (split.progress() != whole.progress() || !std::ranges::equal(split.message(), whole.message())) {
        broken = "a message depends on how it is split";
    }
    if (split.message().size() > limit || split.message().size() > input.size()) {
        broken = "a message is longer than it may be";
    }
    if (split.progress() != MessageReader::Progress::Complete) {
        return std::nullopt;
    }
    return Octets{split.message().begin(), split.message().end()};
}

bool isHost(const std::string& text)
{
    return std::ranges::all_of(text, [](char c) { return c > ' ' && c < 0x7f && c != '%' && c != '/'; });
}

void place(Octets& packet, std::size_t offset, Input value)
{
    if (packet.size() >= offset + value.size()) {
        std::ranges::copy(value, std::span{packet}.subspan(offset).begin());
    }
}

Octets sealedReply(const Session& session, const RequestRandom& random, Input plaintext)
{
    const auto header = replyHeader();
    Octets reply{header.begin(), header.end()};
    appendField(reply, FieldType::UniqueIdentifier, random.uniqueIdentifier);
    const Octets nonce(nonceLength(session.algorithm()));
    appendAuthenticator(reply, session.algorithm(), session.keys().serverToClient.octets(), nonce, plaintext);
    return reply;
}

Octets sealedRequest(Input fields, const CookieKeys& keys)
{
    const auto header = requestHeader();
    Octets request{header.begin(), header.end()};
    appendField(request, FieldType::UniqueIdentifier, someRandom(1).uniqueIdentifier);
    appendField(
        request, FieldType::NtsCookie, *keys.make(someClient(Algorithm::SivCmac256), Octets(cookieNonceLength)));
    request.insert(request.end(), fields.begin(), fields.end());
    const Octets nonce(nonceLength(Algorithm::SivCmac256));
    appendAuthenticator(
        request, Algorithm::SivCmac256, someClient(Algorithm::SivCmac256).keys.clientToServer.octets(), nonce, {});
    return request;
}

} // namespace

Broken brokenResponseInvariant(Input input)
{
    Broken broken;
    const auto message = messageOf(input, maxResponseLength, broken);
    if (!message || broken) {
        return broken;
    }
    const auto agreement = parseKeyExchangeResponse(*message, allAlgorithms);
    if (!agreement) {
        return keyExchangeFaultText(agreement.error()).empty() ? Broken{"a refusal without a reason"} : broken;
    }
    const bool areCookiesFit = std::ranges::all_of(
        agreement->cookies, [](const Cookie& cookie) { return !cookie.empty() && cookie.size() <= maxCookieLength; });
    if (agreement->cookies.empty() || agreement->cookies.size() > wantedCookies || !areCookiesFit) {
        return "cookies that were not to be taken";
    }
    if (!isHost(agreement->server) || agreement->port == 0) {
        return "a server that is none";
    }
    const auto again = parseKeyExchangeResponse(keyExchangeResponse(*agreement), allAlgorithms);
    if (!again || again->cookies != agreement->cookies || again->server != agreement->server ||
        again->port != agreement->port || again->algorithm != agreement->algorithm ||
        again->compliantContext != agreement->compliantContext) {
        return "an agreement changes when written again";
    }
    return std::nullopt;
}

Broken brokenRequestInvariant(Input input)
{
    Broken broken;
    const auto message = messageOf(input, maxRequestLength, broken);
    if (!message || broken) {
        return broken;
    }
    const auto offer = parseKeyExchangeRequest(*message);
    if (offer && offer->algorithms.size() > allAlgorithms.size()) {
        return "an algorithm stands twice";
    }
    return std::nullopt;
}

Broken brokenReplyInvariant(Input input)
{
    const auto use = takeOctet(input);
    const CookieKeys keys = someCookieKeys();
    const auto random = someRandom(1);
    Session session = someSession(Algorithm::SivCmac256, keys, 3);
    const auto request = session.protect(requestHeader(), random);
    Octets packet{input.begin(), input.end()};
    if (use == 1) {
        place(packet, identifierOffset, random.uniqueIdentifier);
    } else if (use == 2 && packet.size() < maxProtectedLength / 2) {
        packet = sealedReply(session, random, input);
    }
    const auto verdict = session.judge(packet);
    if (session.cookieCount() > wantedCookies) {
        return "more cookies than are kept";
    }
    if (const auto* authentic = std::get_if<Session::Authentic>(&verdict)) {
        if (use != 2 || authentic->length > packet.size()) {
            return "a packet without the server's key is authentic";
        }
        const auto second = session.judge(packet);
        const auto* rejection = std::get_if<ntp::Rejection>(&second);
        return rejection && *rejection == ntp::Rejection::Duplicate ? Broken{} : Broken{"a reply counts twice"};
    }
    const auto after = session.judge(replyTo(*request, keys));
    if (session.cookieCount() != wantedCookies || !std::holds_alternative<Session::Authentic>(after)) {
        return "the true reply is worth less after another";
    }
    return std::nullopt;
}

Broken brokenProtectedRequestInvariant(Input input)
{
    const auto use = takeOctet(input);
    const CookieKeys keys = someCookieKeys();
    Octets packet{input.begin(), input.end()};
    if (use == 1) {
        place(packet, cookieOffset, *keys.make(someClient(Algorithm::SivCmac256), Octets(cookieNonceLength)));
    } else if (use == 2 && packet.size() < maxProtectedLength / 2) {
        packet = sealedRequest(input, keys);
    }
    if (const auto nak = nakReply(replyHeader(), packet); nak && nak->size() > packet.size()) {
        return "a refusal is longer than its request";
    }
    const auto request = openRequest(packet, keys);
    if (!request) {
        return std::nullopt;
    }
    if (use != 2 || request->cookiesWanted > wantedCookies) {
        return "a packet without the client's key is authentic";
    }
    const auto reply = protectReply(replyHeader(), *request, keys, Octets(mostReplyRandom));
    if (!reply || reply->size() > packet.size()) {
        return "a reply is longer than its request";
    }
    return std::nullopt;
}

Broken brokenCookieInvariant(Input input)
{
    const CookieKeys keys = someCookieKeys();
    const auto use = takeOctet(input);
    Octets cookie{input.begin(), input.end()};
    if (use == 1) {
        const Octets id{std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}};
        const Octets nonce(cookieNonceLength);
        const auto sealed = seal(Algorithm::SivCmac256, keys.all().front().secret.octets(), nonce, id, input);
        cookie = id;
        cookie.insert(cookie.end(), nonce.begin(), nonce.end());
        cookie.insert(cookie.end(), sealed->begin(), sealed->end());
    }
    const auto content = keys.read(cookie);
    if (!content) {
        return std::nullopt;
    }
    const std::size_t length = keyLength(content->algorithm);
    if (use != 1 || content->keys.clientToServer.octets().size() != length ||
        content->keys.serverToClient.octets().size() != length) {
        return "a cookie that is none was read";
    }
    const auto again = keys.make(*content, Octets(cookieNonceLength));
    return again && again->size() == cookie.size() ? Broken{} : Broken{"a cookie changes its length"};
}

} // namespace foliot::nts
