// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/exchange.h"

#include <algorithm>
#include <cassert>
#include <cmath>

namespace foliot::ntp {

namespace {

// How far two clocks may run apart during an exchange before a negative delay is no longer explained by it: neither the
// bare oscillator nor the server's clock is known better than this. MAXFREQ.
constexpr double maxRateDifference = 500e-6;

// Requests that ask for the end of the same exchange: after so many its measurement would come very late.
constexpr int interleavedTries = 4;

bool isNegativeBeyondPrecision(const Measurement& m)
{
    const Seconds serverPrecision{std::ldexp(1.0, std::min<int>(m.serverPrecision, 0))};
    const Seconds serverInterval = m.serverTransmit - m.serverReceive;
    const Seconds roundTrip = m.localReceive.raw - m.localTransmit.raw;
    const Seconds drift = std::max(roundTrip, Seconds{0}) * maxRateDifference;
    const Seconds stampErrors = m.localTransmit.error + m.localReceive.error;
    return serverInterval < -serverPrecision || delay(m) < -(serverPrecision + stampErrors + drift);
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

Measurement Exchange::measurementFrom(const Ends& ends, const Header& header, RealTime notBefore)
{
    const RealTime pivot = std::max(ends.received.real, notBefore);
    const RealTime serverReceive = fromTimestamp(ends.serverReceive, pivot);
    return {
        .localTransmit = ends.transmitted,
        .serverReceive = serverReceive,
        .serverTransmit = fromTimestamp(header.transmit, serverReceive),
        .localReceive = ends.received,
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

std::vector<std::byte> Exchange::request(std::uint64_t random, std::uint64_t interleaved)
{
    // A server takes a request whose two timestamps are alike for one of basic mode.
    assert(random != 0 && random != interleaved);
    m_transmitted.reset();
    m_expected = {.basic = random};
    Header request{.version = m_version, .mode = Mode::Client, .transmit = Timestamp{random}};
    if (m_before && interleaved != 0 && m_triesForBefore < interleavedTries) {
        ++m_triesForBefore;
        m_expected.interleaved = interleaved;
        request.origin = m_before->serverReceive;
        request.receive = Timestamp{interleaved};
    }
    const auto header = serializeHeader(request);
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
    const Ends ends{.transmitted = *m_transmitted, .serverReceive = header.receive, .received = received};
    const bool isInterleaved = header.origin.bits() == m_expected.interleaved;
    Measurement measurement = measurementFrom(isInterleaved ? *m_before : ends, header, notBefore);
    measurement.interleaved = isInterleaved;
    if (const auto rejection = rejectionOf(measurement)) {
        return std::unexpected(*rejection);
    }
    finish();
    m_before = ends;
    m_triesForBefore = 0;
    return measurement;
}

void Exchange::giveUp()
{
    m_expected = {};
    m_transmitted.reset();
}

void Exchange::forgetBefore()
{
    m_before.reset();
    m_expected.interleaved = 0;
}

bool Exchange::isOutstanding() const
{
    return m_expected.basic != 0;
}

bool Exchange::expects(Timestamp origin) const
{
    return isOutstanding() && !rejectOrigin(origin);
}

std::optional<Rejection> Exchange::rejectOrigin(Timestamp origin) const
{
    if (origin.isZero()) {
        return Rejection::ZeroOrigin;
    }
    if (m_answered.contains(origin)) {
        return Rejection::Duplicate;
    }
    if (!isOutstanding()) {
        return Rejection::Unsolicited;
    }
    if (!m_expected.contains(origin)) {
        return Rejection::BogusOrigin;
    }
    return std::nullopt;
}

void Exchange::finish()
{
    m_answered = m_expected;
    giveUp();
}

} // namespace foliot::ntp
