// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/system.h"

#include "sync/arithmetic.h"
#include "sync/consensus.h"
#include "sync/drift_memory.h"
#include "sync/kernel_status.h"
#include "sync/leap_watch.h"
#include "sync/steering.h"
#include "sync/system_estimate.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <utility>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

Reason reasonOf(QueryFault fault)
{
    switch (fault) {
    case QueryFault::NameUnresolved:
        return Reason::NameUnresolved;
    case QueryFault::ConnectionRefused:
        return Reason::ConnectionRefused;
    case QueryFault::NetworkUnreachable:
    case QueryFault::SendFailed:
        return Reason::NetworkUnreachable;
    case QueryFault::NoKeys:
        return Reason::NoKeys;
    case QueryFault::AskedAlready:
        return Reason::AskedAlready;
    }
    return Reason::NetworkUnreachable;
}

} // namespace

struct System::Parts {
    Parts(const SystemOptions& systemOptions, const Now& start)
        : options(systemOptions)
        , prior(priorFrom(systemOptions))
        , now(start)
        , steering(options, start)
    {}

    SystemOptions options;
    FrequencyPrior prior;
    Now now;
    Consensus consensus;
    Steering steering;
    LeapWatch leap;
    bool leapWasNear = false;
    Condition condition = Condition::Starting;
    bool wasSynchronized = false; // ever
    Actions actions;

    KernelStatus status;
    DriftMemory drift;

    Actions take() { return std::exchange(actions, {}); }

    SourceLimits sourceLimits() const
    {
        FrequencyPrior known = prior;
        if (const auto& combination = consensus.combination())
            known = {.frequency = combination->estimate.frequency,
                .deviation = std::clamp(std::sqrt(predicted(combination->estimate, now.raw).covariance.frequency), 1e-8,
                    unknownFrequencyDeviation)};
        return {.frequencyPrior = known, .clockPrecision = options.clockPrecision, .maxDistance = options.maxDistance};
    }

    void announce(Notice notice, Seconds value = {}, std::optional<SourceId> source = {}, Reason reason = Reason::None)
    {
        actions.push_back(Announce{.notice = notice, .source = source, .reason = reason, .value = value});
    }

    // --- events ---

    void observeLeap()
    {
        const auto offset = consensus.offsetAt(now);
        if (!offset)
            return;
        const ntp::LeapIndicator dueBefore = leap.due();
        const RealTime utc = now.real + std::chrono::duration_cast<Nanoseconds>(*offset);
        if (const Nanoseconds jump = leap.observe(now.raw, utc); jump != Nanoseconds{})
            consensus.leapt(jump);
        else if (leap.due() != dueBefore && leap.due() != ntp::LeapIndicator::None)
            announce(Notice::LeapSecondDue, leap.due() == ntp::LeapIndicator::InsertSecond ? -1s : 1s);
    }

    void observeClock()
    {
        const bool leapIsNear = leap.isNear(now.raw);
        const bool leapIsOver = std::exchange(leapWasNear, leapIsNear) && !leapIsNear;
        const ClockObserver::Events events = steering.observe(now, leap.jumpNear(now.raw), actions);
        if (events.slept != Nanoseconds{}) {
            consensus.slept(events.slept, now.raw);
            announce(Notice::Resumed, events.slept);
        }
        if (events.setByOthers != Nanoseconds{} || leapIsOver)
            correctAgain();
    }

    void on(const SourceAdded& event)
    {
        consensus.add(event.source, event.options, sourceLimits(), now.raw);
        if (Source* source = consensus.find(event.source); source && event.pause)
            source->poller().pause(now.raw + *event.pause);
    }

    void on(const SourceRemoved& event)
    {
        consensus.remove(event.source);
        round(false);
    }

    void on(const SourceReplaced& event)
    {
        if (!consensus.find(event.source))
            return;
        consensus.replace(event.source, sourceLimits(), now.raw);
        round(false);
    }

    void on(const MeasurementReceived& event)
    {
        Source* source = consensus.find(event.source);
        if (!source)
            return;
        const RawTime received = event.measurement.localReceive.raw;
        if (leap.isNear(received)) {
            source->poller().answered(source->poller().interval());
            return;
        }
        const bool wasReachable = source->poller().isReachable();
        // One that comes late may be of before a leap second.
        MeasurementReceived counted = event;
        counted.measurement.serverReceive += leap.leaptSince(received);
        counted.measurement.serverTransmit += leap.leaptSince(received);
        const bool used = consensus.measured(*source, counted, now);
        if (!wasReachable)
            announce(Notice::SourceReachable, {}, event.source);
        round(used);
        if (source->isHopeless())
            actions.push_back(ReplaceSource{.source = event.source});
    }

