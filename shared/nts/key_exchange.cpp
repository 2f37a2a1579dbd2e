// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "nts/key_exchange.h"

#include "nts/record.h"

#include "ntp/octets.h"

#include <algorithm>

namespace foliot::nts {

namespace {

using Octets = std::span<const std::byte>;

constexpr std::uint16_t protocolNtpv4 = 0;
constexpr std::size_t maxServerNameLength = 255; // RFC 1035

std::optional<std::vector<std::uint16_t>> numbersOf(Octets body)
{
    if (body.size() % 2 != 0) {
        return std::nullopt;
    }
    std::vector<std::uint16_t> numbers;
    for (std::size_t at = 0; at < body.size(); at += 2) {
        numbers.push_back(ntp::readBigEndian<std::uint16_t>(body, at));
    }
    return numbers;
}

// A name or a numeric address, section 4.1.7: nothing else has its characters. A link's zone is not allowed.
bool isHost(std::string_view text)
{
    const auto mayStand = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-' ||
               c == '_' || c == ':';
    };
    return !text.empty() && text.size() <= maxServerNameLength && !text.starts_with('.') && !text.starts_with('-') &&
           std::ranges::all_of(text, mayStand);
}

std::expected<std::string, KeyExchangeFault> serverOf(Octets body)
{
    std::string text;
    std::ranges::transform(
        body, std::back_inserter(text), [](std::byte octet) { return std::to_integer<char>(octet); });
    if (text.ends_with('.')) {
        text.pop_back();
    }
    if (!isHost(text) || text.ends_with('.')) {
        return std::unexpected(KeyExchangeFault::BadServer);
    }
    return text;
}

// The records that both sides understand, each as often as it came.
struct Known {
    std::optional<std::vector<std::uint16_t>> protocols;
    std::optional<std::vector<std::uint16_t>> algorithms;
    std::optional<Octets> server;
    std::optional<Octets> port;
    std::vector<Octets> cookies;
    bool compliantContext = false;
    bool hasError = false;
    bool hasWarning = false;
};

template<typename Value>
std::optional<KeyExchangeFault> keepOnce(std::optional<Value>& kept, std::optional<Value> value)
{
    if (kept) {
        return KeyExchangeFault::RepeatedRecord;
    }
    if (!value) {
        return KeyExchangeFault::BadRecord;
    }
    kept = std::move(value);
    return std::nullopt;
}

std::optional<KeyExchangeFault> keep(Known& known, const Record& record)
{
    switch (static_cast<RecordType>(record.type)) {
    case RecordType::EndOfMessage:
        return record.body.empty() ? std::nullopt : std::optional{KeyExchangeFault::BadRecord};
    case RecordType::NextProtocol:
        return keepOnce(known.protocols, numbersOf(record.body));
    case RecordType::Error:
        known.hasError = true;
        return record.body.size() == 2 ? std::nullopt : std::optional{KeyExchangeFault::BadRecord};
    case RecordType::Warning:
        known.hasWarning = true;
        return record.body.size() == 2 ? std::nullopt : std::optional{KeyExchangeFault::BadRecord};
    case RecordType::AeadAlgorithm:
        return keepOnce(known.algorithms, numbersOf(record.body));
    case RecordType::NewCookie:
        known.cookies.push_back(record.body);
        return std::nullopt;
    case RecordType::Server:
        return keepOnce(known.server, std::optional{record.body});
    case RecordType::Port:
        return keepOnce(known.port, record.body.size() == 2 ? std::optional{record.body} : std::nullopt);
    case RecordType::CompliantGcmSivContext:
        known.compliantContext = true;
        return std::nullopt;
    }
    return record.critical ? std::optional{KeyExchangeFault::UnknownCriticalRecord} : std::nullopt;
}

std::expected<Known, KeyExchangeFault> readRecords(Octets message)
{
    Known known;
    while (const auto record = takeRecord(message)) {
        if (const auto fault = keep(known, *record)) {
            return std::unexpected(*fault);
        }
        if (record->is(RecordType::EndOfMessage)) {
            return known;
        }
    }
    return std::unexpected(KeyExchangeFault::Truncated);
}

// What the server chose of each list: exactly one, and one that was offered.
std::optional<KeyExchangeFault> choose(const Known& known, std::span<const Algorithm> offered, Agreement& agreement)
{
    if (!known.protocols) {
        return KeyExchangeFault::NoProtocol;
    }
    if (*known.protocols != std::vector{protocolNtpv4}) {
        return KeyExchangeFault::NoCommonProtocol;
    }
    if (!known.algorithms) {
        return KeyExchangeFault::NoAlgorithm;
    }
    if (known.algorithms->size() > 1) {
        return KeyExchangeFault::BadRecord;
    }
    const auto chosen = known.algorithms->empty() ? std::nullopt : algorithmOf(known.algorithms->front());
    if (!chosen || !std::ranges::contains(offered, *chosen)) {
        return KeyExchangeFault::NoCommonAlgorithm;
    }
    agreement.algorithm = *chosen;
    agreement.compliantContext = *chosen != Algorithm::Gcm128Siv || known.compliantContext;
    return std::nullopt;
}

std::vector<std::byte> messageOf(std::span<const std::uint16_t> protocols)
{
    std::vector<std::byte> message;
    appendRecord(message, RecordType::NextProtocol, true, protocols);
    return message;
}

std::vector<std::byte> ended(std::vector<std::byte> message)
{
    appendRecord(message, RecordType::EndOfMessage, true, Octets{});
    return message;
}

} // namespace

