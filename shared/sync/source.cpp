// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/source.h"

#include "ntp/smear.h"
#include "sync/poll_control.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

constexpr int samplesToSettle = 8;
constexpr int samplesToDespair = 8;
// All servers of a name may be alike: healthy, but without a vote because they follow another source.
constexpr int mostInVain = 7;

bool isNews(SampleUse use)
{
    return use == SampleUse::Used || use == SampleUse::Restarted;
}

} // namespace

Source::Source(SourceId id, const SourceOptions& options, const SourceLimits& limits, RawTime start)
    : m_id(id)
    , m_options(options)
    , m_limits(limits)
    , m_poller(id, options, start)
    , m_filter(limits.frequencyPrior)
    , m_judgement{.source = id}
    , m_askedSince(start)
{}

bool Source::answered(const MeasurementReceived& event, const Now& now)
{
    const ntp::Measurement& m = event.measurement;
    const bool smearedBefore = smears();
    m_last = m;
    // Smeared time runs 11.6 ppm off for a day and then no more: what was learnt of it is not true of UTC.
    if (smearedBefore && !smears())
        m_filter = SourceFilter(m_limits.frequencyPrior);
    m_lastAnswerAt = now.boot;
    m_silence = Reason::None;
    ++m_accepted;
    m_referenceId = event.serverReferenceId;
    m_ourReferenceId = event.ourReferenceId;
    m_loop = m.stratum > 1 && event.ourReferenceId != 0 && m.referenceId == event.ourReferenceId;
    // In interleaved mode it comes late, and how long the oscillator stood still in between is not known well enough.
    const bool isOfBeforeSleep = m_awakeAt && m.localReceive.raw < *m_awakeAt;
    m_stale = m_stale && isOfBeforeSleep;
    const bool tellsTime = disqualification() == Reason::None && !isOfBeforeSleep;
    const bool used = tellsTime && isNews(m_filter.add(sampleOf(m, m_limits.clockPrecision)));
    m_poller.answered(wantedInterval(now.raw));
    return used;
}

void Source::kissed(const ntp::Kiss& kiss)
{
    m_lastKiss = kiss;
    switch (kiss.code) {
    case ntp::KissCode::Deny:
        m_silence = Reason::KissDeny;
        m_poller.refused();
        break;
    case ntp::KissCode::Restrict:
        m_silence = Reason::KissRestrict;
        m_poller.refused();
        break;
    case ntp::KissCode::Rate:
        m_poller.toldToSlowDown();
        break;
    case ntp::KissCode::NtsNak:
        m_silence = Reason::NoKeys;
        m_poller.unanswered();
        break;
    case ntp::KissCode::Other:
        m_silence = Reason::ServerUnsynchronized;
        m_poller.unanswered();
        break;
    }
}

bool Source::unanswered(Reason reason)
{
    m_silence = reason;
    return m_poller.unanswered();
}

void Source::slept(Nanoseconds duration, RawTime now)
{
    m_awakeAt = now;
    m_filter.slept(duration);
    m_stale = m_last.has_value();
}

bool Source::isHopeless()
{
    const Verdict verdict = m_judgement.verdict;
    if (verdict == Verdict::Selected || verdict == Verdict::Combined || verdict == Verdict::Outlier)
        m_replacedInVain = 0;
    const bool isUseless = verdict == Verdict::Falseticker || verdict == Verdict::Unusable;
    m_uselessSamples = isUseless ? m_uselessSamples + 1 : 0;
    return m_uselessSamples == samplesToDespair << m_replacedInVain;
}

void Source::rejected(ntp::Rejection reason)
{
    const auto at = std::ranges::find(ntp::allRejections, reason) - ntp::allRejections.begin();
    ++m_rejected.at(static_cast<std::size_t>(at));
}

void Source::replaced(const SourceLimits& limits, RawTime now)
{
    m_limits = limits;
    m_filter = SourceFilter(limits.frequencyPrior);
    m_poller.restart(now);
    m_askedSince = now;
    m_judgement = {.source = m_id};
    m_silence = Reason::None;
    m_lastKiss.reset();
    m_last.reset();
    m_lastAnswerAt.reset();
    m_loop = false;
    m_stale = false;
    m_awakeAt.reset();
    m_uselessSamples = 0;
    m_replacedInVain = std::min(m_replacedInVain + 1, mostInVain);
}

