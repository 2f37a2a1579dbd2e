// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/server_reply.h"

#include "ntp/octets.h"
#include "ntp/reference_id.h"

#include <algorithm>

namespace foliot::ntp {

namespace {

constexpr std::uint8_t oldestVersion = 1;
constexpr std::uint8_t newestVersion = 4;
constexpr std::size_t pollOffset = 2;
constexpr std::size_t originOffset = 24;
constexpr std::size_t receiveOffset = 32;
constexpr std::size_t transmitOffset = 40;

// 0 means unknown on the wire, and is also the first instant of an era: said 2^-32 s late.
Timestamp nonzero(Timestamp timestamp)
{
    return timestamp.isZero() ? Timestamp{1} : timestamp;
}

Timestamp next(Timestamp timestamp)
{
    return nonzero(Timestamp{timestamp.bits() + 1});
}

Timestamp timestampAt(std::span<const std::byte> octets, std::size_t offset)
{
    return Timestamp{readBigEndian<std::uint64_t>(octets, offset)};
}

bool isClient(std::uint8_t version, Mode mode, std::uint16_t sourcePort)
{
    return mode == Mode::Client || (version == 1 && mode == Mode::Reserved && sourcePort != defaultPort);
}

} // namespace

std::expected<ClientRequest, Rejection> parseClientRequest(
    std::span<const std::byte> octets, std::uint16_t sourcePort, std::size_t maxLength)
{
    ClientRequest request;
    const auto parsed = parseClientRequest(request, octets, sourcePort, maxLength);
    if (!parsed) {
        return std::unexpected(parsed.error());
    }
    return request;
}

std::expected<void, Rejection> parseClientRequest(
    ClientRequest& request, std::span<const std::byte> octets, std::uint16_t sourcePort, std::size_t maxLength)
{
    if (octets.size() < headerLength) {
        return std::unexpected(Rejection::TooShort);
    }
    if (octets.size() > maxLength) {
        return std::unexpected(Rejection::TooLong);
    }
    const auto first = readBigEndian<std::uint8_t>(octets, 0);
    const auto version = static_cast<std::uint8_t>(first >> 3 & 7);
    if (version < oldestVersion || version > newestVersion) {
        return std::unexpected(Rejection::BadVersion);
    }
    if (!isClient(version, static_cast<Mode>(first & 7), sourcePort)) {
        return std::unexpected(Rejection::BadMode);
    }
    request.version = version;
    request.poll = static_cast<std::int8_t>(readBigEndian<std::uint8_t>(octets, pollOffset));
    request.origin = timestampAt(octets, originOffset);
    request.receive = timestampAt(octets, receiveOffset);
    request.transmit = timestampAt(octets, transmitOffset);
    // Nearly every request is a header alone.
    if (octets.size() > headerLength) {
        const auto trailer = parseTrailer(octets, version);
        if (!trailer) {
            return std::unexpected(rejectionFor(trailer.error().fault));
        }
        request.mac = trailer->mac;
    }
    return {};
}

ReplyTemplate::ReplyTemplate(const ServerState& state)
    : m_octets(serializeHeader({
          .leap = state.leap,
          .version = 0,
          .mode = Mode::Server,
          .stratum = state.stratum < maxStratum ? state.stratum : std::uint8_t{0},
          .precision = state.precision,
          .rootDelay = toShortInterval(state.rootDelay),
          .rootDispersion = toShortInterval(state.rootDispersion),
          .referenceId = state.referenceId,
          .reference = state.referenceTime == RealTime{} ? Timestamp{} : toTimestamp(state.referenceTime),
      }))
{}

PlainReply ReplyTemplate::reply(const ClientRequest& request, Timestamp receive, Timestamp transmit) const
{
    PlainReply reply;
    place(reply, request, receive, transmit);
    return reply;
}

void ReplyTemplate::place(std::span<std::byte, headerLength> header, const ClientRequest& request, Timestamp receive,
    Timestamp transmit) const
{
    std::ranges::copy(m_octets, header.begin());
    header[0] |= std::byte{static_cast<std::uint8_t>(request.version << 3)};
    header[pollOffset] = static_cast<std::byte>(request.poll);
    writeBigEndian(header, originOffset, request.transmit.bits());
    writeBigEndian(header, receiveOffset, nonzero(receive).bits());
    setTransmitTimestamp(header, transmit);
}

void setTransmitTimestamp(std::span<std::byte, headerLength> reply, Timestamp transmit)
{
    const Timestamp wanted = nonzero(transmit);
    const bool isTaken = wanted == timestampAt(reply, receiveOffset);
    writeBigEndian(reply, transmitOffset, (isTaken ? next(wanted) : wanted).bits());
}

ReplyTemplate kissTemplate(std::string_view code)
{
    return ReplyTemplate({.precision = 0, .referenceId = referenceIdFromText(code)});
}

} // namespace foliot::ntp
