// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/combination.h"

#include "sync/arithmetic.h"
#include "sync/claim_reach.h"

#include <algorithm>
#include <cmath>
#include <vector>

namespace foliot::sync {

namespace {

// Of the heaviest source's weight: what another one needs to be selected in its place.
constexpr double weightToCome = 0.75;
constexpr double weightToStay = 0.5;

// The variance between sources beyond what they know of their own error: their paths' asymmetries, mostly.
double spreadOf(std::span<const Candidate* const> used)
{
    if (used.size() < 2)
        return 0.0;
    double mean = 0.0;
    for (const Candidate* candidate : used)
        mean += candidate->offset.count() / static_cast<double>(used.size());
    double sum = 0.0;
    double expected = 0.0;
    for (const Candidate* candidate : used) {
        sum += square(candidate->offset.count() - mean);
        expected += candidate->estimate.covariance.offset;
    }
    const double variance = sum / static_cast<double>(used.size() - 1);
    return std::max(0.0, variance - expected / static_cast<double>(used.size()));
}

// By what each source is sure of. What all have in common is no reason to prefer one.
std::vector<double> weightsOf(std::span<const Candidate* const> used, double spread)
{
    std::vector<double> weights;
    double total = 0.0;
    for (const Candidate* candidate : used) {
        weights.push_back(1.0 / (candidate->estimate.covariance.offset + spread + 1e-18));
        total += weights.back();
    }
    for (double& weight : weights)
        weight /= total;
    return weights;
}

// Which one our clients are told that we follow. Computers that ask each other would otherwise follow one another, farther and
// farther from a clock that nobody asks any more.
std::size_t standingForAll(
    std::span<const Candidate* const> used, const std::vector<double>& weights, std::optional<SourceId> before)
{
    const auto heaviest = static_cast<std::size_t>(std::ranges::max_element(weights) - weights.begin());
    std::size_t chosen = heaviest;
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (used[i]->source == before && weights[i] >= weightToStay * weights[heaviest])
            chosen = i;
    }
    for (std::size_t i = 0; i < used.size(); ++i) {
        if (used[i]->stratum < used[chosen]->stratum && weights[i] >= weightToCome * weights[heaviest])
            chosen = i;
    }
    return chosen;
}

} // namespace

std::optional<Combination> combine(std::span<const Candidate> candidates, std::span<Judgement> judgements,
    const CrossCovariances& shared, std::optional<SourceId> selectedBefore)
{
    std::vector<const Candidate*> used;
    std::vector<Judgement*> marks;
    for (std::size_t i = 0; i < candidates.size(); ++i) {
        if (judgements[i].verdict == Verdict::Combined) {
            used.push_back(&candidates[i]);
            marks.push_back(&judgements[i]);
        }
    }
    if (used.empty())
        return std::nullopt;

    const double spread = spreadOf(used);
    const std::vector<double> weights = weightsOf(used, spread);

    Combination result;
    result.estimate.at = used.front()->estimate.at;
    result.estimate.origin = used.front()->estimate.origin;
    result.estimate.reach = 0.0;
    double together = 0.0;
    Covariance& doubt = result.estimate.covariance;
    for (std::size_t i = 0; i < used.size(); ++i) {
        const OscillatorEstimate own = withOrigin(used[i]->estimate, result.estimate.origin);
        const double weight = weights[i];
        result.estimate.offset += weight * own.offset;
        result.estimate.frequency += weight * own.frequency;
        result.estimate.wander += weight * own.wander;
        result.estimate.gapWander += weight * own.gapWander;
        result.estimate.horizon += weight * own.horizon;
        result.estimate.reach += weight * own.reach;
        together += weight * weight;
        result.rootDistance += weight * used[i]->rootDistance;
        result.jitter += weight * used[i]->jitter;
        doubt.offset += weight * weight * (own.covariance.offset + spread);
        doubt.cross += weight * weight * own.covariance.cross;
        doubt.frequency += weight * weight * own.covariance.frequency;
        for (std::size_t j = 0; j < i; ++j) {
            const Cross cross = shared.between(used[i]->source, own, used[j]->source, used[j]->estimate);
            const double both = weight * weights[j];
            doubt.offset += 2.0 * both * cross.offsetOffset;
            doubt.cross += both * (cross.offsetFrequency + cross.frequencyOffset);
            doubt.frequency += 2.0 * both * cross.frequencyFrequency;
        }
    }
    // The sum of several errors is more normal than each.
    result.estimate.reach = ClaimReach::normal + (result.estimate.reach - ClaimReach::normal) * std::sqrt(together);
    doubt.cross =
        std::clamp(doubt.cross, -std::sqrt(doubt.offset * doubt.frequency), std::sqrt(doubt.offset * doubt.frequency));

    const std::size_t chosen = standingForAll(used, weights, selectedBefore);
    marks[chosen]->verdict = Verdict::Selected;
    marks[chosen]->reason = Reason::BestEstimate;
    result.selected = used[chosen]->source;
    result.stratum = used[chosen]->stratum;
    result.referenceId = used[chosen]->referenceId;
    result.rootDelay = used[chosen]->rootDelay;
    return result;
}

} // namespace foliot::sync