    void on(const KissReceived& event)
    {
        Source* source = consensus.find(event.source);
        if (!source)
            return;
        source->kissed(event.kiss);
        if (source->poller().isStopped()) {
            const Reason reason = event.kiss.code == ntp::KissCode::Deny ? Reason::KissDeny : Reason::KissRestrict;
            announce(Notice::SourceStopped, {}, event.source, reason);
            actions.push_back(ReplaceSource{.source = event.source});
        } else if (event.kiss.code == ntp::KissCode::Rate) {
            announce(Notice::SourceSlowedDown, Seconds(std::ldexp(1.0, source->poller().exponent())), event.source);
        }
        round(false);
    }

    void on(const QueryTimedOut& event) { unanswered(event.source, Reason::NoReply); }

    void on(const QueryFailed& event) { unanswered(event.source, reasonOf(event.fault)); }

    void unanswered(SourceId id, Reason reason)
    {
        Source* source = consensus.find(id);
        if (!source)
            return;
        if (source->unanswered(reason)) {
            announce(Notice::SourceUnreachable, {}, id, reason);
            actions.push_back(ReplaceSource{.source = id});
        }
        round(false);
    }

    void on(const ReplyRejected& event)
    {
        if (Source* source = consensus.find(event.source))
            source->rejected(event.reason);
    }

    void on(const ClockReported& event) { steering.reported(event.report, consensus.offsetAt(now), actions); }

    void on(const Wakeup&)
    {
        if (consensus.hasAnswer() && !steering.hasStarted())
            round(true);
        if (steering.hasSlewLeftSomething(now.raw))
            correctAgain();
    }

    void on(const RefreshRequested&) { hurryAll(); }

    void on(const StepRequested& event)
    {
        // What was heard before the sources contradicted each other is nobody's time.
        const auto offset = consensus.undecided() == Reason::None ? consensus.offsetAt(now) : std::nullopt;
        if (offset && options.steer && abs(*offset) <= event.limit)
            steering.stepForPerson(*offset, now, actions);
    }

    void on(const NetworkChanged& event)
    {
        if (event.online)
            hurryAll();
    }

    void hurryAll()
    {
        for (auto& [id, source] : consensus.sources())
            source.poller().hurry(now.raw);
    }

    void on(const SettingsChanged& event)
    {
        SystemOptions changed = event.options;
        changed.steer = options.steer;
        changed.clockPrecision = options.clockPrecision;
        options = changed;
        for (auto& [id, source] : consensus.sources())
            source.setMaxDistance(options.maxDistance);
        round(false);
        correctAgain(); // what was refused may be allowed now
    }

    void on(const LeapSecondsListed& event) { leap.know(event.list); }

    // --- a round: selection, combination, discipline ---

    void round(bool hasNews)
    {
        for (const Judgement& judgement : consensus.decide(now, options.minSources, options.orphanStratum))
            announce(Notice::SourceVerdictChanged, {}, judgement.source, judgement.reason);
        if (consensus.holdsNow())
            leap.hear(consensus.leapsAnnounced(), consensus.isSmeared());
        if (hasNews && consensus.holdsNow())
            correct();
        judgeCondition();
    }

    void correctAgain()
    {
        if (steering.hasStarted() && consensus.combination())
            correct();
    }

    void correct()
    {
        if (!steering.isFree(now.raw) || leap.isNear(now.raw))
            return;
        const Correction correction = steering.correctionFor(*consensus.offsetAt(now), now.raw);
        if (steering.hasStarted() || consensus.isReady(correction, now.raw))
            steering.correct(correction, consensus.combination()->estimate, now, actions);
    }

    // --- what is shown ---

    void judgeCondition()
    {
        const Condition before = condition;
        condition = conditionNow();
        if (condition == before)
            return;
        if (condition == Condition::Synchronized) {
            wasSynchronized = true;
            announce(Notice::Synchronized, estimateNow().bound);
        }
        if (before == Condition::Synchronized)
            announce(Notice::LostSynchronization);
        if (condition == Condition::NoMajority)
            announce(Notice::NoMajority);
        if (condition == Condition::TooFewSources)
            announce(Notice::TooFewSources, {}, {}, consensus.undecided());
    }

