// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/publisher/step_errand.h"

#include "daemon/log.h"

#include <QPointer>

#include <algorithm>
#include <cmath>
#include <utility>

namespace foliot::daemon {

namespace {

// The clock drifts, and the estimate moves, while a person looks for their password.
constexpr double marginFactor = 1.01;
constexpr Seconds margin{1.0};

} // namespace

StepErrand::StepErrand(Clock& clock, Engine engine, std::chrono::milliseconds patience, QObject* parent)
    : QObject(parent)
    , m_clock(clock)
    , m_engine(std::move(engine))
{
    m_patience.setSingleShot(true);
    m_patience.setInterval(patience);
    connect(&m_patience, &QTimer::timeout, this, [this] { finish(StepOutcome::Unanswered); });
    connect(&m_clock, &Clock::reported, this, &StepErrand::clockReported);
}

void StepErrand::begin(Nanoseconds limit, const Person& person, std::function<void(StepOutcome)> done)
{
    Q_ASSERT(m_stage == Stage::Idle);
    m_limit = limit;
    m_person = person;
    m_done = std::move(done);
    m_stage = Stage::FirstTry;
    attempt();
}

void StepErrand::attempt()
{
    m_patience.start();
    const Stage stage = m_stage;
    const auto commanded = m_engine.step(m_limit);
    if (m_stage != stage)
        return; // the clock has reported already
    if (!commanded)
        finish(StepOutcome::Declined);
    else if (*commanded == Nanoseconds::zero())
        finish(StepOutcome::Done); // its report tells nothing from that of another command
}

// The report of a command given before this one is neither a step nor, as a rule, a fault.
void StepErrand::clockReported(const sync::ClockReport& report)
{
    if (m_stage != Stage::FirstTry && m_stage != Stage::SecondTry)
        return;
    if (report.stepped != Nanoseconds::zero())
        return finish(StepOutcome::Done);
    switch (report.fault) {
    case sync::ClockFault::None:
        return;
    case sync::ClockFault::StepRefused:
        return m_stage == Stage::FirstTry ? askPerson() : finish(StepOutcome::Refused);
    case sync::ClockFault::NotPermitted:
    case sync::ClockFault::OutOfBounds:
    case sync::ClockFault::Failed:
    case sync::ClockFault::Contested:
        return finish(StepOutcome::Unavailable);
    }
}

void StepErrand::askPerson()
{
    m_stage = Stage::Asking;
    m_patience.stop();
    const Seconds wanted = Seconds(std::abs(m_engine.state().estimate.offset.count())) * marginFactor + margin;
    const Nanoseconds limit = wanted < Seconds(m_limit) ? std::chrono::ceil<Nanoseconds>(wanted) : m_limit;
    qCInfo(logClock,
        "the step is beyond the limits of the clock's keeper, who asks the person for a step of up to %g s",
        Seconds(limit).count());
    m_clock.askPerson(m_person, limit, [this, self = QPointer(this)](bool isGranted) {
        if (!self || m_stage != Stage::Asking)
            return;
        if (!isGranted)
            return finish(StepOutcome::Refused);
        m_stage = Stage::SecondTry;
        attempt();
    });
}

void StepErrand::finish(StepOutcome outcome)
{
    m_patience.stop();
    m_stage = Stage::Idle;
    if (outcome == StepOutcome::Refused)
        qCWarning(logClock, "no step: it is beyond the limits of the clock's keeper, and no person allowed it");
    if (const auto done = std::exchange(m_done, {}))
        done(outcome);
}

} // namespace foliot::daemon
