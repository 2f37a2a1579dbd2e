// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/source_filter.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace foliot::sync {

namespace {

constexpr double pathWander = 1e-8;      // the least delay drifts, seconds per square root of a second
constexpr double leastStampNoise = 1e-7; // s
constexpr double softness = 0.05;        // no path has a sharp least delay: so much of the jitter counts as stamp noise
constexpr double tooEarly = 6.0;         // deviations
constexpr std::size_t earlyMeansChange = 4; // samples in a row
constexpr double muchTooLate = 6.0;         // mean latenesses
constexpr std::size_t lateMeansChange = 8;  // samples in a row
constexpr double firstExcessWeight = 3.0;   // packets
constexpr double restartDoubt = 1e-7;       // what a change may have done to the frequency's estimate, s/s

double square(double x)
{
    return x * x;
}

} // namespace

SourceFilter::SourceFilter(const FrequencyPrior& prior)
    : m_prior(prior)
{}

SampleUse SourceFilter::add(const Sample& sample)
{
    if (m_estimate && sample.at <= m_estimate->at)
        return SampleUse::TooOld;
    if (m_bank)
        return track(sample);
    if (m_first) {
        m_first->add(sample);
        m_estimate = m_first->estimate();
        ++m_samples;
        if (m_first->isComplete())
            beginBank();
    } else {
        begin(m_prior, sample);
    }
    m_truth.add(sample, m_estimate->origin);
    return SampleUse::Used;
}

Seconds SourceFilter::jitter() const
{
    // Half the difference of two exponentials.
    if (m_bank)
        return Seconds(std::hypot(m_outboundExcess.value(), m_inboundExcess.value()) / 2.0);
    return m_first ? Seconds(m_first->meanExcess() / std::numbers::sqrt2) : Seconds{};
}

Seconds SourceFilter::delay() const
{
    return m_bank ? Seconds(2.0 * std::max(0.0, m_bank->state().mean[PathState::LeastDelay])) : m_firstDelay;
}

Seconds SourceFilter::halfWidth(RawTime when) const
{
    assert(m_estimate);
    return m_truth.halfWidth(*m_estimate, when);
}

void SourceFilter::slept(Nanoseconds duration)
{
    if (!m_estimate)
        return;
    // The battery's clock that timed the sleep is good to about a second; the crystal has another temperature now.
    m_prior = {
        .frequency = m_estimate->frequency, .deviation = std::sqrt(m_estimate->covariance.frequency + square(1e-6))};
    m_estimate->origin += duration;
    m_estimate->covariance.offset += 1.0;
    m_estimate->covariance.frequency = square(m_prior.deviation);
    m_first.reset();
    m_bank.reset();
    m_truth.clear();
}

void SourceFilter::begin(const FrequencyPrior& prior, const Sample& sample)
{
    m_first.emplace(prior, sample);
    m_bank.reset();
    m_truth.clear();
    m_estimate = m_first->estimate();
    m_firstDelay = delayOf(sample);
    m_samples = 1;
    m_early = 0;
    m_late = 0;
}

void SourceFilter::beginBank()
{
    m_outboundExcess = MeanExcess(m_first->meanExcess(), firstExcessWeight);
    m_inboundExcess = m_outboundExcess;
    m_bank.emplace(m_first->start());
    m_estimate->at = m_first->samples().front().at;
    for (const Sample& sample : m_first->samples())
        enter(sample);
    publish();
}

SampleUse SourceFilter::track(const Sample& sample)
{
    if (isTooEarly(sample)) {
        if (++m_early < earlyMeansChange)
            return SampleUse::Spike;
        begin({.frequency = m_estimate->frequency,
                  .deviation = std::sqrt(m_estimate->covariance.frequency) + restartDoubt},
            sample);
        m_truth.add(sample, m_estimate->origin);
        return SampleUse::Restarted;
    }
    m_early = 0;
    enter(sample);
    noticeLongerPath();
    publish();
    ++m_samples;
    m_truth.add(sample, m_estimate->origin);
    return SampleUse::Used;
}

