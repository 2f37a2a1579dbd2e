// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/virtual_server.h"

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

std::vector<std::byte> VirtualServer::answer(std::span<const std::byte> request, double trueTime) const
{
    if (isSilent(trueTime))
        return {};
    const double whole = std::floor(trueTime);
    const double leapt = m_spec.smears ? m_leap.smearedAt(trueTime) : m_leap.utcAt(trueTime);
    const double rest = trueTime - whole + leapt + serverErrorAt(m_spec, trueTime);
    const RealTime time = m_epoch + std::chrono::seconds(std::llround(whole)) + Nanoseconds(std::llround(rest * 1e9));
    ntp::ServerState state{.leap = trueTime < m_leap.at ? m_spec.leap : ntp::LeapIndicator::None,
        .stratum = static_cast<std::uint8_t>(m_spec.stratum),
        .precision = -29,
        .rootDelay = Seconds(m_spec.rootDelay),
        .rootDispersion = Seconds(m_spec.rootDispersion),
        .referenceId = m_spec.referenceId,
        .referenceTime = time};
    if (m_spec.kiss && m_spec.kissing.contains(trueTime)) {
        state.stratum = ntp::maxStratum;
        state.leap = ntp::LeapIndicator::Unsynchronized;
        state.referenceId = *m_spec.kiss;
    }
    const auto reply = ntp::serverReply(request, time, time, state);
    return reply ? std::vector(reply->begin(), reply->end()) : std::vector<std::byte>{};
}

} // namespace foliot::simulation
