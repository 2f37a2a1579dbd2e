// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "invariants.h"

#include "whole_reply.h"

#include "ntp/exchange.h"
#include "ntp/octets.h"
#include "ntp/packet.h"
#include "ntp/reference_id.h"

#include <algorithm>
#include <bit>
#include <cmath>
#include <limits>

namespace foliot::ntp {

namespace {

using Input = std::span<const std::byte>;
using Octets = std::vector<std::byte>;
using namespace std::chrono_literals;

// Takes numbers off the front of an input.
template<std::unsigned_integral Number>
Number take(Input& input)
{
    std::array<std::byte, sizeof(Number)> octets{};
    const std::size_t present = std::min(octets.size(), input.size());
    std::ranges::copy(input.first(present), octets.begin());
    input = input.subspan(present);
    return readBigEndian<Number>(octets, 0);
}

RealTime takeTime(Input& input)
{
    return RealTime{Nanoseconds{static_cast<std::int64_t>(take<std::uint64_t>(input))}};
}

bool equal(Input a, Input b)
{
    return std::ranges::equal(a, b);
}

// The shape of a packet by RFC 7822, told a second time and without the code under test: where its fields begin, and
// where what follows them does. Nothing when the packet is malformed.
struct Shape {
    std::vector<std::size_t> fieldStarts;
    std::size_t endOfFields = headerLength;
};

unsigned octetAt(Input packet, std::size_t index)
{
    return std::to_integer<unsigned>(packet[index]);
}

// What the field that begins there says its length is.
std::size_t lengthAt(Input packet, std::size_t start)
{
    return octetAt(packet, start + 2) * 256 + octetAt(packet, start + 3);
}

bool isTail(Input packet, std::size_t start, unsigned version)
{
    const std::size_t length = packet.size() - start;
    if (length == 0) {
        return true;
    }
    if (length == 4) {
        return std::ranges::all_of(packet.subspan(start), [](std::byte octet) { return octet == std::byte{0}; });
    }
    return version == 4 ? length == 20 || length == 24 : length >= 12 && length <= 68 && length % 4 == 0;
}

std::optional<Shape> shapeOf(Input packet, unsigned minVersion = 3)
{
    if (packet.size() < headerLength) {
        return std::nullopt;
    }
    const unsigned version = octetAt(packet, 0) / 8 % 8;
    if (version < minVersion || version > 4) {
        return std::nullopt;
    }
    Shape shape;
    while (version == 4 && packet.size() - shape.endOfFields > 24) {
        const std::size_t length = lengthAt(packet, shape.endOfFields);
        if (length < 16 || length % 4 != 0 || shape.endOfFields + length > packet.size()) {
            return std::nullopt;
        }
        shape.fieldStarts.push_back(shape.endOfFields);
        shape.endOfFields += length;
    }
    return isTail(packet, shape.endOfFields, version) ? std::optional{shape} : std::nullopt;
}

Octets recompose(const Packet& packet, Input original)
{
    const auto header = serializeHeader(packet.header);
    Octets octets{header.begin(), header.end()};
    for (const ExtensionField field : packet.fields) {
        appendExtensionField(octets, field.type, field.value());
    }
    if (packet.mac) {
        const Input mac = original.subspan(packet.mac->offset);
        octets.insert(octets.end(), mac.begin(), mac.end());
    }
    return octets;
}

// Whether the parser's own account of what is wrong is true.
bool isTrue(const ParseError& error, Input packet)
{
    if (error.offset > packet.size()) {
        return false;
    }
    const std::size_t left = packet.size() - error.offset;
    const std::size_t length = left >= 4 ? lengthAt(packet, error.offset) : 0;
    switch (error.fault) {
    case ParseFault::HeaderTruncated:
        return packet.size() < 48;
    case ParseFault::PacketTooLong:
        return false; // no limit was given
    case ParseFault::UnknownVersion:
        return octetAt(packet, 0) / 8 % 8 != 3 && octetAt(packet, 0) / 8 % 8 != 4;
    case ParseFault::FieldTruncated:
        return left < 4;
    case ParseFault::FieldTooShort:
        return left >= 4 && length < 16;
    case ParseFault::FieldUnaligned:
        return left >= 4 && length % 4 != 0;
    case ParseFault::FieldBeyondEnd:
        return left >= 4 && length > left;
    case ParseFault::BadMacLength:
        return left != 0 && left != 4 && left != 20 && (left != 24 || octetAt(packet, 0) / 8 % 8 == 3);
    case ParseFault::NonzeroCryptoNak:
        return left == 4;
    }
    return false;
}

Broken brokenFields(const Packet& packet, const Shape& shape, Input input)
{
    std::vector<std::size_t> starts;
    std::size_t end = headerLength;
    for (const ExtensionField field : packet.fields) {
        if (field.offset != end || !equal(field.octets, input.subspan(field.offset, field.octets.size()))) {
            return "a field is not where the one before it ends";
        }
        starts.push_back(field.offset);
        end = field.end();
    }
    if (starts != shape.fieldStarts || end != shape.endOfFields) {
        return "other fields than RFC 7822 has";
    }
    if (packet.fields.isEmpty() != starts.empty()) {
        return "isEmpty() lies";
    }
    if (packet.mac.has_value() != (end < input.size())) {
        return "what follows the fields is a MAC, or there is none";
    }
    if (packet.mac && (packet.mac->offset != end || packet.mac->digest.size() + 4 != input.size() - end)) {
        return "the MAC is not what follows the fields";
    }
    return std::nullopt;
}

// The octets as the inside of an encrypted field, where fields may be as short as their header.
Broken brokenShortFields(Input input)
{
    const auto fields = ExtensionFields::parse(input, 0, fieldHeaderLength);
    if (!fields) {
        return std::nullopt;
    }
    Octets again;
    for (const ExtensionField field : *fields) {
        appendExtensionField(again, field.type, field.value(), fieldHeaderLength);
    }
    return equal(again, input) ? Broken{} : "short fields change when written again";
}

Broken brokenTimestamp(Timestamp timestamp, RealTime pivot)
{
    const RealTime time = fromTimestamp(timestamp, pivot);
    const std::int64_t error = (toTimestamp(time) - timestamp).count();
    if (std::abs(error) > 3) { // half a nanosecond is 2.15 units of 2^-32 s, rounded on the way back
        return "a timestamp is read with an error over half a nanosecond";
    }
    return std::nullopt;
}

Broken brokenText(std::uint32_t referenceId, std::uint8_t stratum)
{
    const std::string text = referenceIdText(referenceId, stratum);
    if (text.empty() || text.size() > 16 || !std::ranges::all_of(text, [](char c) { return c >= ' ' && c <= '~'; })) {
        return "a reference identifier's text is not safe to show";
    }
    return std::nullopt;
}

constexpr std::uint64_t sentTransmit = 0x0123'4567'89ab'cdef;
constexpr std::uint64_t sentReceive = 0x1234'5678'9abc'def0; // in interleaved mode
constexpr std::uint64_t sentBefore = 0x2345'6789'abcd'ef01;
constexpr RawTime rawStart{1'000s};
constexpr RealTime answerTime{1'780'000'000s};

std::expected<Exchange::Answer, Rejection> trueAnswer(
    Exchange& exchange, std::uint8_t version, std::uint64_t origin = sentTransmit)
{
    const auto packet = serializeHeader({
        .version = version,
        .mode = Mode::Server,
        .stratum = 1,
        .origin = Timestamp{origin},
        .receive = toTimestamp(answerTime),
        .transmit = toTimestamp(answerTime + 1ms),
    });
    return exchange.reply(packet, {.raw = rawStart + 20ms, .real = answerTime}, answerTime);
}

// An exchange with a request on its way, in interleaved mode perhaps.
Exchange waitingExchange(std::uint8_t version, RealTime real, bool isInterleaved)
{
    const LocalStamp transmitted{.raw = rawStart, .real = real, .origin = StampOrigin::Kernel, .error = 1us};
    Exchange exchange{version};
    if (isInterleaved) {
        exchange.request(sentBefore);
        exchange.transmitted(transmitted);
        static_cast<void>(trueAnswer(exchange, version, sentBefore));
    }
    exchange.request(sentTransmit, isInterleaved ? sentReceive : 0);
    exchange.transmitted(transmitted);
    return exchange;
}

Broken brokenMeasurement(const Measurement& m, const Header& header, RealTime pivot)
{
    if (!std::isfinite(offset(m).count()) || !std::isfinite(delay(m).count()) || !(dispersion(m, 0s) >= 0s)) {
        return "a measurement is not a number";
    }
    if (isSynchronized(m) && m.rootDelay / 2 + m.rootDispersion >= maxDispersion) {
        return "a synchronized measurement has an impossible root distance";
    }
    if (m.serverTransmit - m.serverReceive < -1s) {
        return "the server's interval is negative";
    }
    const bool isInterleaved = header.origin.bits() == sentReceive;
    if (m.authenticated || m.interleaved != isInterleaved) {
        return "a measurement claims to be another one than it is";
    }
    // Which era it is says the pivot, which may lie in a later one than the exchange before.
    if (isInterleaved &&
        (toTimestamp(m.serverReceive) != toTimestamp(answerTime) || m.localReceive.real != answerTime)) {
        return "an interleaved measurement is not of the exchange before";
    }
    if (m.leap != header.leap || m.stratum != header.stratum || m.referenceId != header.referenceId) {
        return "a measurement is not what the header says";
    }
    if (const Broken broken = brokenTimestamp(header.receive, pivot)) {
        return broken;
    }
    return brokenText(m.referenceId, m.stratum);
}

Broken brokenAnswer(
    const Exchange::Answer& answer, const Header& header, std::uint8_t version, RealTime pivot, bool isInterleaved)
{
    const bool isOurs = header.origin.bits() == sentTransmit || (isInterleaved && header.origin.bits() == sentReceive);
    if (!isOurs || header.version != version || header.mode != Mode::Server) {
        return "an answer to another question was accepted";
    }
    if (const auto* kiss = std::get_if<Kiss>(&answer)) {
        if (header.stratum != 0 || kiss->referenceId != header.referenceId) {
            return "a kiss that was not sent";
        }
        return brokenText(kiss->referenceId, 0);
    }
    const auto& m = std::get<Measurement>(answer);
    if (m.stratum == 0 || header.receive.isZero() || header.transmit.isZero()) {
        return "a measurement without its timestamps";
    }
    return brokenMeasurement(m, header, pivot);
}

} // namespace

Broken brokenPacketInvariant(Input input)
{
    const auto packet = parsePacket(input, std::numeric_limits<std::size_t>::max());
    const auto shape = shapeOf(input);
    if (packet.has_value() != shape.has_value()) {
        return "accepted or rejected unlike RFC 7822";
    }
    if (parsePacket(input).has_value() != (packet.has_value() && input.size() <= maxPacketLength)) {
        return "the limit decides more than the length";
    }
    if (const Broken broken = brokenShortFields(input)) {
        return broken;
    }
    if (!packet || !shape) {
        return isTrue(packet.error(), input) ? Broken{} : "the reason given for a rejection is not true";
    }
    if (const Broken broken = brokenFields(*packet, *shape, input)) {
        return broken;
    }
    if (!equal(recompose(*packet, input), input)) {
        return "a packet changes when written again";
    }
    const Header& header = packet->header;
    const RealTime pivot{Nanoseconds{static_cast<std::int64_t>(header.reference.bits())}};
    for (const Timestamp timestamp : {header.origin, header.receive, header.transmit}) {
        if (const Broken broken = brokenTimestamp(timestamp, pivot)) {
            return broken;
        }
    }
    return brokenText(header.referenceId, header.stratum);
}

Broken brokenExchangeInvariant(Input input)
{
    const auto flags = take<std::uint8_t>(input);
    const RealTime real = takeTime(input);
    const RealTime notBefore = takeTime(input);
    const std::chrono::microseconds roundTrip{static_cast<std::int32_t>(take<std::uint32_t>(input))};
    const std::uint8_t version = (flags & 2) != 0 ? 3 : 4;
    const LocalStamp received{.raw = rawStart + roundTrip, .real = real, .error = 1us};
    const bool isInterleaved = (flags & 4) != 0;
    Octets packet{input.begin(), input.end()};
    if ((flags & 1) != 0 && packet.size() >= headerLength) {
        writeBigEndian(std::span{packet}, 24, (flags & 8) != 0 ? sentReceive : sentTransmit);
    }

    Exchange exchange = waitingExchange(version, real, isInterleaved);
    const auto answer = exchange.reply(packet, received, notBefore);
    if (!answer) {
        if (!exchange.isOutstanding() || exchange.reply(packet, received, notBefore) != answer) {
            return "a rejected packet changed something";
        }
        Exchange undisturbed = waitingExchange(version, real, isInterleaved);
        if (trueAnswer(exchange, version) != trueAnswer(undisturbed, version)) {
            return "the true answer is worth less after a rejected one";
        }
        return std::nullopt;
    }
    if (exchange.isOutstanding()) {
        return "an answer did not end the query";
    }
    if (exchange.reply(packet, received, notBefore) != std::unexpected(Rejection::Duplicate) ||
        trueAnswer(exchange, version) != std::unexpected(Rejection::Duplicate)) {
        return "a second answer is not a duplicate";
    }
    return brokenAnswer(*answer, parseHeader(packet).value(), version, std::max(real, notBefore), isInterleaved);
}

Broken brokenServerReplyInvariant(Input input)
{
    ServerState state;
    state.leap = static_cast<LeapIndicator>(take<std::uint8_t>(input) % 4);
    state.stratum = take<std::uint8_t>(input);
    state.precision = static_cast<std::int8_t>(take<std::uint8_t>(input));
    const RealTime received = takeTime(input);
    const RealTime transmitted = takeTime(input);
    state.rootDelay = Seconds{std::bit_cast<double>(take<std::uint64_t>(input))};
    state.rootDispersion = Seconds{std::bit_cast<double>(take<std::uint64_t>(input))};
    state.referenceTime = received;

    const auto reply = serverReply(input, received, transmitted, state);
    const auto request = parseHeader(input);
    if (!reply) {
        const bool isPlainRequest = input.size() == headerLength && request->mode == Mode::Client &&
                                    request->version >= 1 && request->version <= 4;
        return isPlainRequest ? "a plain request was refused" : Broken{};
    }
    if (reply->size() > input.size()) {
        return "a reply is longer than its request";
    }
    if (request->mode != Mode::Client || !shapeOf(input, 1)) {
        return "what is no request was answered";
    }
    if (serverReply(*reply, received, transmitted, state) != std::unexpected(Rejection::BadMode)) {
        return "a reply is answered";
    }
    const auto packet = parsePacket(*reply, maxPacketLength, 1);
    if (!packet || packet->header.mode != Mode::Server) {
        return "the reply is not one";
    }
    const Header& header = packet->header;
    if (header.origin != request->transmit || header.version != request->version || header.poll != request->poll) {
        return "the reply does not answer the request";
    }
    if (header.receive.isZero() || header.transmit.isZero() || header.receive == header.transmit) {
        return "the reply's timestamps are zero or the same";
    }
    const bool isSmaller = Seconds{header.rootDelay} < std::min(state.rootDelay, Seconds{65'535}) ||
                           Seconds{header.rootDispersion} < std::min(state.rootDispersion, Seconds{65'535});
    if (isSmaller || header.leap != state.leap || header.stratum > 15) {
        return "the reply is better than the server";
    }
    return std::nullopt;
}

} // namespace foliot::ntp
