// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/kernel_clock.h"

#include "clock/bounds.h"
#include "daemon/clocks/emergency.h"
#include "daemon/clocks/keeper_requests.h"
#include "daemon/log.h"

#include <utility>

namespace foliot::daemon {

namespace {

constexpr clock::Request question{.kind = clock::RequestKind::Query};

// The event loop's timers count whole milliseconds: a little longer and as much slower.
sync::ClockCommand inWholeMilliseconds(sync::ClockCommand command)
{
    if (command.extraFor <= Nanoseconds::zero())
        return command;
    const auto whole = std::chrono::ceil<std::chrono::milliseconds>(command.extraFor);
    command.extraRatePpm *= Seconds(command.extraFor) / Seconds(whole);
    command.extraFor = whole;
    return command;
}

} // namespace

KernelClock::KernelClock(const Files& files, int (*adjust)(timex*), QObject* parent)
    : MachineClock(parent)
    , m_keeper(files.crash, adjust)
    , m_limits(files.steps)
{
    m_end.setSingleShot(true);
    m_end.setTimerType(Qt::PreciseTimer);
    connect(&m_end, &QTimer::timeout, this, &KernelClock::endExtraRate);
    // Refused without the privilege; the first command then says so.
    m_keeper.takeOver();
    setRate(baseFrequencyPpm());
    guard(&m_keeper);
}

KernelClock::~KernelClock()
{
    guard(nullptr);
}

clock::Reply KernelClock::perform(const clock::Request& request)
{
    if (const auto fault = clock::check(request); fault != clock::Fault::None) {
        auto reply = m_keeper.carryOut(question);
        reply.fault = fault;
        return reply;
    }
    const bool isSteer = request.kind == clock::RequestKind::Steer;
    if (isSteer)
        expectEnd(Nanoseconds(request.extraForNs));
    auto reply = m_keeper.carryOut(request);
    if (isSteer)
        awaitEnd();
    if (reply.fault != clock::Fault::None) {
        // Whatever was asked for, this is how the clock runs.
        const auto state = m_keeper.carryOut(question);
        reply.baseFrequencyPpm = state.baseFrequencyPpm;
        reply.extraRatePpm = state.extraRatePpm;
    }
    return reply;
}

sync::ClockReport KernelClock::carryOut(const clock::Request& request)
{
    // The readings keep the map of stamps straight on both sides of the change.
    const Now before = now();
    const auto reply = perform(request);
    setRate(reply.baseFrequencyPpm + reply.extraRatePpm);
    const Now after = now();
    auto report = reportOf(reply);
    if (!readsRaw()) {
        report.before = before;
        report.after = after;
    }
    return report;
}

void KernelClock::steer(const sync::ClockCommand& command)
{
    answer(carryOut(requestFor(inWholeMilliseconds(command))));
}

// A person is authorized by polkit before a step comes here; this process holds the clock, so that word is enough.
void KernelClock::step(const sync::StepClock& step)
{
    const auto request = requestFor(step);
    auto fault = clock::check(request);
    if (fault == clock::Fault::None) {
        const auto moment = clock::readClocks();
        m_limits.permit(step.authorizedByPerson ? clock::magnitude(request.stepNs) : 0, moment);
        fault = m_limits.admit(request.stepNs, moment);
        m_limits.permit(0, moment);
    }
    answer(fault == clock::Fault::None ? carryOut(request) : unchanged(faultOf(fault)));
}

void KernelClock::setStatus(const sync::DeclaredStatus& status)
{
    if (status.synchronized && !m_limits.endFirstOfBoot() && !std::exchange(m_saidForgetful, true))
        qCWarning(logClock) << "a restart of this daemon could step the clock anew: what was stepped cannot be"
                               " written down";
    const auto report = carryOut(requestFor(status));
    if (report.fault != sync::ClockFault::None)
        answer(report);
}

double KernelClock::baseFrequencyPpm()
{
    return m_keeper.carryOut(question).baseFrequencyPpm;
}

void KernelClock::endExtraRate()
{
    now();
    m_keeper.endExtraRate();
    awaitEnd();
    expectEnd({});
    setRate(baseFrequencyPpm());
    now();
}

void KernelClock::awaitEnd()
{
    if (const Nanoseconds within{m_keeper.endsInNs()}; within > Nanoseconds::zero())
        m_end.start(std::chrono::ceil<std::chrono::milliseconds>(within));
    else
        m_end.stop();
}

bool endLeftovers(const std::string& crashFile)
{
    return clock::Keeper(crashFile).clearCrash();
}

} // namespace foliot::daemon