// A packet cannot be early. If it is, beyond what even the most restless oscillator explains, either its stamps are
// wrong or the server's time or the path is another.
bool SourceFilter::isTooEarly(const Sample& sample) const
{
    const PathState state = m_bank->mostRestlessAfter(Seconds(sample.at - m_estimate->at).count());
    const auto& p = state.covariance;
    const Ways ways = observed(sample);
    const double common = p[PathState::Offset][PathState::Offset] + p[PathState::LeastDelay][PathState::LeastDelay] +
                          stampVariance(sample);
    const double cross = 2.0 * p[PathState::Offset][PathState::LeastDelay];
    const double offset = state.mean[PathState::Offset];
    const double least = state.mean[PathState::LeastDelay];
    return ways.outbound < least + offset - tooEarly * std::sqrt(common + cross) ||
           ways.inbound < least - offset - tooEarly * std::sqrt(common - cross);
}

// When all packets are late for long, the path has become longer. Which way, nobody can tell.
void SourceFilter::noticeLongerPath()
{
    if (m_late < lateMeansChange)
        return;
    const double longer = m_leastLate;
    m_bank->change([longer](PathState& state) {
        state.mean[PathState::LeastDelay] += longer / 2.0;
        state.covariance[PathState::LeastDelay][PathState::LeastDelay] += square(longer) / 12.0;
        state.covariance[PathState::Offset][PathState::Offset] += square(longer) / 12.0;
    });
    m_late = 0;
}

void SourceFilter::enter(const Sample& sample)
{
    const Ways ways = observed(sample);
    const double noise = stampVariance(sample);
    m_bank->advance(Seconds(sample.at - m_estimate->at).count(), pathWander);
    m_bank->observe(Way::Outbound, ways.outbound, m_outboundExcess.value(), noise);
    m_bank->observe(Way::Inbound, ways.inbound, m_inboundExcess.value(), noise);
    m_estimate->at = sample.at;
    const PathState& state = m_bank->state();
    const double outboundExcess = ways.outbound - state.mean[PathState::Offset] - state.mean[PathState::LeastDelay];
    const double inboundExcess = ways.inbound + state.mean[PathState::Offset] - state.mean[PathState::LeastDelay];
    const double late = outboundExcess + inboundExcess;
    const bool isLate = late > muchTooLate * (m_outboundExcess.value() + m_inboundExcess.value());
    m_leastLate = isLate && m_late > 0 ? std::min(m_leastLate, late) : late;
    m_late = isLate ? m_late + 1 : 0;
    if (isLate)
        return; // a path that is another teaches nothing about the jitter of this one
    m_outboundExcess.add(outboundExcess);
    m_inboundExcess.add(inboundExcess);
}

void SourceFilter::publish()
{
    const PathState& state = m_bank->state();
    const auto& p = state.covariance;
    m_estimate->offset = state.mean[PathState::Offset];
    m_estimate->frequency = state.mean[PathState::Frequency];
    m_estimate->covariance = {.offset = p[PathState::Offset][PathState::Offset],
        .cross = p[PathState::Offset][PathState::Frequency],
        .frequency = p[PathState::Frequency][PathState::Frequency]};
    m_estimate->wander = m_bank->wander();
}

SourceFilter::Ways SourceFilter::observed(const Sample& sample) const
{
    return {.outbound = Seconds(sample.outbound - m_estimate->origin).count(),
        .inbound = Seconds(sample.inbound + m_estimate->origin).count()};
}

double SourceFilter::stampVariance(const Sample& sample) const
{
    const double soft = softness * std::min(m_outboundExcess.value(), m_inboundExcess.value());
    return square(std::max(leastStampNoise, sample.stampError.count())) + square(soft);
}

} // namespace foliot::sync
