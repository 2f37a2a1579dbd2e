// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/system.h"

#include "sync/clock_watch.h"
#include "sync/combination.h"
#include "sync/discipline.h"
#include "sync/source.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <map>
#include <utility>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

constexpr double unknownFrequencyDeviation = 1e-4; // what a crystal may be off that was never measured
constexpr double leastDriftDeviation = 1e-6;       // temperature alone moves a crystal so far between two runs
constexpr Nanoseconds startPatience = 1s;          // how long the first answer waits for the others
constexpr Nanoseconds stepPatience = 5s;           // how long it waits for most of them when a step is due
constexpr Nanoseconds reportPatience = 10s;        // a command whose report takes longer is taken for lost
constexpr Nanoseconds statusInterval = 64s;
constexpr Nanoseconds driftInterval = 1h;
constexpr double learntDeviation = 1e-7;  // a frequency this sure is worth keeping
constexpr Nanoseconds refusalRetry = 60s; // how often a clock that failed is tried again
constexpr Nanoseconds slewMargin = 10ms;  // whoever ends a slew may be a little late
constexpr Seconds worthGoingOn{1e-6};     // error left by a slew that is worth another command

Seconds abs(Seconds duration)
{
    return Seconds(std::abs(duration.count()));
}

FrequencyPrior priorFrom(const SystemOptions& options)
{
    if (!options.driftPpm || !std::isfinite(*options.driftPpm) || !std::isfinite(options.driftUncertaintyPpm) ||
        std::abs(*options.driftPpm) > 500.0)
        return {.frequency = 0.0, .deviation = unknownFrequencyDeviation};
    const double deviation = std::abs(options.driftUncertaintyPpm) * 1e-6;
    return {.frequency = *options.driftPpm * 1e-6,
        .deviation = std::clamp(deviation, leastDriftDeviation, unknownFrequencyDeviation)};
}

} // namespace

struct System::Parts {
    Parts(const SystemOptions& systemOptions, const Now& start)
        : options(systemOptions)
        , prior(priorFrom(systemOptions))
        , now(start)
        , watch(start)
    {}

    SystemOptions options;
    FrequencyPrior prior;
    Now now;
    ClockWatch watch;
    std::map<SourceId, Source> sources;
    CrossCovariances shared;
    Actions actions;

    // The last combination, carried through holdover.
    std::optional<Combination> combination;
    bool holdsNow = false; // the combination is of this round, not of an earlier one
    std::optional<Interval> agreement;
    std::optional<RawTime> firstAnswerAt;

    Condition condition = Condition::Starting;
    ClockFault clockFault = ClockFault::None;
    bool disagreement = false;
    bool started = false; // the first correction was made
    bool commandPending = false;
    bool stepPending = false;
    RawTime commandedAt;
    std::optional<RawTime> slewEndsAt;
    bool slewLeaves = false; // the slew was too short for all of the error
    std::optional<Nanoseconds> refusedStep;
    std::uint32_t steps = 0;
    Nanoseconds lastStep{};
    Nanoseconds accumulatedSteps{};
    RealTime correctedAt;

    std::optional<ClockStatus> status; // as last sent
    RawTime statusAt;
    std::optional<RawTime> driftSavedAt;

    Actions take() { return std::exchange(actions, {}); }

    SourceLimits sourceLimits() const
    {
        FrequencyPrior known = prior;
        if (combination)
            known = {.frequency = combination->estimate.frequency,
                .deviation = std::clamp(std::sqrt(predicted(combination->estimate, now.raw).covariance.frequency), 1e-8,
                    unknownFrequencyDeviation)};
        return {.frequencyPrior = known, .clockPrecision = options.clockPrecision, .maxDistance = options.maxDistance};
    }

    void announce(Notice notice, Seconds value = {}, std::optional<SourceId> source = {}, Reason reason = Reason::None)
    {
        actions.push_back(Announce{.notice = notice, .source = source, .reason = reason, .value = value});
    }

    Source* find(SourceId id)
    {
        const auto at = sources.find(id);
        return at == sources.end() ? nullptr : &at->second;
    }

    // --- events ---

