// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/wander_bank.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

// Per square root of a second: from a good oven to a laptop in the sun.
constexpr std::array<double, WanderBank::wanders> wanderOf{3e-11, 1e-10, 3e-10, 1e-9, 3e-9, 1e-8, 3e-8, 1e-7};
// The chance that the wander moves to a neighbour between two samples. Crystals are calm most of the time; when they are
// not, the packets say so clearly.
constexpr double riseChance = 0.0003;
constexpr double fallChance = 0.001;
// The chance that the frequency jumps between two samples: at first, then as often as it did in this oscillator.
constexpr double firstJumpChance = 6e-4;
constexpr double firstJumpPackets = 100.0;   // so many packets' experience is the first chance worth
constexpr double longestJumpMemory = 2000.0; // packets
constexpr double jumpSize = 3e-7;            // s/s, one deviation
// A jump shows only by what it has done to the offset some packets later, and is kept apart for so long. Then it becomes
// usual if the packets called for it.
constexpr double settleChance = 0.15; // between two samples
constexpr double leastJump = 0.2;     // weight
constexpr std::size_t jumped = WanderBank::wanders;
constexpr double usualMemory = 50.0; // samples
constexpr double negligible = 9.0;   // logarithm of a share against the largest
constexpr double leastPart = 1e-5;   // a share that does not reach the tail
constexpr double leastWeight = 1e-12;

// A jump at some moment of the interval, as a walk of the same size.
double jumpWander(double seconds)
{
    return seconds > 0.0 ? jumpSize / std::sqrt(seconds) : 0.0;
}

// A packet's possible scales: those that may have made it.
struct Scales {
    std::array<std::size_t, LatenessBelief::size> index{};
    std::array<const LatenessLaw*, LatenessBelief::size> law{};
    std::array<double, LatenessBelief::size> logShare{};
    std::size_t count = 0;
};

Scales possibleScales(const Normal& belief, double observed, const LatenessBelief& lateness)
{
    const LatenessBelief::Shares& shares = lateness.shares();
    std::array<double, LatenessBelief::size> chances{};
    chances.fill(-HUGE_VAL);
    std::array<double, LatenessBelief::size> logShares{};
    double most = -HUGE_VAL;
    // The density is nowhere above 1 / scale, so most scales are ruled out by their shares alone once a good one is found:
    // begin with the likely ones.
    const auto likely = static_cast<std::size_t>(std::ranges::max_element(shares) - shares.begin());
    double least = 0.0; // density that matters
    const auto consider = [&](std::size_t i) {
        const LatenessLaw& law = lateness.law(i);
        if (shares[i] < least * law.scale)
            return;
        logShares[i] = std::log(shares[i]);
        chances[i] = logShares[i] + observeLate(belief, observed, law).logLikelihood;
        if (chances[i] > most) {
            most = chances[i];
            least = std::exp(most - negligible);
        }
    };
    for (std::size_t i = likely; i < LatenessBelief::size; ++i)
        consider(i);
    for (std::size_t i = likely; i > 0; --i)
        consider(i - 1);
    Scales scales;
    for (std::size_t i = 0; i < LatenessBelief::size; ++i) {
        if (chances[i] < most - negligible)
            continue;
        scales.index[scales.count] = i;
        scales.law[scales.count] = &lateness.law(i);
        scales.logShare[scales.count] = logShares[i];
        ++scales.count;
    }
    return scales;
}

struct Mixed {
    Normal belief;
    double logLikelihood = 0.0;
    std::array<double, LatenessBelief::size> logLikelihoods{}; // of each possible scale
};

// The update by a mixture of scales, as its moments.
Mixed observeMixture(const Normal& before, double observed, const Scales& scales)
{
    Mixed mixed;
    std::array<Normal, LatenessBelief::size> beliefs{};
    std::array<double, LatenessBelief::size> shares{};
    double largest = -HUGE_VAL;
    for (std::size_t k = 0; k < scales.count; ++k) {
        const OneSidedUpdate update = observeLate(before, observed, *scales.law[k]);
        beliefs[k] = update.belief;
        mixed.logLikelihoods[k] = update.logLikelihood;
        shares[k] = update.logLikelihood + scales.logShare[k];
        largest = std::max(largest, shares[k]);
    }
    double total = 0.0;
    double shift = 0.0;
    for (std::size_t k = 0; k < scales.count; ++k) {
        shares[k] = std::exp(shares[k] - largest);
        total += shares[k];
        shift += shares[k] * (beliefs[k].mean - before.mean);
    }
    shift /= total;
    double variance = 0.0;
    for (std::size_t k = 0; k < scales.count; ++k) {
        const double off = beliefs[k].mean - before.mean - shift;
        variance += shares[k] / total * (beliefs[k].variance + off * off);
    }
    mixed.belief = {.mean = before.mean + shift, .variance = std::min(variance, before.variance)};
    mixed.logLikelihood = largest + std::log(total);
    return mixed;
}

} // namespace

WanderBank::WanderBank(const PathState& start)
{
    m_states.fill(start);
    m_jumpChance = firstJumpChance;
    m_usual.fill(1.0 / static_cast<double>(wanders));
    std::ranges::copy(m_usual, m_weights.begin());
    m_mixed = start;
}

void WanderBank::advance(double seconds, double pathWander)
{
    learnJumps();
    // Those of before stay apart, and walk on as the oscillator usually does.
    const double staying = (1.0 - settleChance) * m_weights[jumped];
    const PathState before = grown(m_states[jumped], wander(), pathWander, seconds);
    interact();
    for (std::size_t i = 0; i < wanders; ++i)
        m_states[i] = grown(m_states[i], wanderOf[i], pathWander, seconds);
    m_states[jumped] = grown(m_states[jumped], jumpWander(seconds), pathWander, seconds);
    keepJumped(before, staying);
    mix();
}

