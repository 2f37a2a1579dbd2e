// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/server/advertised_state.h"

#include <algorithm>
#include <cmath>

namespace foliot::daemon {

namespace {

constexpr std::uint32_t localReferenceId = 0x7F7F0101; // 127.127.1.1
constexpr std::uint32_t localClockCode = 0x4C4F434C;   // "LOCL"

bool makesClaim(const sync::State& state)
{
    switch (state.condition) {
    case sync::Condition::Synchronized:
    case sync::Condition::Holdover:
        return state.estimate.stratum < ntp::maxStratum;
    case sync::Condition::Starting:
    case sync::Condition::NoMajority:
    case sync::Condition::Unreachable:
    case sync::Condition::NoSources:
    case sync::Condition::StepRefused:
    case sync::Condition::ClockFailed:
        return false;
    }
    return false;
}

} // namespace

std::int8_t precisionExponent(Nanoseconds precision)
{
    const double seconds = std::max(Seconds(precision).count(), 1e-9);
    return static_cast<std::int8_t>(std::ceil(std::log2(seconds)));
}

ntp::ServerState advertisedState(
    const sync::State& state, std::optional<int> localStratum, const Now& now, Nanoseconds precision)
{
    ntp::ServerState advertised{.precision = precisionExponent(precision)};
    if (makesClaim(state)) {
        const Seconds dispersion = sync::boundAt(state.estimate, now.raw) - state.estimate.rootDelay / 2;
        // A holdover that has become useless is no longer offered.
        if (dispersion < ntp::maxDispersion) {
            advertised.leap = state.estimate.leap;
            advertised.stratum = state.estimate.stratum;
            advertised.rootDelay = state.estimate.rootDelay;
            advertised.rootDispersion = std::max(dispersion, Seconds{0});
            advertised.referenceId = state.estimate.referenceId;
            advertised.referenceTime = state.estimate.referenceTime;
            return advertised;
        }
    }
    if (localStratum) {
        advertised.leap = ntp::LeapIndicator::None;
        advertised.stratum = static_cast<std::uint8_t>(*localStratum);
        advertised.referenceId = *localStratum == 1 ? localClockCode : localReferenceId;
        advertised.referenceTime = now.real;
    }
    return advertised;
}

} // namespace foliot::daemon
