// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/virtual_server.h"

#include "ntp/smear.h"

#include <algorithm>
#include <cmath>

namespace foliot::simulation {

double serverErrorAt(const ServerSpec& server, double trueTime)
{
    double error = server.error + server.drift * trueTime;
    if (server.shifted.contains(trueTime))
        error += server.shift;
    if (server.swingAmplitude != 0.0)
        error += std::fmod(trueTime, server.swingPeriod) < server.swingPeriod / 2.0 ? server.swingAmplitude
                                                                                    : -server.swingAmplitude;
    return error;
}

VirtualServer::VirtualServer(const ServerSpec& spec, RealTime epoch, const LeapSecond& leap)
    : m_spec(spec)
    , m_epoch(epoch)
    , m_leap(leap)
{}

bool VirtualServer::isSilent(double trueTime) const
{
    return std::ranges::any_of(m_spec.silent, [=](const Span& span) { return span.contains(trueTime); });
}

RealTime VirtualServer::timeAt(double trueTime) const
{
    const double whole = std::floor(trueTime);
    const double leapt = m_spec.smears ? m_leap.smearedAt(trueTime) : m_leap.utcAt(trueTime);
    const double rest = trueTime - whole + leapt + serverErrorAt(m_spec, trueTime);
    return m_epoch + std::chrono::seconds(std::llround(whole)) + Nanoseconds(std::llround(rest * 1e9));
}

std::vector<std::byte> VirtualServer::answer(std::span<const std::byte> request, double trueTime, double leaves)
{
    auto asked = ntp::parseClientRequest(request);
    if (isSilent(trueTime) || !asked)
        return {};
    const RealTime time = timeAt(trueTime);
    ntp::ServerState state{.leap = trueTime < m_leap.at ? m_spec.leap : ntp::LeapIndicator::None,
        .stratum = static_cast<std::uint8_t>(m_spec.stratum),
        .precision = -29,
        .rootDelay = Seconds(m_spec.rootDelay),
        .rootDispersion = Seconds(m_spec.rootDispersion),
        .referenceId = m_spec.referenceId,
        .referenceTime = time};
    const double smeared = m_leap.smearedAt(trueTime) - m_leap.utcAt(trueTime);
    if (m_spec.smears && m_spec.saysHowMuch && smeared != 0.0)
        state.referenceId = ntp::smearReferenceId(Seconds(smeared));
    if (m_spec.kiss && m_spec.kissing.contains(trueTime)) {
        state.stratum = ntp::maxStratum;
        state.leap = ntp::LeapIndicator::Unsynchronized;
        state.referenceId = *m_spec.kiss;
    }
    ntp::Timestamp transmit = ntp::toTimestamp(time);
    if (const auto earlier = m_left.find(asked->origin.bits()); earlier != m_left.end()) {
        transmit = earlier->second;
        asked->transmit = asked->receive;
        m_left.erase(earlier);
    }
    if (m_spec.interleaves && !asked->origin.isZero())
        m_left[ntp::toTimestamp(time).bits()] = ntp::toTimestamp(timeAt(leaves));
    const auto reply = ntp::ReplyTemplate(state).reply(*asked, ntp::toTimestamp(time), transmit);
    return {reply.begin(), reply.end()};
}

} // namespace foliot::simulation
