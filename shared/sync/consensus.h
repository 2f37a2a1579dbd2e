// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The sources and what they agree on: one round of selection and combination after the other. Fed by System with what
// happens to the sources, read for what is said and done of it. What was agreed last is carried through holdover.

#include "sync/combination.h"
#include "sync/cross_covariance.h"
#include "sync/discipline.h"
#include "sync/source.h"

#include <map>
#include <optional>
#include <vector>

namespace foliot::sync {

class Consensus {
public:
    using Sources = std::map<SourceId, Source>;

    Sources& sources() { return m_sources; }
    const Sources& sources() const { return m_sources; }
    Source* find(SourceId id);

    void add(SourceId id, const SourceOptions& options, const SourceLimits& limits, RawTime now);
    void remove(SourceId id);
    void replace(SourceId id, const SourceLimits& limits, RawTime now);
    // True when the source's filter took the sample.
    bool measured(Source& source, const MeasurementReceived& event, const Now& now);
    // The oscillator stood still for about so long.
    void slept(Nanoseconds duration, RawTime now);
    // UTC jumped.
    void leapt(Nanoseconds jump);

    // Judges all sources and combines those to be used. Says which of them were found to be of another use than before.
    // orphanStratum: see SystemOptions.
    std::vector<Judgement> decide(const Now& now, int minSources, int orphanStratum);

    // Enough to correct the clock for the first time: every source has had its say, or a while has passed. The only step
    // waits longer for a majority of all that are configured: one quick liar must not get it.
    bool isReady(Correction correction, RawTime now) const;
    bool hasAnswer() const { return m_firstAnswerAt.has_value(); } // one that could be used, since the start
    // When waiting for the first correction may end, after `now`.
    std::optional<RawTime> nextPatienceEnd(RawTime now) const;

    // The last combination, of this round or an earlier one.
    const std::optional<Combination>& combination() const { return m_combination; }
    bool holdsNow() const { return m_holdsNow; } // it is of this round
    // Why none of the sources that can be used is used; None when some are, or none can be.
    Reason undecided() const { return m_undecided; }
    const std::optional<Interval>& agreement() const { return m_agreement; }
    // UTC minus clock.
    std::optional<Seconds> offsetAt(const Now& now) const;
    // What the sources in use say of a leap second.
    std::vector<ntp::LeapIndicator> leapsAnnounced() const;
    // Whether the sources in use are such that smear leap seconds; they are never mixed.
    bool isSmeared() const;

private:
    void noteShared(const Source& source, const std::optional<OscillatorEstimate>& before, std::size_t samplesBefore);

    Sources m_sources;
    CrossCovariances m_shared;
    std::optional<Combination> m_combination;
    bool m_holdsNow = false;
    Reason m_undecided = Reason::None;
    std::optional<Interval> m_agreement;
    std::optional<RawTime> m_firstAnswerAt;
};

} // namespace foliot::sync