std::string_view keyExchangeFaultText(KeyExchangeFault fault)
{
    switch (fault) {
    case KeyExchangeFault::Truncated:
        return "the message ends too early";
    case KeyExchangeFault::UnknownCriticalRecord:
        return "it has an unknown record that may not be ignored";
    case KeyExchangeFault::BadRecord:
        return "it has a malformed record";
    case KeyExchangeFault::RepeatedRecord:
        return "it says twice what may be said once";
    case KeyExchangeFault::UnexpectedRecord:
        return "it has a record that does not belong there";
    case KeyExchangeFault::NoProtocol:
        return "it names no protocol";
    case KeyExchangeFault::NoCommonProtocol:
        return "it does not offer NTP version 4";
    case KeyExchangeFault::NoAlgorithm:
        return "it names no AEAD algorithm";
    case KeyExchangeFault::NoCommonAlgorithm:
        return "no AEAD algorithm is known to both sides";
    case KeyExchangeFault::NoCookie:
        return "it has no usable cookie";
    case KeyExchangeFault::BadServer:
        return "the NTP server that it names is none";
    case KeyExchangeFault::ServerError:
        return "the server reports an error";
    case KeyExchangeFault::ServerWarning:
        return "the server gives an unknown warning";
    }
    return {};
}

std::vector<std::byte> keyExchangeRequest(std::span<const Algorithm> offered)
{
    std::vector<std::byte> message = messageOf(std::array{protocolNtpv4});
    std::vector<std::uint16_t> numbers;
    for (const Algorithm algorithm : offered) {
        numbers.push_back(static_cast<std::uint16_t>(algorithm));
    }
    appendRecord(message, RecordType::AeadAlgorithm, true, numbers);
    if (std::ranges::contains(offered, Algorithm::Gcm128Siv)) {
        appendRecord(message, RecordType::CompliantGcmSivContext, false, Octets{});
    }
    return ended(std::move(message));
}

std::expected<Agreement, KeyExchangeFault> parseKeyExchangeResponse(Octets message, std::span<const Algorithm> offered)
{
    const auto known = readRecords(message);
    if (!known) {
        return std::unexpected(known.error());
    }
    if (known->hasError) {
        return std::unexpected(KeyExchangeFault::ServerError);
    }
    if (known->hasWarning) {
        return std::unexpected(KeyExchangeFault::ServerWarning);
    }
    Agreement agreement;
    if (const auto fault = choose(*known, offered, agreement)) {
        return std::unexpected(*fault);
    }
    for (const Octets cookie : known->cookies) {
        if (!cookie.empty() && cookie.size() <= maxCookieLength && agreement.cookies.size() < wantedCookies) {
            agreement.cookies.emplace_back(cookie.begin(), cookie.end());
        }
    }
    if (agreement.cookies.empty()) {
        return std::unexpected(KeyExchangeFault::NoCookie);
    }
    if (known->server) {
        auto server = serverOf(*known->server);
        if (!server) {
            return std::unexpected(server.error());
        }
        agreement.server = *std::move(server);
    }
    if (known->port) {
        agreement.port = ntp::readBigEndian<std::uint16_t>(*known->port, 0);
        if (*agreement.port == 0) {
            return std::unexpected(KeyExchangeFault::BadServer);
        }
    }
    return agreement;
}