    void observeClock()
    {
        const ClockWatch::Events events = watch.observe(now);
        if (events.slept != Nanoseconds{}) {
            for (auto& [id, source] : sources) {
                source.slept(events.slept);
                source.poller().hurry(now.raw);
            }
            if (combination) {
                combination->estimate.origin += events.slept;
                combination->estimate.covariance.offset += 1.0;
                combination->rootDistance += Seconds(1.0);
            }
            announce(Notice::Resumed, events.slept);
        }
        if (events.setByOthers != Nanoseconds{}) {
            announce(Notice::ClockSetByOthers, events.setByOthers);
            correctAgain();
        }
    }

    void on(const SourceAdded& event)
    {
        sources.try_emplace(event.source, event.source, event.options, sourceLimits(), now.raw);
    }

    void on(const SourceRemoved& event)
    {
        sources.erase(event.source);
        shared.forget(event.source);
        round(false);
    }

    void on(const SourceReplaced& event)
    {
        if (Source* source = find(event.source)) {
            source->replaced(sourceLimits(), now.raw);
            shared.forget(event.source);
            round(false);
        }
    }

    void on(const MeasurementReceived& event)
    {
        Source* source = find(event.source);
        if (!source)
            return;
        const bool wasReachable = source->poller().isReachable();
        const std::optional<OscillatorEstimate> before = source->filter().estimate();
        const std::size_t samplesBefore = source->filter().samples();
        const bool used = source->answered(event, now);
        if (used)
            noteShared(*source, before, samplesBefore);
        if (!wasReachable)
            announce(Notice::SourceReachable, {}, event.source);
        if (used && !firstAnswerAt)
            firstAnswerAt = now.raw;
        round(used);
        const Judgement judgement = source->judgement();
        if (source->isHopeless(judgement.verdict == Verdict::Falseticker || judgement.verdict == Verdict::Unusable))
            actions.push_back(ReplaceSource{.source = event.source, .reason = judgement.reason});
    }

    void noteShared(const Source& source, const std::optional<OscillatorEstimate>& before, std::size_t samplesBefore)
    {
        const OscillatorEstimate& after = *source.filter().estimate();
        if (before && source.filter().samples() > samplesBefore)
            shared.updated(source.id(), predicted(*before, after.at), after);
        else
            shared.begun(source.id(), after, after.covariance.frequency);
    }

    void on(const KissReceived& event)
    {
        Source* source = find(event.source);
        if (!source)
            return;
        source->kissed(event.kiss);
        if (source->poller().isStopped()) {
            const Reason reason = event.kiss.code == ntp::KissCode::Deny ? Reason::KissDeny : Reason::KissRestrict;
            announce(Notice::SourceStopped, {}, event.source, reason);
            actions.push_back(ReplaceSource{.source = event.source, .reason = reason});
        } else if (event.kiss.code == ntp::KissCode::Rate) {
            announce(Notice::SourceSlowedDown, Seconds(std::ldexp(1.0, source->poller().exponent())), event.source);
        }
        round(false);
    }

    void on(const QueryTimedOut& event) { unanswered(event.source, Reason::NoReply); }

    void on(const QueryFailed& event)
    {
        unanswered(event.source,
            event.fault == QueryFault::NameUnresolved ? Reason::NameUnresolved : Reason::NetworkUnreachable);
    }

    void unanswered(SourceId id, Reason reason)
    {
        Source* source = find(id);
        if (!source)
            return;
        if (source->unanswered(reason)) {
            announce(Notice::SourceUnreachable, {}, id, reason);
            actions.push_back(ReplaceSource{.source = id, .reason = reason});
        }
        round(false);
    }

    void on(const ReplyRejected& event)
    {
        if (Source* source = find(event.source))
            source->rejected(event.reason);
    }

    void on(const ClockReported& event)
    {
        const ClockReport& report = event.report;
        watch.reported(report);
        commandPending = false;
        stepPending = false;
        if (report.stepped != Nanoseconds{}) {
            ++steps;
            lastStep = report.stepped;
            accumulatedSteps += std::chrono::abs(report.stepped);
            announce(Notice::ClockStepped, report.stepped);
        }
        if (report.fault == ClockFault::None) {
            correctedAt = report.after.real;
            clockFault = ClockFault::None;
        } else {
            if (report.fault == ClockFault::StepRefused && offsetNow())
                refuse(*offsetNow());
            else if (clockFault == ClockFault::None)
                announce(Notice::ClockUnavailable);
            clockFault = report.fault;
        }
        slewEndsAt.reset();
        if (watch.extraUntil() > report.after.raw)
            slewEndsAt = watch.extraUntil() + slewMargin;
    }

