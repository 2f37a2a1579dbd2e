// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/steering.h"

#include "sync/arithmetic.h"

#include <chrono>
#include <cmath>

namespace foliot::sync {

using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds reportPatience = 10s; // a command whose report takes longer is taken for lost
constexpr Nanoseconds refusalRetry = 60s;   // how often a clock that failed is tried again
constexpr Nanoseconds slewMargin = 10ms;    // whoever ends a slew may be a little late
constexpr Seconds worthGoingOn{1e-6};       // error left by a slew that is worth another command
constexpr std::size_t mostLaterSteps = 3;   // a day; who needs more follows something that jumps to and fro

} // namespace

Steering::Steering(const SystemOptions& options, const Now& start)
    : m_options(options)
    , m_watch(start)
{}

ClockObserver::Events Steering::observe(const Now& now, Nanoseconds leap, Actions& actions)
{
    const ClockObserver::Events events = m_watch.observe(now, leap);
    if (events.setByOthers == Nanoseconds{})
        return events;
    actions.push_back(Announce{.notice = Notice::ClockSetByOthers, .value = events.setByOthers});
    if (m_options.steer && m_started && m_contest.setByOthers(now.raw))
        actions.push_back(Announce{.notice = Notice::ClockContested});
    return events;
}

bool Steering::hasFailed(RawTime now) const
{
    return m_contest.isContested(now) || (m_fault != ClockFault::None && m_fault != ClockFault::StepRefused);
}

bool Steering::isBusy(RawTime now) const
{
    return (m_commandPending || m_stepPending) && now - m_commandedAt < reportPatience;
}

bool Steering::isFree(RawTime now) const
{
    const bool isLeftAlone = m_contest.isContested(now) || (hasFailed(now) && now - m_commandedAt < refusalRetry);
    return m_options.steer && !isBusy(now) && !isLeftAlone;
}

Correction Steering::correctionFor(Seconds offset, RawTime now) const
{
    const Correction correction = sync::correctionFor(offset, !m_started,
        {.mayStepAtStart = m_options.mayStepAtStart,
            .startStepOver = m_options.startStepOver,
            .startStepLimit = m_options.startStepLimit,
            .laterStepOver = m_options.laterStepOver,
            .panicOver = m_options.panicOver,
            .mayGoBack = !m_options.neverBackwards});
    const bool isOneTooMany = correction == Correction::Step && m_started && !hasStepsLeft(now);
    return isOneTooMany ? Correction::Refuse : correction;
}

bool Steering::hasStepsLeft(RawTime now) const
{
    return m_laterSteps.size() < mostLaterSteps || now - m_laterSteps.front() >= 24h;
}

void Steering::noteLaterStep(RawTime now)
{
    m_laterSteps.push_back(now);
    if (m_laterSteps.size() > mostLaterSteps)
        m_laterSteps.pop_front();
}

void Steering::correct(Correction correction, const OscillatorEstimate& estimate, const Now& now, Actions& actions)
{
    const Seconds offset = offsetFromClock(predicted(estimate, now.raw), now);
    // What the clock's keeper would not step is not slewed either, unless it has become small.
    const bool keeperRefused = m_fault == ClockFault::StepRefused && abs(offset) > m_options.startStepOver;
    if (correction == Correction::Refuse || keeperRefused) {
        refuse(offset, actions);
        return;
    }
    const bool isFirst = !m_started;
    m_started = true;
    m_refusedStep.reset();
    if (correction == Correction::Step && !isFirst)
        noteLaterStep(now.raw);
    if (correction == Correction::Step)
        step(offset, {}, now.raw, actions);
    else
        slew(offset, estimate, now.raw, actions);
}

void Steering::stepForPerson(Seconds offset, const Now& now, Actions& actions)
{
    m_refusedStep.reset();
    m_started = true;
    m_contest.clear();
    m_laterSteps.clear();
    step(offset, {.authorizedByPerson = true}, now.raw, actions);
}

void Steering::refuse(Seconds offset, Actions& actions)
{
    if (!m_refusedStep)
        actions.push_back(Announce{.notice = Notice::StepRefused, .value = offset});
    m_refusedStep = std::chrono::duration_cast<Nanoseconds>(offset);
}

void Steering::step(Seconds offset, StepClock command, RawTime now, Actions& actions)
{
    command.offset = std::chrono::duration_cast<Nanoseconds>(offset);
    actions.push_back(command);
    m_watch.stepCommanded();
    m_stepPending = true;
    m_commandedAt = now;
    m_slewEndsAt.reset();
}

void Steering::slew(Seconds offset, const OscillatorEstimate& estimate, RawTime now, Actions& actions)
{
    const Seconds uncertainty(estimate.reach * std::sqrt(predicted(estimate, now).covariance.offset));
    const ClockCommand command = sync::slew(offset, uncertainty, estimate.frequency,
        {.baseFrequencyPpm = m_options.maxFrequencyPpm, .extraRatePpm = m_options.maxExtraRatePpm});
    actions.push_back(SteerClock{.command = command});
    m_watch.commanded(command);
    m_commandPending = true;
    m_commandedAt = now;
    m_slewEndsAt.reset();
    m_slewLeaves = abs(offset - workedOff(command)) > worthGoingOn;
}

void Steering::reported(const ClockReport& report, std::optional<Seconds> offset, Actions& actions)
{
    m_watch.reported(report);
    m_commandPending = false;
    m_stepPending = false;
    if (report.stepped != Nanoseconds{}) {
        ++m_steps;
        m_lastStep = report.stepped;
        actions.push_back(Announce{.notice = Notice::ClockStepped, .value = report.stepped});
    }
    if (report.fault == ClockFault::None) {
        m_correctedAt = report.after.real;
    } else if (report.fault == ClockFault::StepRefused && offset) {
        refuse(*offset, actions);
    } else if (m_fault == ClockFault::None) {
        actions.push_back(Announce{.notice = Notice::ClockUnavailable});
    }
    m_fault = report.fault;
    m_slewEndsAt.reset();
    if (m_watch.extraUntil() > report.after.raw)
        m_slewEndsAt = m_watch.extraUntil() + slewMargin;
}

bool Steering::hasSlewLeftSomething(RawTime now)
{
    if (!m_slewEndsAt || now < *m_slewEndsAt)
        return false;
    m_slewEndsAt.reset(); // what is shown no longer holds the error just worked off
    return m_slewLeaves;
}

void Steering::describe(State& state) const
{
    state.clockFault = m_contest.isContested(state.asOf.raw) ? ClockFault::Contested : m_fault;
    state.steering = m_options.steer && m_started && !m_refusedStep && !hasFailed(state.asOf.raw);
    state.extraRatePpm = m_watch.extraRatePpmAt(state.asOf.raw);
    state.steps = m_steps;
    state.lastStep = m_lastStep;
    state.refusedStep = m_refusedStep;
}

} // namespace foliot::sync