bool Source::smears() const
{
    return m_options.smears || (m_last && ntp::smearOf(m_last->referenceId) && ntp::maySmearAt(m_last->serverReceive));
}

bool Source::hasSpoken() const
{
    return hasVoted() || m_silence != Reason::None;
}

bool Source::hasVoted() const
{
    return m_options.noSelect || m_poller.isStopped() || m_last;
}

Candidate Source::candidate(const Now& now) const
{
    Candidate candidate{.source = m_id,
        .noSelect = m_options.noSelect,
        .prefer = m_options.prefer,
        .trust = m_options.trust,
        .require = m_options.require};
    candidate.unusable = unusable();
    if (m_last) {
        candidate.stratum = m_last->stratum;
        candidate.serverReferenceId = m_last->referenceId;
    }
    candidate.smears = smears();
    candidate.referenceId = m_referenceId;
    candidate.ourReferenceId = m_ourReferenceId;
    if (!m_filter.estimate())
        return candidate;
    candidate.estimate = predicted(*m_filter.estimate(), now.raw);
    candidate.offset = offsetFromClock(candidate.estimate, now);
    candidate.rootDistance = rootDistance(now.raw);
    candidate.rootDelay = m_filter.delay() + (m_last ? m_last->rootDelay : Seconds{});
    candidate.jitter = m_filter.jitter();
    // One in doubt keeps its say, so that the claim widens with it.
    const bool isTooFar = candidate.rootDistance > m_limits.maxDistance && !m_filter.isInDoubt();
    if (candidate.unusable == Reason::None && isTooFar)
        candidate.unusable = Reason::DistanceTooLarge;
    return candidate;
}

Seconds Source::rootDistance(RawTime now) const
{
    const Seconds server = m_last ? m_last->rootDelay / 2.0 + m_last->rootDispersion : Seconds{};
    return m_filter.halfWidth(now) + server;
}

SourceState Source::state(const Now& now) const
{
    SourceState state{.source = m_id};
    state.verdict = m_judgement.verdict;
    state.reason = m_judgement.reason;
    state.reach = m_poller.reach();
    state.pollExponent = m_poller.exponent();
    state.queries = m_poller.queries();
    state.accepted = m_accepted;
    state.rejected = m_rejected;
    state.lastKiss = m_lastKiss;
    state.last = m_last;
    state.lastAnswerAt = m_lastAnswerAt;
    if (!m_filter.estimate())
        return state;
    const OscillatorEstimate estimate = predicted(*m_filter.estimate(), now.raw);
    state.hasEstimate = true;
    state.offset = offsetFromClock(estimate, now);
    state.offsetUncertainty = Seconds(std::sqrt(estimate.covariance.offset));
    state.frequencyPpm = estimate.frequency * 1e6;
    state.delay = m_filter.delay();
    state.jitter = m_filter.jitter();
    state.rootDistance = rootDistance(now.raw);
    state.correctness = m_judgement.correctness;
    return state;
}

// Why what the server says of itself rules its time out.
Reason Source::disqualification() const
{
    if (!ntp::isSynchronized(*m_last))
        return Reason::ServerUnsynchronized;
    return m_loop ? Reason::SynchronizedToUs : Reason::None;
}

Reason Source::unusable() const
{
    if (m_poller.isStopped() || m_silence == Reason::ServerUnsynchronized)
        return m_silence;
    if (!m_last)
        return m_silence != Reason::None ? m_silence : Reason::FirstSamplesPending;
    if (!m_poller.isReachable())
        return m_silence != Reason::None ? m_silence : Reason::NoReply;
    if (m_stale)
        return Reason::SampleTooOld;
    return disqualification();
}

Seconds Source::wantedInterval(RawTime now) const
{
    if (!m_filter.estimate() || m_filter.samples() < samplesToSettle)
        return m_poller.interval();
    return sync::wantedInterval({.estimate = *m_filter.estimate(),
                                    .jitter = m_filter.jitter(),
                                    .interval = m_poller.interval(),
                                    .known = Seconds(now - m_askedSince)},
        m_options);
}

} // namespace foliot::sync
