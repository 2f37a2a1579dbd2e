// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/exchange.h"

#include "ntp/packet.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace foliot::ntp {

namespace {

// How far two clocks may run apart during an exchange before a negative delay is no longer explained by it: neither the
// bare oscillator nor the server's clock is known better than this. MAXFREQ.
constexpr double maxRateDifference = 500e-6;

bool isNegativeBeyondPrecision(const Measurement& m)
{
    const Seconds serverPrecision{std::ldexp(1.0, std::min<int>(m.serverPrecision, 0))};
    const Seconds serverInterval = m.serverTransmit - m.serverReceive;
    const Seconds roundTrip = m.localReceive.raw - m.localTransmit.raw;
    const Seconds drift = std::max(roundTrip, Seconds{0}) * maxRateDifference;
    const Seconds stampErrors = m.localTransmit.error + m.localReceive.error;
    return serverInterval < -serverPrecision || delay(m) < -(serverPrecision + stampErrors + drift);
}

Measurement measurementFrom(
    const Header& header, const LocalStamp& transmitted, const LocalStamp& received, RealTime notBefore)
{
    const RealTime pivot = std::max(received.real, notBefore);
    const RealTime serverReceive = fromTimestamp(header.receive, pivot);
    return {
        .localTransmit = transmitted,
        .serverReceive = serverReceive,
        .serverTransmit = fromTimestamp(header.transmit, serverReceive),
        .localReceive = received,
        .leap = header.leap,
        .version = header.version,
        .stratum = header.stratum,
        .serverPoll = header.poll,
        .serverPrecision = header.precision,
        .referenceId = header.referenceId,
        .rootDelay = header.rootDelay,
        .rootDispersion = header.rootDispersion,
        .referenceTime = header.reference.isZero() ? RealTime{} : fromTimestamp(header.reference, serverReceive),
    };
}

std::optional<Rejection> rejectionOf(const Measurement& m)
{
    if (isNegativeBeyondPrecision(m)) {
        return Rejection::NegativeInterval;
    }
    // A server that says itself that it is not synchronized is heard: it is reachable, and cannot be selected.
    if (isSynchronized(m) && m.rootDelay / 2 + m.rootDispersion >= maxDispersion) {
        return Rejection::ImplausibleDistance;
    }
    return std::nullopt;
}

} // namespace

Exchange::Exchange(std::uint8_t version)
    : m_version(version)
{
    assert(version == 3 || version == 4);
}

std::vector<std::byte> Exchange::request(std::uint64_t random)
{
    assert(random != 0);
    m_expectedOrigin = random;
    m_transmitted.reset();
    const auto header = serializeHeader({.version = m_version, .mode = Mode::Client, .transmit = Timestamp{random}});
    return {header.begin(), header.end()};
}

void Exchange::transmitted(const LocalStamp& stamp)
{
    if (isOutstanding() && (!m_transmitted || stamp.origin <= m_transmitted->origin)) {
        m_transmitted = stamp;
    }
}

std::expected<Exchange::Answer, Rejection> Exchange::reply(
    std::span<const std::byte> packet, const LocalStamp& received, RealTime notBefore)
{
    const auto parsed = parsePacket(packet);
    if (!parsed) {
        return std::unexpected(rejectionFor(parsed.error().fault));
    }
    const Header& header = parsed->header;
    if (header.version != m_version) {
        return std::unexpected(Rejection::BadVersion);
    }
    if (header.mode != Mode::Server) {
        return std::unexpected(Rejection::BadMode);
    }
    if (const auto rejection = rejectOrigin(header.origin)) {
        return std::unexpected(*rejection);
    }
    if (!m_transmitted) {
        return std::unexpected(Rejection::Unsolicited);
    }
    // The request had no MAC, so whoever says that it does not verify did not read it.
    if (const auto& mac = parsed->mac; mac && mac->isCryptoNak()) {
        return std::unexpected(Rejection::Unauthenticated);
    }
    if (header.stratum == 0) {
        finish();
        return kissFromReferenceId(header.referenceId); // its timestamps mean nothing, section 7.4
    }
    if (header.receive.isZero() || header.transmit.isZero()) {
        return std::unexpected(Rejection::ZeroTimestamp);
    }
    const Measurement measurement = measurementFrom(header, *m_transmitted, received, notBefore);
    if (const auto rejection = rejectionOf(measurement)) {
        return std::unexpected(*rejection);
    }
    finish();
    return measurement;
}

void Exchange::giveUp()
{
    m_expectedOrigin = 0;
    m_transmitted.reset();
}

bool Exchange::isOutstanding() const
{
    return m_expectedOrigin != 0;
}

std::optional<Rejection> Exchange::rejectOrigin(Timestamp origin) const
{
    if (origin.isZero()) {
        return Rejection::ZeroOrigin;
    }
    if (origin.bits() == m_answeredOrigin) {
        return Rejection::Duplicate;
    }
    if (!isOutstanding()) {
        return Rejection::Unsolicited;
    }
    if (origin.bits() != m_expectedOrigin) {
        return Rejection::BogusOrigin;
    }
    return std::nullopt;
}

void Exchange::finish()
{
    m_answeredOrigin = m_expectedOrigin;
    giveUp();
}

} // namespace foliot::ntp
