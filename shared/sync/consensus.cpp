// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/consensus.h"

#include "sync/followers.h"
#include "sync/orphans.h"
#include "sync/smeared.h"

#include <algorithm>
#include <chrono>
#include <utility>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds startPatience = 1s; // how long the first answer waits for the others
constexpr Nanoseconds stepPatience = 5s;  // how long it waits for most of them when a step is due

bool isInUse(Verdict verdict)
{
    return verdict == Verdict::Combined || verdict == Verdict::Selected;
}

// How far the combined offset is from the farther end of the interval.
Seconds farthest(const Interval& interval, const Combination& combination, const Now& now)
{
    const Seconds offset = offsetFromClock(predicted(combination.estimate, now.raw), now);
    return std::max(offset - interval.low, interval.high - offset);
}

} // namespace

Source* Consensus::find(SourceId id)
{
    const auto at = m_sources.find(id);
    return at == m_sources.end() ? nullptr : &at->second;
}

void Consensus::add(SourceId id, const SourceOptions& options, const SourceLimits& limits, RawTime now)
{
    m_sources.try_emplace(id, id, options, limits, now);
}

void Consensus::remove(SourceId id)
{
    m_sources.erase(id);
    m_shared.forget(id);
}

void Consensus::replace(SourceId id, const SourceLimits& limits, RawTime now)
{
    m_sources.at(id).replaced(limits, now);
    m_shared.forget(id);
}

bool Consensus::measured(Source& source, const MeasurementReceived& event, const Now& now)
{
    const std::optional<OscillatorEstimate> before = source.filter().estimate();
    const std::size_t samplesBefore = source.filter().samples();
    if (!source.answered(event, now))
        return false;
    noteShared(source, before, samplesBefore);
    if (!m_firstAnswerAt)
        m_firstAnswerAt = now.raw;
    return true;
}

void Consensus::noteShared(
    const Source& source, const std::optional<OscillatorEstimate>& before, std::size_t samplesBefore)
{
    const OscillatorEstimate& after = *source.filter().estimate();
    if (before && source.filter().samples() > samplesBefore)
        m_shared.updated(source.id(), predicted(*before, after.at), after);
    else
        m_shared.begun(source.id(), after, after.covariance.frequency);
}

void Consensus::slept(Nanoseconds duration, RawTime now)
{
    for (auto& [id, source] : m_sources) {
        source.slept(duration, now);
        source.poller().hurry(now);
    }
    if (m_combination) {
        m_combination->estimate.origin += duration;
        m_combination->estimate.covariance.offset += 1.0;
        m_combination->rootDistance += Seconds(1.0);
    }
}

void Consensus::leapt(Nanoseconds jump)
{
    for (auto& [id, source] : m_sources)
        source.leapt(jump);
    if (m_combination)
        m_combination->estimate.origin += jump;
}

std::vector<Judgement> Consensus::decide(const Now& now, int minSources, int orphanStratum)
{
    std::vector<Candidate> candidates;
    candidates.reserve(m_sources.size());
    for (const auto& [id, source] : m_sources)
        candidates.push_back(source.candidate(now));
    if (orphanStratum > 0)
        judgeOrphans(candidates, orphanStratum);
    judgeFollowers(candidates);
    judgeSmeared(candidates);
    Selection selection = select(candidates, minSources);
    const auto selectedBefore = m_combination ? std::optional(m_combination->selected) : std::nullopt;
    std::optional<Combination> combined = combine(candidates, selection.judgements, m_shared, selectedBefore);
    m_agreement = selection.agreement;
    m_undecided = selection.undecided;
    m_holdsNow = combined.has_value();
    if (combined) {
        // Where as many sources meet at two places one of them lies, and nobody can tell which: the truth may be at either.
        if (m_agreement)
            combined->rootDistance = std::max(combined->rootDistance, farthest(*m_agreement, *combined, now));
        m_combination = std::move(combined);
    }

    std::vector<Judgement> changed;
    for (const Judgement& judgement : selection.judgements) {
        Source& source = m_sources.at(judgement.source);
        const Verdict before = source.judgement().verdict;
        source.judged(judgement);
        if (before != judgement.verdict && !(isInUse(before) && isInUse(judgement.verdict)))
            changed.push_back(judgement);
    }
    return changed;
}

bool Consensus::isReady(Correction correction, RawTime now) const
{
    const auto count = static_cast<std::ptrdiff_t>(m_sources.size());
    const Nanoseconds waited = now - *m_firstAnswerAt;
    const auto spoke = std::ranges::count_if(m_sources, [](const auto& entry) { return entry.second.hasSpoken(); });
    const bool heardAll = spoke == count || waited >= startPatience;
    if (correction == Correction::Slew)
        return heardAll;
    // A first packet is easily lost; whoever sent none of its own has not voted.
    const auto silent = std::ranges::count_if(m_sources, [](const auto& entry) { return !entry.second.hasVoted(); });
    return heardAll && (silent * 2 < count || waited >= stepPatience);
}

std::optional<RawTime> Consensus::nextPatienceEnd(RawTime now) const
{
    if (!m_firstAnswerAt)
        return std::nullopt;
    for (const Nanoseconds patience : {startPatience, stepPatience}) {
        if (*m_firstAnswerAt + patience > now)
            return *m_firstAnswerAt + patience;
    }
    return std::nullopt;
}

std::optional<Seconds> Consensus::offsetAt(const Now& now) const
{
    if (!m_combination)
        return std::nullopt;
    return offsetFromClock(predicted(m_combination->estimate, now.raw), now);
}

std::vector<ntp::LeapIndicator> Consensus::leapsAnnounced() const
{
    std::vector<ntp::LeapIndicator> leaps;
    for (const auto& [id, source] : m_sources) {
        if (isInUse(source.judgement().verdict) && source.last())
            leaps.push_back(source.last()->leap);
    }
    return leaps;
}

bool Consensus::isSmeared() const
{
    return std::ranges::any_of(m_sources,
        [](const auto& entry) { return isInUse(entry.second.judgement().verdict) && entry.second.smears(); });
}

} // namespace foliot::sync
