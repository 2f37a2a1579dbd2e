// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/simulation.h"

#include <algorithm>
#include <cmath>

namespace foliot::simulation {

namespace {

constexpr double queryTimeout = 1.0;

double toSeconds(Nanoseconds duration)
{
    return Seconds(duration).count();
}

Nanoseconds toNanoseconds(double seconds)
{
    return Nanoseconds(std::llround(seconds * 1e9));
}

int leapSeconds(ntp::LeapIndicator leap)
{
    switch (leap) {
    case ntp::LeapIndicator::InsertSecond:
        return 1;
    case ntp::LeapIndicator::DeleteSecond:
        return -1;
    case ntp::LeapIndicator::None:
    case ntp::LeapIndicator::Unsynchronized:
        break;
    }
    return 0;
}

sync::ClockFault faultOf(const std::optional<ClockTrouble::Kind>& trouble, bool isStep)
{
    if (!trouble)
        return sync::ClockFault::None;
    switch (*trouble) {
    case ClockTrouble::Kind::NotPermitted:
        return sync::ClockFault::NotPermitted;
    case ClockTrouble::Kind::Fails:
        return sync::ClockFault::Failed;
    case ClockTrouble::Kind::StepsRefused:
        return isStep ? sync::ClockFault::StepRefused : sync::ClockFault::None;
    case ClockTrouble::Kind::ReportLost:
        break;
    }
    return sync::ClockFault::None;
}

} // namespace

Simulation::Simulation(const Scenario& scenario, std::uint64_t seed, Oracle* oracle)
    : m_scenario(scenario)
    , m_oracle(oracle)
    , m_oscillator(scenario.clock.oscillator, seed)
    , m_clock(scenario.epoch, scenario.clock.offset, m_oscillator.error())
    , m_random(seed, 2)
    , m_system(scenario.system, m_clock.now())
{
    std::uint64_t stream = 10;
    for (const SourceSpec& source : scenario.sources) {
        m_remotes.push_back({.server = VirtualServer(source.server, scenario.epoch, scenario.leap),
            .there = Path(source.there, seed, stream),
            .back = Path(source.back, seed, stream + 1),
            .lateness = Path(source.server.lateness, seed, stream + 1000),
            .exchange = ntp::Exchange()});
        stream += 2;
    }
    m_outcome.settledAfter = scenario.settledAfter;
    const auto seconds = static_cast<std::size_t>(scenario.duration);
    m_outcome.errors.reserve(seconds);
    m_outcome.uncertainties.reserve(seconds);
    m_outcome.bounds.reserve(seconds);
}

Outcome Simulation::run()
{
    if (m_scenario.leap.at < never)
        plan(m_scenario.leap.at, [this] { m_clock.leapTruly(m_scenario.leap.inserted); });
    for (const Happening& happening : m_scenario.happenings)
        plan(happening.at, [this, &happening] { happen(happening); });
    tell(sync::LeapSecondsListed{.list = m_scenario.leapList});
    for (std::uint32_t id = 1; id <= m_scenario.sources.size(); ++id)
        tell(sync::SourceAdded{.source = {id}, .options = m_scenario.sources[id - 1].options});
    deliver();

    double nextTick = 1.0;
    while (true) {
        double next = nextTick;
        enum class Kind { Tick, Plan, Timer, ExtraEnd, KernelLeap } kind = Kind::Tick;
        // Of what is due at one instant, the second begins first.
        const auto consider = [&](double at, Kind what) {
            if (at < next) {
                next = at;
                kind = what;
            }
        };
        if (!m_planned.empty())
            consider(m_planned.top().at, Kind::Plan);
        if (m_timer)
            consider(m_clock.trueTimeOfMonotonic(*m_timer), Kind::Timer);
        if (m_extraEnd)
            consider(m_clock.trueTimeOfMonotonic(*m_extraEnd), Kind::ExtraEnd);
        if (m_clock.leap() != 0)
            consider(m_clock.trueTime() + m_clock.untilLeap() / m_clock.rate(), Kind::KernelLeap);
        if (next > m_scenario.duration)
            break;
        m_clock.advance(std::max(0.0, next - m_clock.trueTime()));
        switch (kind) {
        case Kind::Tick:
            tick();
            nextTick = std::floor(m_clock.trueTime() + 0.5) + 1.0;
            break;
        case Kind::Plan: {
            const auto what = m_planned.top().what;
            m_planned.pop();
            what();
            break;
        }
        case Kind::Timer:
            m_timer.reset();
            ++m_outcome.wakeups;
            tell(sync::Wakeup{});
            break;
        case Kind::ExtraEnd:
            m_extraEnd.reset();
            setRate(kernelRate(m_baseFrequencyPpm, 0.0));
            break;
        case Kind::KernelLeap:
            m_clock.leapNow();
            break;
        }
        deliver();
    }
    m_outcome.last = m_state;
    return std::move(m_outcome);
}

void Simulation::plan(double at, std::function<void()> what)
{
    m_planned.push({.at = at, .order = ++m_plans, .what = std::move(what)});
}

void Simulation::tick()
{
    m_oscillator.tick(m_clock.trueTime());
    m_clock.setOscillatorError(m_oscillator.error());
    m_clock.beginSecond();
    record();
}

void Simulation::record()
{
    const Now now = m_clock.now();
    m_claims = m_claims || m_state.condition == sync::Condition::Synchronized;
    const bool isKnowable = std::ranges::none_of(
        m_scenario.unknowable, [this](const Span& span) { return span.contains(m_clock.trueTime()); });
    const bool counts = m_claims && isKnowable;
    // Seconds slept through were not lived.
    const auto second = static_cast<std::size_t>(std::llround(m_clock.trueTime()));
    m_outcome.errors.resize(std::max(second - 1, m_outcome.errors.size()), m_clock.error());
    m_outcome.rates.resize(m_outcome.errors.size(), 0.0);
    m_outcome.maxErrors.resize(m_outcome.errors.size(), 0.0);
    m_outcome.bounds.resize(m_outcome.errors.size(), 0.0);
    m_outcome.uncertainties.resize(m_outcome.errors.size(), 0.0);
    m_outcome.errors.push_back(m_clock.error());
    m_outcome.rates.push_back(m_clock.rate() - 1.0);
    m_outcome.maxErrors.push_back(m_clock.maxError());
    m_outcome.bounds.push_back(counts ? boundAt(m_state.estimate, now.raw).count() : 0.0);
    m_outcome.uncertainties.push_back(counts ? uncertaintyAt(m_state.estimate, now.raw).count() : 0.0);
    if (m_oracle && m_clock.trueTime() >= m_scenario.settledAfter)
        m_oracle->sample(now.raw, m_clock.trueReal(m_clock.trueTime()));
}

void Simulation::tell(const sync::Event& event)
{
    m_events.push_back(event);
}

void Simulation::deliver()
{
    if (m_events.empty())
        return;
    while (!m_events.empty()) {
        const sync::Event event = std::move(m_events.front());
        m_events.pop_front();
        for (const sync::Action& action : m_system.handle(event, m_clock.now()))
            carryOut(action);
    }
    m_state = m_system.snapshot();
    for (const sync::SourceState& source : m_state.sources) {
        if (source.verdict == sync::Verdict::Combined || source.verdict == sync::Verdict::Selected)
            m_outcome.lastUsed[source.source] = m_clock.trueTime();
    }
    m_timer.reset();
    if (const auto wakeup = m_system.nextWakeup())
        m_timer = m_clock.monotonic() + std::max(0.0, toSeconds(*wakeup - m_clock.now().raw)) + 1e-9;
}

void Simulation::carryOut(const sync::Action& action)
{
    if (const auto* asked = std::get_if<sync::Query>(&action)) {
        query(*asked);
    } else if (const auto* steer = std::get_if<sync::SteerClock>(&action)) {
        m_outcome.commands.push_back(steer->command);
        command(
            [this, wanted = steer->command] {
                m_baseFrequencyPpm = wanted.baseFrequencyPpm;
                setRate(kernelRate(wanted.baseFrequencyPpm, wanted.extraRatePpm));
                m_extraEnd.reset();
                if (wanted.extraRatePpm != 0.0)
                    m_extraEnd = m_clock.monotonic() + toSeconds(wanted.extraFor);
            },
            Nanoseconds{});
    } else if (const auto* step = std::get_if<sync::StepClock>(&action)) {
        m_outcome.steps.push_back(*step);
        command(
            [this, by = toSeconds(step->offset)] {
                setRate(kernelRate(m_baseFrequencyPpm, 0.0));
                m_extraEnd.reset();
                m_clock.step(by);
            },
            step->offset);
    } else if (const auto* status = std::get_if<sync::DeclareStatus>(&action)) {
        m_outcome.status = status->status;
        m_clock.setMaxError(status->status.maxError.count());
        m_clock.setLeap(leapSeconds(status->status.leap));
    } else if (const auto* save = std::get_if<sync::SaveDrift>(&action)) {
        m_outcome.drift = save->drift;
    } else if (const auto* announce = std::get_if<sync::Announce>(&action)) {
        m_outcome.notices.push_back({.at = m_clock.trueTime(), .announce = *announce});
    }
}

void Simulation::query(const sync::Query& action)
{
    ++m_outcome.packets;
    Remote& remote = m_remotes.at(action.source.value - 1);
    const std::uint64_t number = ++remote.query;
    const bool isInterleaved = m_scenario.sources[action.source.value - 1].xleave;
    const std::uint64_t random = m_random.bits() | 1U;
    const auto request = remote.exchange.request(random, isInterleaved ? m_random.bits() & ~std::uint64_t{1} : 0);
    remote.exchange.transmitted(stamp());
    const double sent = m_clock.trueTime();
    const auto there = remote.there.delay(sent);
    const auto back = there ? remote.back.delay(sent + *there) : std::nullopt;
    if (there && back) {
        const double leaves = sent + *there + remote.lateness.delay(sent + *there).value_or(0.0);
        auto reply = remote.server.answer(request, sent + *there, leaves);
        if (!reply.empty())
            plan(leaves + *back, [this, source = action.source, packet = std::move(reply)] { arrive(source, packet); });
    }
    plan(sent + queryTimeout, [this, source = action.source, number] {
        Remote& asked = m_remotes.at(source.value - 1);
        if (asked.query != number || !asked.exchange.isOutstanding())
            return;
        asked.exchange.giveUp();
        tell(sync::QueryTimedOut{.source = source});
    });
}

void Simulation::arrive(sync::SourceId source, const std::vector<std::byte>& packet)
{
    Remote& remote = m_remotes.at(source.value - 1);
    const auto answer = remote.exchange.reply(packet, stamp(), m_scenario.epoch);
    if (!answer) {
        tell(sync::ReplyRejected{.source = source, .reason = answer.error()});
        return;
    }
    if (const auto* measurement = std::get_if<ntp::Measurement>(&*answer)) {
        tell(sync::MeasurementReceived{.source = source, .measurement = *measurement});
        if (m_oracle)
            m_oracle->observe(source.value, *measurement, m_clock.trueTime());
    } else {
        tell(sync::KissReceived{.source = source, .kiss = std::get<ntp::Kiss>(*answer)});
    }
}

void Simulation::command(const std::function<void()>& change, Nanoseconds step)
{
    plan(m_clock.trueTime() + m_scenario.clock.commandLatency, [this, change, step] {
        const auto trouble = troubleNow();
        sync::ClockReport report{.before = m_clock.now()};
        report.fault = faultOf(trouble, step != Nanoseconds{});
        if (report.fault == sync::ClockFault::None)
            change();
        report.after = m_clock.now();
        report.baseFrequencyPpm = ppmOf(kernelRate(m_baseFrequencyPpm, 0.0));
        report.extraRatePpm =
            m_extraEnd ? ppmOf({.tick = m_clock.tick(), .frequency = m_clock.frequency()}) - report.baseFrequencyPpm
                       : 0.0;
        if (report.fault == sync::ClockFault::None)
            report.stepped = step;
        if (trouble != ClockTrouble::Kind::ReportLost)
            tell(sync::ClockReported{.report = report});
    });
}

void Simulation::setRate(const KernelRate& rate)
{
    m_clock.setTick(rate.tick);
    m_clock.setFrequency(rate.frequency);
}

std::optional<ClockTrouble::Kind> Simulation::troubleNow() const
{
    for (const ClockTrouble& trouble : m_scenario.clock.troubles) {
        if (trouble.when.contains(m_clock.trueTime()))
            return trouble.kind;
    }
    return std::nullopt;
}

void Simulation::happen(const Happening& happening)
{
    if (const auto* set = std::get_if<ClockSetByOthers>(&happening.what)) {
        m_clock.step(set->by);
    } else if (const auto* slewed = std::get_if<ClockSlewedByOthers>(&happening.what)) {
        m_clock.slewBy(slewed->by);
    } else if (const auto* frequency = std::get_if<FrequencySetByOthers>(&happening.what)) {
        m_clock.setFrequency(std::llround(frequency->ppm * 65'536.0));
    } else if (const auto* pause = std::get_if<Pause>(&happening.what)) {
        m_clock.pause(pause->seconds);
    } else if (const auto* sleep = std::get_if<Sleep>(&happening.what)) {
        m_clock.sleep(sleep->seconds, sleep->batteryClockError);
    } else if (std::holds_alternative<NetworkReturns>(happening.what)) {
        tell(sync::NetworkChanged{.online = true});
    } else if (std::holds_alternative<PersonRefreshes>(happening.what)) {
        tell(sync::RefreshRequested{});
    } else if (const auto* step = std::get_if<PersonSteps>(&happening.what)) {
        tell(sync::StepRequested{.limit = toNanoseconds(step->limit)});
    }
}

LocalStamp Simulation::stamp() const
{
    const Now now = m_clock.now();
    return {.raw = now.raw, .real = now.real, .origin = StampOrigin::Kernel};
}

Outcome simulate(const Scenario& scenario, std::uint64_t seed, Oracle* oracle)
{
    return Simulation(scenario, seed, oracle).run();
}

} // namespace foliot::simulation
