// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/source_filter.h"

#include "sync/arithmetic.h"

#include <algorithm>
#include <cassert>
#include <cmath>
#include <numbers>

namespace foliot::sync {

namespace {

constexpr double pathWander = 5e-10;     // the least delay drifts, seconds per square root of a second
constexpr double leastStampNoise = 3e-8; // s
constexpr double softness = 0.025;       // no path has a sharp least delay: so much of the jitter counts as stamp noise
constexpr double outside = 0.001;        // of the time may the error be beyond the reach
// A wide belief about the offset is no normal one once it is cut at a packet, and leaves the least delay too sure: so
// much of the lateness is given back as doubt, for a belief as wide as the jitter and at most.
constexpr double cutDoubt = 0.1;
constexpr double widestCut = 1.7;   // of the jitter
constexpr double tooShort = 6.0;    // deviations
constexpr int beyondMeansWrong = 4; // packets in a row
// A server whose time was being corrected contradicts what was learnt meanwhile a few times; one that goes on with it is of
// two minds, as several machines behind one address are, and would be followed to and fro.
constexpr int mostBegunAnew = 4;
constexpr int withinMeansRight = 64;  // packets in a row
constexpr double restartDoubt = 1e-7; // what a change may have done to the frequency's estimate, s/s

} // namespace

SourceFilter::SourceFilter(const FrequencyPrior& prior)
    : m_prior(prior)
{}

SampleUse SourceFilter::add(const Sample& sample)
{
    if (m_estimate && sample.at <= m_estimate->at)
        return SampleUse::TooOld;
    if (m_models)
        return track(sample);
    if (m_first && m_first->contradicts(sample) && spendBeginning()) {
        begin({.frequency = m_prior.frequency, .deviation = unknownFrequencyDeviation}, sample);
        m_truth.add(sample, m_estimate->origin);
        return SampleUse::Restarted;
    }
    if (m_first) {
        m_first->add(sample);
        m_estimate = m_first->estimate();
        ++m_samples;
        if (m_first->isComplete())
            beginModels();
    } else {
        begin(m_prior, sample);
    }
    m_truth.add(sample, m_estimate->origin);
    return SampleUse::Used;
}

Seconds SourceFilter::jitter() const
{
    // Half the difference of the two latenesses.
    if (m_models)
        return Seconds(
            std::hypot(m_models->latenessDeviation(Way::Outbound), m_models->latenessDeviation(Way::Inbound)) / 2.0);
    return m_first ? Seconds(m_first->meanExcess() / std::numbers::sqrt2) : Seconds{};
}

Seconds SourceFilter::delay() const
{
    return m_models ? Seconds(2.0 * std::max(0.0, m_models->state().mean[PathState::LeastDelay])) : m_firstDelay;
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
    m_models.reset();
    m_truth.clear();
    m_isInDoubt = false;
}

void SourceFilter::leapt(Nanoseconds jump)
{
    if (!m_estimate)
        return;
    m_estimate->origin += jump;
    if (m_first)
        m_first->leapt(jump);
    m_truth.leapt(jump);
}

void SourceFilter::begin(const FrequencyPrior& prior, const Sample& sample)
{
    m_first.emplace(prior, sample);
    m_models.reset();
    m_truth.clear();
    m_estimate = m_first->estimate();
    m_firstDelay = delayOf(sample);
    m_samples = 1;
    m_path.clear();
    m_detour = {};
    m_beyondDelay = 0;
    m_reach = {};
    m_isInDoubt = false;
}

void SourceFilter::beginModels()
{
    m_models.emplace(m_first->start(), m_first->meanExcess());
    m_estimate->at = m_first->samples().front().at;
    for (const Sample& sample : m_first->samples())
        enter(sample);
    publish();
}

SampleUse SourceFilter::track(const Sample& sample)
{
    // The path it came by says nothing of the server's time, so it is judged by that path like any other.
    if (isOfQuickestPath(sample))
        followPath({.outbound = -m_detour.outbound, .inbound = -m_detour.inbound});
    if (isTooEarly(sample) || isTooShort(sample)) {
        m_path.early(lateness(sample));
        if (!m_path.isEarlyForGood()) {
            doubt(sample);
            return SampleUse::Spike;
        }
        if (const auto shorter = m_path.shorter()) {
            followPath(*shorter);
        } else {
            begin({.frequency = m_estimate->frequency,
                      .deviation = std::sqrt(m_estimate->covariance.frequency) + restartDoubt},
                sample);
            m_truth.add(sample, m_estimate->origin);
            return SampleUse::Restarted;
        }
    }
    enter(sample);
    m_path.onTime(lateness(sample));
    if (const auto longer = m_path.longer(usualLateness()))
        followPath(*longer);
    publish();
    ++m_samples;
    SampleUse use = SampleUse::Used;
    const bool isBeyond = isBeyondDelay(sample);
    m_beyondDelay = isBeyond ? m_beyondDelay + 1 : 0;
    m_withinDelay = isBeyond ? 0 : m_withinDelay + 1;
    if (m_withinDelay == withinMeansRight)
        m_begunAnew = 0;
    if (m_beyondDelay == beyondMeansWrong && spendBeginning()) {
        begin({.frequency = m_estimate->frequency, .deviation = unknownFrequencyDeviation}, sample);
        use = SampleUse::Restarted;
    }
    m_truth.add(sample, m_estimate->origin);
    return use;
}

// A packet cannot be early. If it is, beyond what even the most restless oscillator explains, either its stamps are
// wrong or the server's time or the path is another.
bool SourceFilter::isTooEarly(const Sample& sample) const
{
    const Ways ways = observed(sample);
    return m_models->isTooEarly(
        Seconds(sample.at - m_estimate->at).count(), ways.outbound, ways.inbound, stampVariance(sample));
}

// Both ways together do not depend on the clock, so no oscillator explains it.
bool SourceFilter::isTooShort(const Sample& sample) const
{
    const Ways late = lateness(sample);
    const double deviation =
        2.0 * std::sqrt(m_models->state().covariance[PathState::LeastDelay][PathState::LeastDelay]);
    return PathWatch::isShorter(late, usualLateness()) && late.sum() < -tooShort * deviation;
}

// Nearer to the quickest path than to any other length. One packet is enough for a detour to be over: the oscillator, however
// restless, makes no packet quicker there and back, and congestion makes it later.
bool SourceFilter::isOfQuickestPath(const Sample& sample) const
{
    const double detour = m_detour.sum();
    const double early = -lateness(sample).sum();
    return detour > 0.0 && early > 0.5 * detour && early < 1.5 * detour;
}

// However the delay lies on the two ways, the server's time is no farther from a packet's midpoint than half of it: who has
// taken the packet and believes otherwise has learnt something wrong before.
bool SourceFilter::isBeyondDelay(const Sample& sample) const
{
    const double off = offsetOf(sample, m_estimate->origin).count() - m_estimate->offset;
    return std::abs(off) > (delayOf(sample) / 2.0 + sample.stampError).count();
}

// False when it was done too often of late.
bool SourceFilter::spendBeginning()
{
    m_withinDelay = 0;
    if (m_begunAnew == mostBegunAnew)
        return false;
    ++m_begunAnew;
    return true;
}

// One of the two is wrong: until more packets come the claim holds both.
void SourceFilter::doubt(const Sample& sample)
{
    const OscillatorEstimate then = predicted(*m_estimate, sample.at);
    const double off = offsetOf(sample, then.origin).count() - then.offset;
    m_estimate->covariance.offset = std::max(m_estimate->covariance.offset, square(off));
    m_truth.doubt(sample, m_estimate->origin);
    m_isInDoubt = true;
}

// The packets take another path. When it is longer than the quickest one the clock is known better than how the detour lies
// on the two ways, and the offset stays what it is. When it is the quickest, its ways are taken to be alike: what was there
// before was a detour nobody knew of, and half of its difference was taken for offset.
void SourceFilter::followPath(const Ways& change)
{
    const double longer = change.sum() / 2.0;
    const double doubt = std::min(square(longer),
        square(m_models->usualDeviation(Way::Outbound)) + square(m_models->usualDeviation(Way::Inbound)));
    m_detour = {.outbound = m_detour.outbound + change.outbound, .inbound = m_detour.inbound + change.inbound};
    double wrong = 0.0;
    if (m_detour.sum() <= 0.0) {
        wrong = m_detour.difference() / 2.0;
        m_detour = {};
    }
    m_models->change([=](PathState& state) {
        state.mean[PathState::Offset] += wrong;
        state.mean[PathState::LeastDelay] += longer;
        state.covariance[PathState::LeastDelay][PathState::LeastDelay] += doubt;
        state.covariance[PathState::Offset][PathState::Offset] += doubt;
    });
    m_path.clear();
}

void SourceFilter::enter(const Sample& sample)
{
    m_interval = Seconds(sample.at - m_estimate->at).count();
    const Ways ways = observed(sample);
    const double noise = stampVariance(sample);
    m_models->advance(m_interval, pathWander);
    doubtLeastDelay();
    m_models->observe(ways.outbound, ways.inbound, noise);
    m_estimate->at = sample.at;
    m_isInDoubt = false;
}

void SourceFilter::doubtLeastDelay()
{
    const double deviation = std::sqrt(m_models->state().covariance[PathState::Offset][PathState::Offset]);
    const double width = std::min(widestCut, deviation / std::max(leastStampNoise, jitter().count()));
    const double lateness =
        std::min(m_models->latenessDeviation(Way::Outbound), m_models->latenessDeviation(Way::Inbound));
    m_models->change([variance = square(cutDoubt * width * width * lateness)](PathState& state) {
        state.covariance[PathState::LeastDelay][PathState::LeastDelay] += variance;
    });
}

void SourceFilter::publish()
{
    const PathState& state = m_models->state();
    const auto& p = state.covariance;
    m_estimate->offset = state.mean[PathState::Offset];
    m_estimate->frequency = state.mean[PathState::Frequency];
    m_estimate->covariance = {.offset = p[PathState::Offset][PathState::Offset],
        .cross = p[PathState::Offset][PathState::Frequency],
        .frequency = p[PathState::Frequency][PathState::Frequency]};
    m_estimate->wander = m_models->wander();
    m_estimate->horizon = m_interval;
    m_estimate->reach = reachNow();
    m_estimate->gapWander = m_estimate->wander * std::exp(m_reach.calmer());
}

double SourceFilter::reachNow()
{
    return m_reach.after({.tail = m_models->reachAfter(m_interval / 2.0, outside),
        .deviation = std::sqrt(m_estimate->covariance.offset),
        .jitter = std::hypot(m_models->usualDeviation(Way::Outbound), m_models->usualDeviation(Way::Inbound)) / 2.0,
        .wander = m_estimate->wander,
        .logWander = m_models->logWander(),
        .samples = m_samples});
}

// Of both ways together.
double SourceFilter::usualLateness() const
{
    return m_models->usualDeviation(Way::Outbound) + m_models->usualDeviation(Way::Inbound);
}

Ways SourceFilter::observed(const Sample& sample) const
{
    const double asymmetry = m_detour.difference() / 2.0;
    return {.outbound = Seconds(sample.outbound - m_estimate->origin).count() - asymmetry,
        .inbound = Seconds(sample.inbound + m_estimate->origin).count() + asymmetry};
}

// How much later than the quickest packets this one came, by what is believed now.
Ways SourceFilter::lateness(const Sample& sample) const
{
    const PathState& state = m_models->state();
    const double offset =
        state.mean[PathState::Offset] + state.mean[PathState::Frequency] * Seconds(sample.at - m_estimate->at).count();
    const Ways ways = observed(sample);
    return {.outbound = ways.outbound - offset - state.mean[PathState::LeastDelay],
        .inbound = ways.inbound + offset - state.mean[PathState::LeastDelay]};
}

double SourceFilter::stampVariance(const Sample& sample) const
{
    const double soft =
        softness * std::min(m_models->latenessDeviation(Way::Outbound), m_models->latenessDeviation(Way::Inbound));
    return square(sample.stampError.count()) / 3.0 + square(leastStampNoise) + square(soft); // uniform within the error
}

} // namespace foliot::sync
