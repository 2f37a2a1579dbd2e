// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/virtual_server.h"

#include <algorithm>
#include <cmath>

namespace foliot::simulation {

namespace {

bool contains(const Span& span, double time)
{
    return time >= span.from && time < span.until;
}

} // namespace

double serverErrorAt(const ServerSpec& server, double trueTime)
{
    double error = server.error + server.drift * trueTime;
    if (contains(server.shifted, trueTime))
        error += server.shift;
    if (server.swingAmplitude != 0.0)
        error += std::fmod(trueTime, server.swingPeriod) < server.swingPeriod / 2.0 ? server.swingAmplitude
                                                                                    : -server.swingAmplitude;
    return error;
}

VirtualServer::VirtualServer(const ServerSpec& spec, RealTime epoch)
    : m_spec(spec)
    , m_epoch(epoch)
{}

bool VirtualServer::isSilent(double trueTime) const
{
    return std::ranges::any_of(m_spec.silent, [=](const Span& span) { return contains(span, trueTime); });
}

std::vector<std::byte> VirtualServer::answer(std::span<const std::byte> request, double trueTime) const
{
    if (isSilent(trueTime))
        return {};
    const double whole = std::floor(trueTime);
    const RealTime time = m_epoch + std::chrono::seconds(std::llround(whole)) +
                          Nanoseconds(std::llround((trueTime - whole + serverErrorAt(m_spec, trueTime)) * 1e9));
    ntp::ServerState state{.leap = m_spec.leap,
        .stratum = static_cast<std::uint8_t>(m_spec.stratum),
        .precision = -29,
        .rootDelay = Seconds(m_spec.rootDelay),
        .rootDispersion = Seconds(m_spec.rootDispersion),
        .referenceId = m_spec.referenceId,
        .referenceTime = time};
    if (m_spec.kiss && contains(m_spec.kissing, trueTime)) {
        state.stratum = ntp::maxStratum;
        state.leap = ntp::LeapIndicator::Unsynchronized;
        state.referenceId = *m_spec.kiss;
    }
    const auto reply = ntp::serverReply(request, time, time, state);
    return reply ? std::vector(reply->begin(), reply->end()) : std::vector<std::byte>{};
}

} // namespace foliot::simulation
