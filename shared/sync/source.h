// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One source: its poller, its filter, and what it last said of itself. Fed by System with the source's events, read by
// selection and the snapshot.

#include "ntp/kiss.h"
#include "ntp/measurement.h"
#include "ntp/rejection.h"
#include "sync/event.h"
#include "sync/poller.h"
#include "sync/selection.h"
#include "sync/source_filter.h"
#include "sync/state.h"

#include <array>
#include <optional>

namespace foliot::sync {

struct SourceLimits {
    FrequencyPrior frequencyPrior;
    Nanoseconds clockPrecision{};
    Seconds maxDistance{};
};

class Source {
public:
    Source(SourceId id, const SourceOptions& options, const SourceLimits& limits, RawTime start);

    SourceId id() const { return m_id; }
    const SourceOptions& options() const { return m_options; }
    Poller& poller() { return m_poller; }
    const Poller& poller() const { return m_poller; }
    const SourceFilter& filter() const { return m_filter; }
    const std::optional<ntp::Measurement>& last() const { return m_last; }

    // True when the filter took the sample.
    bool answered(const MeasurementReceived& event, const Now& now);
    void kissed(const ntp::Kiss& kiss);
    // True when with this the source counts as lost.
    bool unanswered(Reason reason);
    void rejected(ntp::Rejection reason);
    void replaced(const SourceLimits& limits, RawTime now);
    void slept(Nanoseconds duration, RawTime now);
    void leapt(Nanoseconds jump) { m_filter.leapt(jump); }
    void setMaxDistance(Seconds distance) { m_limits.maxDistance = distance; }

    // It spreads leap seconds over hours: it says so now, or the configuration does.
    bool smears() const;

    // True once the source has had its chance to take part in the first decision.
    bool hasSpoken() const;
    // True once it gave an answer of any kind, or none is awaited.
    bool hasVoted() const;

    Candidate candidate(const Now& now) const;

    // Root distance at `now`, path and server's own; what the source may be off from UTC if it tells the truth.
    Seconds rootDistance(RawTime now) const;

    SourceState state(const Now& now) const;
    Judgement judgement() const { return m_judgement; }
    void judged(const Judgement& judgement) { m_judgement = judgement; }

    // To be asked once after each of its samples was judged. Counts those for which it was of no use; true when another
    // server should stand in its place: after twice as many as before while none of those that stood there was of use.
    bool isHopeless();

private:
    Reason disqualification() const;
    Reason unusable() const;
    Seconds wantedInterval(RawTime now) const;

    SourceId m_id;
    SourceOptions m_options;
    SourceLimits m_limits;
    Poller m_poller;
    SourceFilter m_filter;
    Judgement m_judgement;
    Reason m_silence = Reason::None; // why the last query had no answer
    std::uint64_t m_accepted = 0;
    std::array<std::uint64_t, ntp::allRejections.size()> m_rejected{};
    std::optional<ntp::Kiss> m_lastKiss;
    std::optional<ntp::Measurement> m_last;
    std::optional<BootTime> m_lastAnswerAt;
    std::uint32_t m_referenceId = 0;
    std::uint32_t m_ourReferenceId = 0;
    RawTime m_askedSince;
    bool m_loop = false;
    bool m_stale = false;             // no sample since the machine slept
    std::optional<RawTime> m_awakeAt; // since the last sleep
    int m_uselessSamples = 0;
    int m_replacedInVain = 0; // in a row
};

} // namespace foliot::sync