    Condition conditionNow() const
    {
        const Consensus::Sources& sources = consensus.sources();
        if (sources.empty())
            return Condition::NoSources;
        if (steering.hasFailed(now.raw))
            return Condition::ClockFailed;
        if (steering.hasRefused())
            return Condition::StepRefused;
        if (consensus.undecided() == Reason::NoMajority)
            return Condition::NoMajority;
        if (consensus.undecided() != Reason::None)
            return Condition::TooFewSources;
        if (!consensus.holdsNow()) {
            if (consensus.combination())
                return Condition::Holdover;
            const bool anyWaits =
                std::ranges::any_of(sources, [](const auto& entry) { return !entry.second.hasSpoken(); });
            return anyWaits ? Condition::Starting : Condition::Unreachable;
        }
        if (options.steer && !steering.hasStarted())
            return Condition::Starting;
        // A large error that is still being worked off is no claim yet, and one that turned up later soon ends it.
        const Seconds offset = abs(*consensus.offsetAt(now));
        const Seconds tolerated = condition == Condition::Synchronized
                                      ? options.maxDistance
                                      : std::min(options.startStepOver, options.maxDistance);
        const bool isSettling = steering.isStepping() && condition != Condition::Synchronized;
        return isSettling || offset > tolerated ? Condition::Starting : Condition::Synchronized;
    }

    SystemEstimate estimateNow() const
    {
        SystemEstimate estimate{.at = now.raw};
        if (consensus.combination()) {
            estimate = estimateAt(*consensus.combination(), now);
            estimate.referenceTime = steering.correctedAt();
            if (hasClaim() && estimate.bound < options.maxDistance)
                describeSelected(estimate, *consensus.combination(), leap.due());
        }
        estimate.frequencyPpm = steering.baseFrequencyPpm();
        return estimate;
    }

    // Who was right goes on being right within a bound that grows; who never was has nothing to go on with.
    bool hasClaim() const
    {
        switch (condition) {
        case Condition::Synchronized:
            return true;
        case Condition::Holdover:
        case Condition::NoMajority:
        case Condition::TooFewSources:
            return wasSynchronized;
        case Condition::Starting:
        case Condition::Unreachable:
        case Condition::NoSources:
        case Condition::StepRefused:
        case Condition::ClockFailed:
            return false;
        }
        return false;
    }

    void refreshStatus()
    {
        // Told otherwise the moment before, the clock would not leap; and it may be about to.
        if (!options.steer || leap.isNear(now.raw))
            return;
        if (const auto wanted = status.due(estimateNow(), !options.neverBackwards, leap.taiMinusUtc(), now.raw))
            actions.push_back(DeclareStatus{.status = *wanted});
    }

    void saveDrift()
    {
        if (condition != Condition::Synchronized || !options.steer)
            return;
        if (const auto learnt = drift.due(consensus.combination()->estimate, now.raw))
            actions.push_back(SaveDrift{.drift = *learnt});
    }

    void askDueSources()
    {
        if (leap.isNear(now.raw))
            return;
        for (auto& [id, source] : consensus.sources()) {
            const auto next = source.poller().nextQuery();
            if (!next || *next > now.raw)
                continue;
            source.poller().asked(now.raw);
            actions.push_back(Query{.source = id});
        }
    }
};

System::System(const SystemOptions& options, const Now& start)
    : m_parts(std::make_unique<Parts>(options, start))
{}
System::~System() = default;
System::System(System&&) noexcept = default;
System& System::operator=(System&&) noexcept = default;

Actions System::handle(const Event& event, const Now& now)
{
    Parts& parts = *m_parts;
    parts.now = now;
    parts.observeLeap();
    parts.observeClock();
    std::visit([&parts](const auto& happened) { parts.on(happened); }, event);
    parts.judgeCondition();
    parts.refreshStatus();
    parts.saveDrift();
    parts.askDueSources();
    return parts.take();
}

std::optional<RawTime> System::nextWakeup() const
{
    const Parts& parts = *m_parts;
    std::optional<RawTime> earliest = parts.steering.slewEndsAt();
    const auto consider = [&earliest](std::optional<RawTime> when) {
        if (when && (!earliest || *when < *earliest))
            earliest = when;
    };
    const auto considerQuery = [&](std::optional<RawTime> when) {
        if (when)
            consider(parts.leap.afterwards(std::max(*when, parts.now.raw)));
    };
    consider(parts.leap.nextWakeup(parts.now.raw));
    for (const auto& [id, source] : parts.consensus.sources())
        considerQuery(source.poller().nextQuery());
    if (!parts.steering.hasStarted())
        consider(parts.consensus.nextPatienceEnd(parts.now.raw));
    return earliest;
}

State System::snapshot() const
{
    const Parts& parts = *m_parts;
    State state{.asOf = parts.now, .condition = parts.condition, .estimate = parts.estimateNow()};
    parts.steering.describe(state);
    state.agreement = parts.consensus.agreement();
    if (state.estimate.stratum < ntp::maxStratum) {
        state.taiMinusUtc = parts.leap.taiMinusUtc();
        state.leap = parts.leap.moment();
    }
    state.sources.reserve(parts.consensus.sources().size());
    for (const auto& [id, source] : parts.consensus.sources()) {
        state.sources.push_back(source.state(parts.now));
        if (source.judgement().verdict == Verdict::Selected)
            state.selected = id;
    }
    return state;
}

} // namespace foliot::sync