    void on(const Wakeup&)
    {
        if (firstAnswerAt && !started)
            round(true);
        if (!slewEndsAt || now.raw < *slewEndsAt)
            return;
        slewEndsAt.reset(); // what is shown no longer holds the error just worked off
        if (slewLeaves)
            correctAgain();
    }

    void on(const RefreshRequested&)
    {
        for (auto& [id, source] : sources)
            source.poller().hurry(now.raw);
    }

    void on(const StepRequested& event)
    {
        const auto offset = offsetNow();
        if (!offset || !options.steer || abs(*offset) > event.limit)
            return;
        refusedStep.reset();
        started = true;
        step(*offset, {.authorizedByPerson = true});
    }

    void on(const NetworkChanged& event)
    {
        if (!event.online)
            return;
        for (auto& [id, source] : sources)
            source.poller().hurry(now.raw);
    }

    void on(const SettingsChanged& event)
    {
        options.minSources = event.minSources;
        options.startStepOver = event.startStepOver;
        options.mayStepAtStart = event.mayStepAtStart;
        options.panicOver = event.panicOver;
        options.maxDistance = event.maxDistance;
        options.maxExtraRatePpm = event.maxExtraRatePpm;
        for (auto& [id, source] : sources)
            source.setMaxDistance(event.maxDistance);
        round(false);
        correctAgain(); // what was refused may be allowed now
    }

    // --- a round: selection, combination, discipline ---

    std::optional<Seconds> offsetNow() const
    {
        if (!combination)
            return std::nullopt;
        return offsetFromClock(predicted(combination->estimate, now.raw), now);
    }

    std::optional<SourceId> selected() const
    {
        return combination ? std::optional(combination->selected) : std::nullopt;
    }

    void round(bool hasNews)
    {
        std::vector<Candidate> candidates;
        candidates.reserve(sources.size());
        for (const auto& [id, source] : sources)
            candidates.push_back(source.candidate(now));
        Selection selection = select(candidates, options.minSources);
        std::optional<Combination> combined = combine(candidates, selection.judgements, shared, selected());
        agreement = selection.agreement;
        disagreement = selection.disagreement;
        holdsNow = combined.has_value();
        if (combined)
            combination = std::move(combined);
        for (const Judgement& judgement : selection.judgements)
            tell(judgement);
        if (hasNews && holdsNow)
            correct();
        judgeCondition();
    }

    void tell(const Judgement& judgement)
    {
        Source& source = *find(judgement.source);
        const Judgement before = source.judgement();
        source.judged(judgement);
        const auto inUse = [](Verdict verdict) { return verdict == Verdict::Combined || verdict == Verdict::Selected; };
        if (before.verdict != judgement.verdict && !(inUse(before.verdict) && inUse(judgement.verdict)))
            announce(Notice::SourceVerdictChanged, {}, judgement.source, judgement.reason);
    }

    // The first correction waits until every source has had its say, but not for long. The only step waits longer for
    // a majority of all that are configured: one quick liar must not get it.
    bool isReady(Correction correction) const
    {
        if (started)
            return true;
        const auto count = static_cast<std::ptrdiff_t>(sources.size());
        const Nanoseconds waited = now.raw - *firstAnswerAt;
        const auto spoke = std::ranges::count_if(sources, [](const auto& entry) { return entry.second.hasSpoken(); });
        const bool heardAll = spoke == count || waited >= startPatience;
        if (correction == Correction::Slew)
            return heardAll;
        // A first packet is easily lost; whoever sent none of its own has not voted.
        const auto silent = std::ranges::count_if(sources, [](const auto& entry) { return !entry.second.hasVoted(); });
        return heardAll && (silent * 2 < count || waited >= stepPatience);
    }

    void correctAgain()
    {
        if (started && combination)
            correct();
    }

    bool isBusy() const { return (commandPending || stepPending) && now.raw - commandedAt < reportPatience; }

    bool isWaitingToRetry() const
    {
        return clockFault != ClockFault::None && clockFault != ClockFault::StepRefused &&
               now.raw - commandedAt < refusalRetry;
    }