std::expected<Offer, KeyExchangeFault> parseKeyExchangeRequest(Octets message)
{
    const auto known = readRecords(message);
    if (!known) {
        return std::unexpected(known.error());
    }
    if (known->hasError || known->hasWarning || !known->cookies.empty()) {
        return std::unexpected(KeyExchangeFault::UnexpectedRecord);
    }
    if (!known->protocols) {
        return std::unexpected(KeyExchangeFault::NoProtocol);
    }
    Offer offer{
        .ntpv4 = std::ranges::contains(*known->protocols, protocolNtpv4), .compliantContext = known->compliantContext};
    if (known->protocols->empty()) {
        return std::unexpected(KeyExchangeFault::BadRecord);
    }
    // Only NTPv4 wants an algorithm, section 4.1.5.
    if (offer.ntpv4 && (!known->algorithms || known->algorithms->empty())) {
        return std::unexpected(KeyExchangeFault::NoAlgorithm);
    }
    for (const std::uint16_t number : known->algorithms.value_or(std::vector<std::uint16_t>{})) {
        const auto algorithm = algorithmOf(number);
        if (algorithm && !std::ranges::contains(offer.algorithms, *algorithm)) {
            offer.algorithms.push_back(*algorithm);
        }
    }
    return offer;
}

std::vector<std::byte> keyExchangeResponse(const Agreement& agreement)
{
    std::vector<std::byte> message = messageOf(std::array{protocolNtpv4});
    appendRecord(message, RecordType::AeadAlgorithm, true, std::array{static_cast<std::uint16_t>(agreement.algorithm)});
    if (agreement.algorithm == Algorithm::Gcm128Siv && agreement.compliantContext) {
        appendRecord(message, RecordType::CompliantGcmSivContext, false, Octets{});
    }
    if (!agreement.server.empty()) {
        appendRecord(message, RecordType::Server, true, std::as_bytes(std::span{agreement.server}));
    }
    if (agreement.port) {
        appendRecord(message, RecordType::Port, true, std::array{*agreement.port});
    }
    for (const Cookie& cookie : agreement.cookies) {
        appendRecord(message, RecordType::NewCookie, false, Octets{cookie});
    }
    return ended(std::move(message));
}

std::vector<std::byte> keyExchangeRefusal(bool ntpv4)
{
    if (!ntpv4) {
        return ended(messageOf({}));
    }
    std::vector<std::byte> message = messageOf(std::array{protocolNtpv4});
    appendRecord(message, RecordType::AeadAlgorithm, true, Octets{});
    return ended(std::move(message));
}

std::vector<std::byte> keyExchangeError(ErrorCode code)
{
    std::vector<std::byte> message;
    appendRecord(message, RecordType::Error, true, std::array{static_cast<std::uint16_t>(code)});
    return ended(std::move(message));
}

ErrorCode errorCodeFor(KeyExchangeFault fault)
{
    return fault == KeyExchangeFault::UnknownCriticalRecord ? ErrorCode::UnrecognizedCriticalRecord
                                                            : ErrorCode::BadRequest;
}

std::array<std::byte, 5> exporterContext(Algorithm algorithm, KeyDirection direction, bool compliant)
{
    const Algorithm named = compliant ? algorithm : Algorithm::SivCmac256;
    std::array<std::byte, 5> context{};
    ntp::writeBigEndian(std::span<std::byte>{context}, 0, protocolNtpv4);
    ntp::writeBigEndian(std::span<std::byte>{context}, 2, static_cast<std::uint16_t>(named));
    context[4] = static_cast<std::byte>(direction);
    return context;
}

} // namespace foliot::nts
