// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/first_samples.h"

#include "sync/arithmetic.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr double assumedWander = 1e-8; // per square root of a second; a few seconds long it hardly matters
constexpr double leastExcess = 1e-6;   // seconds; four quick samples alike say little about those to come

constexpr double leastFrequencyVariance = 1e-26;

// Deviations. A packet is off by no more than 1.7 of its own, however its delay lies.
constexpr double impossible = 6.0;

// All of the delay may have been on one way: uniform over +- half of it.
double noiseVariance(const Sample& sample)
{
    return square(delayOf(sample).count()) / 12.0 + square(sample.stampError.count());
}

} // namespace

FirstSamples::FirstSamples(const FrequencyPrior& prior, const Sample& first)
    : m_prior(prior)
{
    m_samples.front() = first;
    m_count = 1;
    m_estimate = {
        .at = first.at,
        .origin = first.outbound,
        .offset = offsetOf(first, first.outbound).count(),
        .frequency = prior.frequency,
        .covariance = {.offset = noiseVariance(first), .cross = 0.0, .frequency = square(prior.deviation)},
        .wander = assumedWander,
    };
}

bool FirstSamples::contradicts(const Sample& sample) const
{
    const OscillatorEstimate then = predicted(m_estimate, sample.at);
    const double innovation = offsetOf(sample, then.origin).count() - then.offset;
    return std::abs(innovation) > impossible * std::sqrt(then.covariance.offset + noiseVariance(sample));
}

void FirstSamples::add(const Sample& sample)
{
    m_samples.at(m_count++) = sample;
    OscillatorEstimate estimate = predicted(m_estimate, sample.at);
    const Covariance prior = estimate.covariance;
    const double innovation = offsetOf(sample, estimate.origin).count() - estimate.offset;
    const double noise = noiseVariance(sample);
    const double innovationVariance = prior.offset + noise;
    const double offsetGain = prior.offset / innovationVariance;
    const double frequencyGain = prior.cross / innovationVariance;
    estimate.offset += offsetGain * innovation;
    estimate.frequency += frequencyGain * innovation;
    // Written without differences of what may be nearly equal.
    const double left = noise / innovationVariance;
    const double determinant = std::max(0.0, prior.offset * prior.frequency - prior.cross * prior.cross);
    estimate.covariance = {
        .offset = prior.offset * left,
        .cross = prior.cross * left,
        .frequency = std::max(leastFrequencyVariance, prior.frequency * left + determinant / innovationVariance),
    };
    m_estimate = estimate;
}

void FirstSamples::leapt(Nanoseconds jump)
{
    m_estimate.origin += jump;
    for (Sample& sample : m_samples) {
        sample.outbound += jump;
        sample.inbound -= jump;
    }
}

PathState FirstSamples::start() const
{
    const double half = leastDelay().count() / 2.0;
    const double excess = meanExcess();
    PathState state;
    state.mean[PathState::Offset] = offsetOf(m_samples.front(), m_estimate.origin).count();
    state.mean[PathState::Frequency] = m_prior.frequency;
    state.mean[PathState::LeastDelay] = half - excess / 3.0;
    state.covariance[PathState::Offset][PathState::Offset] = square(half + excess);
    state.covariance[PathState::Frequency][PathState::Frequency] = square(m_prior.deviation);
    state.covariance[PathState::LeastDelay][PathState::LeastDelay] = square(excess);
    return state;
}

double FirstSamples::meanExcess() const
{
    // The median: one of the first may well be very late.
    std::array<double, wanted> excesses{};
    excesses.fill(HUGE_VAL);
    for (std::size_t i = 0; i < m_count; ++i)
        excesses.at(i) = (delayOf(m_samples.at(i)) - leastDelay()).count();
    std::ranges::sort(excesses);
    // The least of a few is later than the least of many: one way's share is taken as the sum of both.
    return std::max(leastExcess, (excesses.at((m_count - 1) / 2) + excesses.at(m_count / 2)) / 2.0);
}

Seconds FirstSamples::leastDelay() const
{
    return delayOf(*std::ranges::min_element(samples(), {}, delayOf));
}

} // namespace foliot::sync