    void correct()
    {
        if (!options.steer || isBusy() || isWaitingToRetry())
            return;
        const Seconds offset = *offsetNow();
        const StepLimits limits{.mayStepAtStart = options.mayStepAtStart,
            .startStepOver = options.startStepOver,
            .startStepLimit = options.startStepLimit,
            .panicOver = options.panicOver};
        const Correction correction = correctionFor(offset, !started, limits);
        if (!isReady(correction))
            return;
        // What the clock's keeper would not step is not slewed either, unless it has become small.
        const bool keeperRefused = clockFault == ClockFault::StepRefused && abs(offset) > options.startStepOver;
        if (correction == Correction::Refuse || keeperRefused) {
            refuse(offset);
            return;
        }
        started = true;
        refusedStep.reset();
        if (correction == Correction::Step)
            step(offset, {.firstOfStart = true});
        else
            steer(offset);
    }

    void refuse(Seconds offset)
    {
        if (!refusedStep)
            announce(Notice::StepRefused, offset);
        refusedStep = std::chrono::duration_cast<Nanoseconds>(offset);
    }

    void step(Seconds offset, StepClock command)
    {
        command.offset = std::chrono::duration_cast<Nanoseconds>(offset);
        actions.push_back(command);
        watch.stepCommanded();
        stepPending = true;
        commandedAt = now.raw;
        slewEndsAt.reset();
    }

    void steer(Seconds offset)
    {
        const OscillatorEstimate& oscillator = combination->estimate;
        const Seconds uncertainty(oscillator.reach * std::sqrt(predicted(oscillator, now.raw).covariance.offset));
        const ClockCommand command =
            slew(offset, uncertainty, oscillator.frequency, {.extraRatePpm = options.maxExtraRatePpm});
        actions.push_back(SteerClock{.command = command});
        watch.commanded(command);
        commandPending = true;
        commandedAt = now.raw;
        slewEndsAt.reset();
        slewLeaves = abs(offset - workedOff(command)) > worthGoingOn;
    }

    // --- what is shown ---

    void judgeCondition()
    {
        const Condition before = condition;
        condition = conditionNow();
        if (condition == before)
            return;
        if (condition == Condition::Synchronized)
            announce(Notice::Synchronized, estimateNow().bound);
        else if (before == Condition::Synchronized)
            announce(Notice::LostSynchronization);
        if (condition == Condition::NoMajority)
            announce(Notice::NoMajority);
    }

    Condition conditionNow() const
    {
        if (sources.empty())
            return Condition::NoSources;
        if (clockFault != ClockFault::None && clockFault != ClockFault::StepRefused)
            return Condition::ClockFailed;
        if (refusedStep)
            return Condition::StepRefused;
        if (disagreement)
            return Condition::NoMajority;
        if (!holdsNow) {
            if (combination)
                return Condition::Holdover;
            const bool anyWaits =
                std::ranges::any_of(sources, [](const auto& entry) { return !entry.second.hasSpoken(); });
            return anyWaits ? Condition::Starting : Condition::Unreachable;
        }
        if (options.steer && !started)
            return Condition::Starting;
        // A large error that is still being worked off is no claim yet.
        if (stepPending || abs(*offsetNow()) > options.startStepOver)
            return condition == Condition::Synchronized ? Condition::Synchronized : Condition::Starting;
        return Condition::Synchronized;
    }

    SystemEstimate estimateNow() const
    {
        SystemEstimate estimate{.at = now.raw};
        estimate.frequencyPpm = watch.baseFrequencyPpm();
        if (!combination)
            return estimate;
        const double age = Seconds(now.raw - combination->estimate.at).count();
        const OscillatorEstimate oscillator = predicted(combination->estimate, now.raw);
        const Covariance& p = oscillator.covariance;
        const double factor = oscillator.reach * oscillator.reach;
        estimate.offset = offsetFromClock(oscillator, now);
        const Seconds size = abs(estimate.offset);
        estimate.uncertainty = size + Seconds(oscillator.reach * std::sqrt(p.offset));
        estimate.uncertaintyGrowth = {.constant = factor * p.offset,
            .linear = factor * 2.0 * p.cross,
            .quadratic = factor * p.frequency,
            .cubic = factor * oscillator.wander * oscillator.wander / 3.0};
        estimate.boundGrowthPpm = frequencyTolerance(oscillator) * 1e6;
        estimate.bound = size + combination->rootDistance + Seconds(age * estimate.boundGrowthPpm * 1e-6);
        estimate.frequencyUncertaintyPpm = std::sqrt(p.frequency) * 1e6;
        estimate.jitter = combination->jitter;
        estimate.referenceTime = correctedAt;
        estimate.uncertainty =
            std::min(estimate.uncertainty, estimate.bound); // what is likely cannot exceed what is possible
        describeSelected(estimate);
        return estimate;
    }

