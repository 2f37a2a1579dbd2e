// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/server_reply.h"

#include "ntp/packet.h"

namespace foliot::ntp {

namespace {

// 0 means unknown on the wire, and is also the first instant of an era: said 2^-32 s late.
Timestamp nonzero(Timestamp timestamp)
{
    return timestamp.isZero() ? Timestamp{1} : timestamp;
}

Timestamp next(Timestamp timestamp)
{
    return nonzero(Timestamp{timestamp.bits() + 1});
}

} // namespace

std::expected<PlainReply, Rejection> serverReply(
    std::span<const std::byte> request, RealTime received, RealTime transmitted, const ServerState& state)
{
    const auto packet = parsePacket(request);
    if (!packet) {
        return std::unexpected(rejectionFor(packet.error().fault));
    }
    if (packet->header.mode != Mode::Client) {
        return std::unexpected(Rejection::BadMode);
    }
    const Timestamp receive = nonzero(toTimestamp(received));
    const Timestamp transmit = nonzero(toTimestamp(transmitted));
    return serializeHeader({
        .leap = state.leap,
        .version = packet->header.version,
        .mode = Mode::Server,
        .stratum = state.stratum < maxStratum ? state.stratum : std::uint8_t{0},
        .poll = packet->header.poll,
        .precision = state.precision,
        .rootDelay = toShortInterval(state.rootDelay),
        .rootDispersion = toShortInterval(state.rootDispersion),
        .referenceId = state.referenceId,
        .reference = state.referenceTime == RealTime{} ? Timestamp{} : toTimestamp(state.referenceTime),
        .origin = packet->header.transmit,
        .receive = receive,
        .transmit = transmit == receive ? next(transmit) : transmit,
    });
}

} // namespace foliot::ntp