double WanderBank::observe(Way way, double observed, LatenessBelief& lateness, double stampVariance)
{
    // The scales by the mixture of all wanders first, then each wander with the few scales that matter.
    const Scales scales = possibleScales(expected(m_mixed, way, stampVariance), observed, lateness);
    std::array<Mixed, size> mixed{};
    double largest = -HUGE_VAL;
    for (std::size_t i = 0; i < size; ++i) {
        const Normal before = expected(m_states[i], way, stampVariance);
        mixed[i] = observeMixture(before, observed, scales);
        absorb(m_states[i], way, before, mixed[i].belief);
        largest = std::max(largest, mixed[i].logLikelihood);
    }
    LatenessBelief::Shares likelihoods{};
    double likelihood = 0.0;
    for (std::size_t i = 0; i < size; ++i) {
        for (std::size_t k = 0; k < scales.count; ++k)
            likelihoods[scales.index[k]] += m_weights[i] * std::exp(mixed[i].logLikelihoods[k] - largest);
        m_weights[i] *= std::exp(mixed[i].logLikelihood - largest);
        likelihood += m_weights[i];
    }
    double total = 0.0;
    for (double& weight : m_weights)
        total += weight = weight / likelihood + leastWeight;
    for (double& weight : m_weights)
        weight /= total;
    lateness.learn(likelihoods);
    mix();
    return largest + std::log(likelihood);
}

PathState WanderBank::mostRestlessAfter(double seconds) const
{
    return grown(m_states[wanders - 1], std::max(wanderOf.back(), jumpWander(seconds)), 0.0, seconds);
}

double WanderBank::wander() const
{
    double square = 0.0;
    for (std::size_t i = 0; i < wanders; ++i)
        square += (m_weights[i] + m_weights[jumped] * m_usual[i]) * wanderOf[i] * wanderOf[i];
    return std::sqrt(square);
}

double WanderBank::logWander() const
{
    double mean = 0.0;
    for (std::size_t i = 0; i < wanders; ++i)
        mean += (m_weights[i] + m_weights[jumped] * m_usual[i]) * std::log(wanderOf[i]);
    return mean;
}

void WanderBank::addParts(std::vector<NormalPart>& parts, double share, double centre, double seconds) const
{
    for (std::size_t i = 0; i < size; ++i) {
        if (share * m_weights[i] < leastPart)
            continue;
        const PathState then = grown(m_states[i], i == jumped ? wander() : wanderOf[i], 0.0, seconds);
        parts.push_back({.share = share * m_weights[i],
            .mean = then.mean[PathState::Offset] - centre,
            .deviation = std::sqrt(then.covariance[PathState::Offset][PathState::Offset])});
    }
}

void WanderBank::mix()
{
    m_mixed = {};
    for (std::size_t i = 0; i < size; ++i)
        addMean(m_mixed, m_states[i], m_weights[i]);
    for (std::size_t i = 0; i < size; ++i)
        addSpread(m_mixed, m_states[i], m_weights[i]);
}

// The share of intervals that a jump was believed in: the mean of a beta law, with a limited memory.
void WanderBank::learnJumps()
{
    m_packets = std::min(m_packets + 1.0, longestJumpMemory);
    m_jumpChance += (settleChance * m_weights[jumped] - m_jumpChance) / (firstJumpPackets + m_packets);
}

// A jump of before beside one of the last interval.
void WanderBank::keepJumped(const PathState& before, double weight)
{
    for (double& other : m_weights)
        other *= 1.0 - weight;
    const double all = m_weights[jumped] + weight;
    const PathState last = m_states[jumped];
    PathState both;
    addMean(both, last, m_weights[jumped] / all);
    addMean(both, before, weight / all);
    addSpread(both, last, m_weights[jumped] / all);
    addSpread(both, before, weight / all);
    m_states[jumped] = both;
    m_weights[jumped] = all;
}

void WanderBank::interact()
{
    // A jump that the packets did not call for is forgotten as a whole: its wide belief would blur the others' for good.
    if (m_weights[jumped] < leastJump) {
        const double left = 1.0 - m_weights[jumped];
        m_weights[jumped] = 0.0;
        for (double& weight : m_weights)
            weight /= left;
    }
    const auto chance = [this](std::size_t from, std::size_t to) {
        if (from == jumped)
            return to == jumped ? 0.0 : m_usual[to];
        if (to == jumped)
            return m_jumpChance;
        if (to == from)
            return 1.0 - m_jumpChance - (from > 0 ? fallChance : 0.0) - (from + 1 < wanders ? riseChance : 0.0);
        return to == from + 1 ? riseChance : to + 1 == from ? fallChance : 0.0;
    };
    std::array<PathState, size> states{};
    std::array<double, size> weights{};
    for (std::size_t to = 0; to < size; ++to) {
        std::array<double, size> shares{};
        for (std::size_t from = 0; from < size; ++from)
            weights[to] += shares[from] = m_weights[from] * chance(from, to);
        weights[to] = std::max(weights[to], leastWeight);
        for (std::size_t from = 0; from < size; ++from)
            if (shares[from] > 0.0)
                addMean(states[to], m_states[from], shares[from] / weights[to]);
        for (std::size_t from = 0; from < size; ++from)
            if (shares[from] > 0.0)
                addSpread(states[to], m_states[from], shares[from] / weights[to]);
    }
    for (std::size_t i = 0; i < wanders; ++i)
        m_usual[i] += (m_weights[i] - (1.0 - m_weights[jumped]) * m_usual[i]) / usualMemory;
    m_states = states;
    m_weights = weights;
}

} // namespace foliot::sync