    // What a server on this machine tells its clients.
    void describeSelected(SystemEstimate& estimate) const
    {
        const auto at = sources.find(combination->selected);
        const bool claims = condition == Condition::Synchronized || condition == Condition::Holdover ||
                            condition == Condition::NoMajority;
        if (at == sources.end() || !at->second.last() || !claims || estimate.bound >= options.maxDistance)
            return;
        const ntp::Measurement& last = *at->second.last();
        estimate.stratum = static_cast<std::uint8_t>(std::min<int>(last.stratum + 1, ntp::maxStratum));
        estimate.rootDelay = last.rootDelay + at->second.filter().delay();
        estimate.rootDispersion = std::max(ntp::minDispersion, estimate.bound - estimate.rootDelay / 2.0);
        estimate.referenceId = at->second.referenceId();
        estimate.leap = ntp::LeapIndicator::None;
    }

    void refreshStatus()
    {
        if (!options.steer)
            return;
        const SystemEstimate estimate = estimateNow();
        ClockStatus wanted;
        wanted.synchronized = estimate.stratum < ntp::maxStratum;
        wanted.leap = estimate.leap;
        wanted.maxError = estimate.bound;
        wanted.estimatedError = estimate.uncertainty;
        if (!status && !wanted.synchronized)
            return; // whoever keeps the clock starts it unsynchronized
        const bool changed = !status || status->synchronized != wanted.synchronized || status->leap != wanted.leap;
        const bool stale = wanted.synchronized && now.raw - statusAt >= statusInterval;
        if (!changed && !stale)
            return;
        status = wanted;
        statusAt = now.raw;
        actions.push_back(SetClockStatus{.status = wanted});
    }

    void saveDrift()
    {
        if (condition != Condition::Synchronized || !options.steer)
            return;
        const double deviation = std::sqrt(combination->estimate.covariance.frequency);
        if (deviation > learntDeviation || (driftSavedAt && now.raw - *driftSavedAt < driftInterval))
            return;
        driftSavedAt = now.raw;
        actions.push_back(
            SaveDrift{.frequencyPpm = combination->estimate.frequency * 1e6, .uncertaintyPpm = deviation * 1e6});
    }

    void askDueSources()
    {
        for (auto& [id, source] : sources) {
            const auto next = source.poller().nextQuery();
            if (!next || *next > now.raw)
                continue;
            source.poller().asked(now.raw);
            actions.push_back(Query{.source = id, .pollExponent = source.poller().exponent()});
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
    std::optional<RawTime> earliest = parts.slewEndsAt;
    const auto consider = [&earliest](std::optional<RawTime> when) {
        if (when && (!earliest || *when < *earliest))
            earliest = when;
    };
    for (const auto& [id, source] : parts.sources)
        consider(source.poller().nextQuery());
    if (!parts.started && parts.firstAnswerAt) {
        for (const Nanoseconds patience : {startPatience, stepPatience}) {
            if (*parts.firstAnswerAt + patience > parts.now.raw)
                consider(*parts.firstAnswerAt + patience);
        }
    }
    return earliest;
}

State System::snapshot() const
{
    const Parts& parts = *m_parts;
    State state{.asOf = parts.now, .condition = parts.condition, .clockFault = parts.clockFault};
    state.steering = parts.options.steer && parts.started && !parts.refusedStep &&
                     (parts.clockFault == ClockFault::None || parts.clockFault == ClockFault::StepRefused);
    state.estimate = parts.estimateNow();
    state.agreement = parts.agreement;
    state.extraRatePpm = parts.watch.extraRatePpmAt(parts.now.raw);
    state.steps = parts.steps;
    state.lastStep = parts.lastStep;
    state.accumulatedSteps = parts.accumulatedSteps;
    state.refusedStep = parts.refusedStep;
    state.sources.reserve(parts.sources.size());
    for (const auto& [id, source] : parts.sources) {
        state.sources.push_back(source.state(parts.now));
        if (source.judgement().verdict == Verdict::Selected)
            state.selected = id;
    }
    return state;
}

} // namespace foliot::sync
