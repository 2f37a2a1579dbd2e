// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/server_claim.h"

#include "ntp/smear.h"

#include <algorithm>
#include <cmath>

namespace foliot::daemon {

namespace {

constexpr std::uint32_t localReferenceId = 0x7F7F0101; // 127.127.1.1
constexpr std::uint32_t localClockCode = 0x4C4F434C;   // "LOCL"
constexpr double neglectedGrowthPpm = 500.0;           // MAXFREQ: an oscillator that nobody corrects any more

Seconds growth(RawTime from, RawTime to, double ppm)
{
    return std::max(Seconds(to - from), Seconds{0}) * ppm * 1e-6;
}

ntp::ServerState withoutSources(const ServerClaim& claim, const Now& now)
{
    ntp::ServerState state{.precision = claim.state.precision};
    if (claim.localStratum > 0) {
        state.leap = ntp::LeapIndicator::None;
        state.stratum = static_cast<std::uint8_t>(claim.localStratum);
        state.referenceId = claim.localStratum == 1 ? localClockCode : localReferenceId;
        state.referenceTime = now.real;
    }
    return state;
}

} // namespace

std::int8_t precisionExponent(Nanoseconds precision)
{
    const double seconds = std::max(Seconds(precision).count(), 1e-9);
    return static_cast<std::int8_t>(std::ceil(std::log2(seconds)));
}

ServerClaim makeClaim(const sync::State& state, std::optional<int> localStratum, RawTime now, Nanoseconds precision)
{
    ServerClaim claim{
        .state = {.precision = precisionExponent(precision)},
        .at = state.estimate.at,
        .growthPpm = state.estimate.boundGrowthPpm,
        .validUntil = now + claimValidity,
        .localStratum = localStratum.value_or(0),
    };
    if (const sync::SystemEstimate& estimate = state.estimate; estimate.stratum < ntp::maxStratum) {
        claim.state.leap = estimate.leap;
        claim.state.stratum = estimate.stratum;
        claim.state.rootDelay = estimate.rootDelay;
        claim.state.rootDispersion = estimate.rootDispersion;
        claim.state.referenceId = estimate.referenceId;
        claim.state.referenceTime = estimate.referenceTime;
    }
    return claim;
}

ServerClaim makeSmearedClaim(
    const sync::State& state, const config::Server& settings, const Now& now, Nanoseconds precision)
{
    ServerClaim claim = makeClaim(state, settings.localStratum, now.raw, precision);
    claim.smear = makeSmear(settings.smear, state.leap, now);
    const bool isAnnounced = claim.state.leap != ntp::LeapIndicator::Unsynchronized;
    if (settings.smear != config::Smear::None && isAnnounced)
        claim.state.leap = ntp::LeapIndicator::None; // a client that did it too would do it twice
    return claim;
}

ntp::ServerState stateAt(const ServerClaim& claim, const Now& now)
{
    if (claim.state.stratum >= ntp::maxStratum)
        return withoutSources(claim, now);
    ntp::ServerState state = claim.state;
    if (const Seconds smear = smearAt(claim.smear, now); smear != Seconds{}) {
        state.referenceId = ntp::smearReferenceId(smear);
        state.referenceTime += std::chrono::duration_cast<Nanoseconds>(smear);
    }
    state.rootDispersion += growth(claim.at, now.raw, claim.growthPpm);
    if (now.raw > claim.validUntil) {
        state.rootDispersion += growth(claim.validUntil, now.raw, neglectedGrowthPpm);
        if (state.rootDispersion + state.rootDelay / 2 >= ntp::maxDistance)
            return withoutSources(claim, now);
    }
    // A holdover that has become useless is no longer offered.
    return state.rootDispersion < ntp::maxDispersion ? state : withoutSources(claim, now);
}

} // namespace foliot::daemon
