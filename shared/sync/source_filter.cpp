// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/source_filter.h"

#include "ntp/protocol.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <utility>

namespace foliot::sync {

namespace {

constexpr double assumedWander = 1e-9;
constexpr double spikeDeviations = 6.0;
constexpr std::size_t spikesThatMeanAChange = 4;
constexpr std::size_t samplesToKnowMinimum = 4;

double square(double x)
{
    return x * x;
}

} // namespace

SourceFilter::SourceFilter(const FrequencyPrior& prior) : m_prior(prior) {}

SampleUse SourceFilter::add(const Sample& sample)
{
    if (!m_estimate) {
        start(sample);
        return SampleUse::Used;
    }
    if (sample.at <= m_estimate->at)
        return SampleUse::TooOld;
    m_minimumDelay = std::min(m_minimumDelay, delayOf(sample));
    OscillatorEstimate prior = predicted(*m_estimate, sample.at);
    const double noise = noiseVariance(sample);
    const double innovation = offsetOf(sample, prior.origin).count() - prior.offset;
    const double innovationVariance = prior.covariance.offset + noise;
    if (square(innovation) > square(spikeDeviations) * innovationVariance) {
        if (++m_spikes < spikesThatMeanAChange)
            return SampleUse::Spike;
        restart(sample);
        return SampleUse::Restarted;
    }
    m_spikes = 0;
    const double offsetGain = prior.covariance.offset / innovationVariance;
    const double frequencyGain = prior.covariance.cross / innovationVariance;
    prior.offset += offsetGain * innovation;
    prior.frequency += frequencyGain * innovation;
    prior.covariance = {
        .offset = (1.0 - offsetGain) * prior.covariance.offset,
        .cross = (1.0 - offsetGain) * prior.covariance.cross,
        .frequency = prior.covariance.frequency - frequencyGain * prior.covariance.cross,
    };
    m_estimate = prior;
    ++m_samples;
    const double memory = std::min(static_cast<double>(m_samples), 16.0);
    m_meanSquareResidual += (square(innovation) - m_meanSquareResidual) / memory;
    remember(sample);
    return SampleUse::Used;
}

Seconds SourceFilter::jitter() const
{
    return Seconds(std::sqrt(m_meanSquareResidual));
}

Seconds SourceFilter::reachOfTruth(RawTime when) const
{
    assert(m_estimate);
    const double tolerance = ntp::frequencyTolerancePpm * 1e-6 + 4.0 * std::sqrt(m_estimate->covariance.frequency);
    const OscillatorEstimate now = predicted(*m_estimate, when);
    double least = HUGE_VAL;
    for (std::size_t i = 0; i < m_anchorCount; ++i) {
        const Anchor& anchor = m_anchors.at(i);
        const double age = std::abs(Seconds(when - anchor.at).count());
        const double carried = anchor.offset + m_estimate->frequency * Seconds(when - anchor.at).count();
        least = std::min(least, std::abs(carried - now.offset) + anchor.halfWidth + age * tolerance);
    }
    return Seconds(least);
}

void SourceFilter::slept(Nanoseconds duration)
{
    if (!m_estimate)
        return;
    m_estimate->origin += duration;
    m_estimate->covariance.offset += 1.0;
    m_estimate->covariance.frequency += square(1e-6);
    m_anchorCount = 0;
}

void SourceFilter::start(const Sample& sample)
{
    m_minimumDelay = delayOf(sample);
    m_estimate = OscillatorEstimate{
        .at = sample.at,
        .origin = sample.outbound,
        .offset = offsetOf(sample, sample.outbound).count(),
        .frequency = m_prior.frequency,
        .covariance = {.offset = noiseVariance(sample), .cross = 0.0, .frequency = square(m_prior.deviation)},
        .wander = assumedWander,
    };
    m_samples = 1;
    remember(sample);
}

void SourceFilter::restart(const Sample& sample)
{
    const FrequencyPrior known{.frequency = m_estimate->frequency,
                               .deviation = std::sqrt(m_estimate->covariance.frequency) + 1e-7};
    m_anchorCount = 0;
    m_spikes = 0;
    const FrequencyPrior original = std::exchange(m_prior, known);
    start(sample);
    m_prior = original;
}

double SourceFilter::noiseVariance(const Sample& sample) const
{
    // What the packet was delayed beyond the least delay fell on one way or the other: uniform over +- half of it.
    const Seconds excess = m_samples < samplesToKnowMinimum ? delayOf(sample) : delayOf(sample) - m_minimumDelay;
    return square(excess.count()) / 12.0 + square(sample.stampError.count()) + square(1e-6);
}

void SourceFilter::remember(const Sample& sample)
{
    std::rotate(m_anchors.begin(), m_anchors.end() - 1, m_anchors.end());
    m_anchors.front() = {
        .at = sample.at,
        .offset = offsetOf(sample, m_estimate->origin).count(),
        .halfWidth = delayOf(sample).count() / 2.0 + sample.stampError.count(),
    };
    m_anchorCount = std::min(m_anchorCount + 1, m_anchors.size());
}

} // namespace foliot::sync
