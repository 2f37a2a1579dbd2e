// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/claim_reach.h"

#include "sync/first_samples.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr double base = 2.71; // deviations
// Where models disagree the tail is believed more than it says. At first it is the prior's and no belief.
constexpr double tailWeight = 1.6;
constexpr double tailDoubt = 1.5;
constexpr double tailLearning = 20.0; // packets
// The bank's wanders are more than crystals show. When it remains undecided, as with an oscillator too calm to be told
// from one that is calmer still, the greatest of them are a prior and no belief, and what they add is taken back.
constexpr double decidedTail = 3.4;
constexpr double decidedWeight = 0.85;
constexpr double usualMemory = 50.0; // packets
// A belief wider than usual has met something new; one narrower than usual may only have been lucky.
constexpr double widerWeight = 0.5;
constexpr double narrowerWeight = 0.1;
constexpr double mostUnusual = 1.0; // logarithm
constexpr double usualShare = 3.0;  // of all packets, one in so many is remembered at first
// Where the deviation comes and goes, as with congestion and at first, what comes next is known less well than it seems.
constexpr double unsteadyWeight = 1.0;
constexpr double unsteadyMemory = 100.0; // packets
constexpr double steady = 0.3;           // logarithm of its arithmetic over its geometric mean
constexpr double mostUnsteady = 0.5;     // beyond that
// A crystal at rest wanders less than this. One that wanders more is driven by its surroundings, by heat and load, and
// their swings and jumps are no random walk: the errors that they make have a longer tail.
constexpr double atRest = 1.5e-9; // per square root of a second
constexpr double drivenWeight = 0.1;
constexpr double mostDriven = 0.6; // logarithm
// An oscillator that seems calmer than it was will be as it was again, and that is seen only after it has made an error.
// What it was is known once the estimate has been renewed so often; until then it is the prior's.
constexpr double calmerWeight = 0.18;
constexpr double calmerMemory = 300.0; // packets
constexpr double mostCalmer = 1.6;     // logarithm
constexpr double renewals = 40.0;      // half way
// The fewer packets an estimate averages, the less normal its law is.
constexpr double averagingNone = 0.18;
constexpr double averaging = 0.05; // of the jitter: an estimate that sure is half way
// The laws are learnt from few packets at first, and oscillators are taken to be calmer than they prove to be.
constexpr double early = 0.2;
constexpr double earlyPackets = 60.0;

} // namespace

double ClaimReach::after(const Belief& belief)
{
    m_packets += 1.0;
    m_usualTail += (belief.tail - m_usualTail) / usualMemory;
    const double deviation = std::log(belief.deviation);
    m_usualDeviation += (deviation - m_usualDeviation) / std::clamp(m_packets / usualShare, 1.0, usualMemory);
    const double wider = std::clamp(deviation - m_usualDeviation, 0.0, mostUnusual);
    const double narrower = std::clamp(m_usualDeviation - deviation, 0.0, mostUnusual);

    const double learnt = std::min(m_packets, unsteadyMemory);
    m_meanDeviation += (belief.deviation - m_meanDeviation) / learnt;
    m_meanLogDeviation += (deviation - m_meanLogDeviation) / learnt;
    const double unsteady = std::clamp(std::log(m_meanDeviation) - m_meanLogDeviation - steady, 0.0, mostUnsteady);

    m_usualLogWander += (belief.logWander - m_usualLogWander) / std::min(m_packets, calmerMemory);
    const double calmer = std::clamp(m_usualLogWander - belief.logWander, 0.0, mostCalmer);
    const double driven = std::clamp(std::log(std::max(belief.wander, atRest) / atRest), 0.0, mostDriven);
    const auto n = static_cast<double>(std::max(belief.samples, FirstSamples::wanted));
    // An estimate averages (jitter / deviation)^2 packets, and has been renewed n / that times.
    const double renewed = n * belief.deviation * belief.deviation;
    const double known = renewed / (renewed + renewals * belief.jitter * belief.jitter);
    m_calmer = m_packets < calmerMemory ? 0.0 : calmer;
    const double logarithm = (tailWeight - tailDoubt / (1.0 + n / tailLearning)) * std::log(belief.tail / normal) -
                             decidedWeight * std::log(std::max(1.0, m_usualTail / decidedTail)) +
                             averagingNone * belief.deviation / (belief.deviation + averaging * belief.jitter) +
                             early / (1.0 + n / earlyPackets) + widerWeight * wider + narrowerWeight * narrower +
                             unsteadyWeight * unsteady + drivenWeight * driven + calmerWeight * calmer * known;
    return base * std::exp(logarithm);
}

} // namespace foliot::sync
