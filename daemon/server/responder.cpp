// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/responder.h"

#include <algorithm>

using namespace std::chrono_literals;

namespace foliot::daemon {

namespace {

// Dispersion grows by less than the unit of its field in this time.
constexpr Nanoseconds templateLife = 100ms;

// What the clock may gain on its oscillator without a step: half a millisecond of reading both, the frequency, and the
// fastest slew, which lasts 20 s at most.
Nanoseconds largestGain(Nanoseconds passed)
{
    constexpr auto readingError = 500us;
    constexpr auto longestSlew = 20s;
    return readingError + passed / 1500 + std::min<Nanoseconds>(passed, longestSlew) / 9;
}

bool isStepBetween(const Now& before, const Now& after)
{
    const auto passed = after.raw - before.raw;
    const auto gained = (after.real - before.real) - passed;
    return gained > largestGain(passed) || gained < -largestGain(passed);
}

} // namespace

Responder::Responder(const Published& published, const ResponderSettings& settings)
    : m_published(published)
    , m_isSilentUnsynchronized(settings.isSilentUnsynchronized)
    , m_template(ntp::ServerState{})
    , m_rateKiss(ntp::kissTemplate("RATE"))
    , m_access(published.access)
    , m_limiter(settings.limit, settings.key)
{}

bool Responder::begin(const Now& now)
{
    const auto epoch = m_claim.clockEpoch;
    renew(now);
    const bool isStepped = m_before && (m_claim.clockEpoch != epoch || isStepBetween(*m_before, now));
    m_before = now;
    return !isStepped && m_claim.clockIsOurs;
}

void Responder::renew(const Now& now)
{
    m_now = now.raw;
    if (m_published.claim.version() != m_claimVersion || now.raw - m_renewedAt > templateLife)
        renewTemplate(now);
}

void Responder::renewTemplate(const Now& now)
{
    const auto version = m_published.claim.version();
    if (const auto claim = m_published.claim.tryRead()) {
        m_claim = *claim;
        m_claimVersion = version;
    }
    const auto state = stateAt(m_claim, now);
    m_isSynchronized = state.stratum < ntp::maxStratum;
    m_template = ntp::ReplyTemplate(state);
    m_renewedAt = now.raw;
}

std::optional<ntp::PlainReply> Responder::answer(const Arrival& arrival)
{
    if (!m_access.value().allows(arrival.from.address)) {
        ++m_counters.denied;
        return std::nullopt;
    }
    if (arrival.isTruncated) {
        ++m_counters.rejected[placeOf(ntp::Rejection::TooLong)];
        return std::nullopt;
    }
    const auto request = ntp::parseClientRequest(arrival.octets, arrival.from.port);
    if (!request) {
        ++m_counters.rejected[placeOf(request.error())];
        return std::nullopt;
    }
    const auto allowance = m_limiter.judge(arrival.from.address, m_now);
    if (allowance == Allowance::Silence) {
        ++m_counters.rateLimited;
        return std::nullopt;
    }
    if (m_isSilentUnsynchronized && !m_isSynchronized) {
        ++m_counters.unsynchronized;
        return std::nullopt;
    }
    ++m_counters.ofVersion[request->version];
    if (allowance == Allowance::Kiss)
        ++m_counters.kisses;
    const auto& answer = allowance == Allowance::Kiss ? m_rateKiss : m_template;
    return answer.reply(*request, ntp::toTimestamp(arrival.received), ntp::Timestamp{});
}

} // namespace foliot::daemon
