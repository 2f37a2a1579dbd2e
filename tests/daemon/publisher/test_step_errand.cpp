// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A step from the request to its outcome, whatever the clock's keeper and the person say. With the real keeper:
// tests/helper/test_person_step.cpp.

#include "daemon/publisher/step_errand.h"

#include <QTest>
#include <QTimer>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const Person somebody{.program = u":1.7"_s, .mayBeAsked = true};

// Keeps nothing: the test says what it reports and what the person says.
class ScriptedClock : public Clock {
public:
    Now now() override { return {}; }
    Nanoseconds readingWidth() const override { return {}; }
    std::optional<LocalStamp> stamp(const MachineStamp&) override { return {}; }
    void steer(const sync::ClockCommand&) override {}
    void step(const sync::StepClock&) override {}
    void setStatus(const sync::DeclaredStatus&) override {}
    bool canSteer() const override { return true; }
    double baseFrequencyPpm() override { return 0.0; }
    void askPerson(const Person& person, Nanoseconds limit, const std::function<void(bool)>& answer) override
    {
        people.append(person);
        limits.append(limit);
        say = answer;
    }

    void report(sync::ClockFault fault, Nanoseconds stepped = {})
    {
        Q_EMIT reported({.stepped = stepped, .fault = fault});
    }

    QList<Person> people;
    QList<Nanoseconds> limits;
    std::function<void(bool)> say;
};

} // namespace

class TestStepErrand : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_clock = std::make_unique<ScriptedClock>();
        m_state = {};
        m_state.estimate.offset = Seconds(-7200.0);
        m_steps.clear();
        m_commanded = -2h;
        m_outcomes.clear();
        makeErrand(50ms);
    }

    void keeperThatStepsIsNotAskedAgain()
    {
        begin(3h);
        QCOMPARE(m_steps, QList<Nanoseconds>{3h});
        m_clock->report(sync::ClockFault::None); // of a command given before
        QVERIFY(m_outcomes.isEmpty());
        m_clock->report(sync::ClockFault::None, -2h);
        QCOMPARE(m_outcomes, QList{StepOutcome::Done});
        QVERIFY(m_clock->people.isEmpty());
        m_clock->report(sync::ClockFault::StepRefused); // not ours any more
        QCOMPARE(m_outcomes.size(), 1);
    }

    void clockThatIsRightNeedsNoReport()
    {
        makeErrand(1h);
        m_commanded = 0ns;
        begin(3h);
        QCOMPARE(m_outcomes, QList{StepOutcome::Done});
        // The next one is another errand, and this one's report is none of its business.
        m_commanded = -2h;
        begin(3h);
        m_clock->report(sync::ClockFault::None);
        QCOMPARE(m_outcomes.size(), 1);
    }

    void refusedStepIsTriedAgainOnceAPersonAllowsIt()
    {
        makeErrand(0ms);
        begin(3h);
        m_clock->report(sync::ClockFault::StepRefused);
        QCOMPARE(m_clock->people, QList{somebody});
        QCOMPARE(m_clock->limits, QList<Nanoseconds>{7273s}); // a hundredth and a second more than is needed
        // A person may take longer than a clock: what waits as long as for a clock is over before this is.
        QTimer later;
        later.setSingleShot(true);
        later.start(0ms);
        QTRY_VERIFY(!later.isActive());
        QVERIFY(m_outcomes.isEmpty());
        m_clock->say(true);
        QCOMPARE(m_steps, (QList<Nanoseconds>{3h, 3h}));
        m_clock->report(sync::ClockFault::None, -2h);
        QCOMPARE(m_outcomes, QList{StepOutcome::Done});
    }

    void personIsAskedForNoMoreThanTheyAgreedTo()
    {
        begin(7201s);
        m_clock->report(sync::ClockFault::StepRefused);
        QCOMPARE(m_clock->limits, QList<Nanoseconds>{7201s});
    }

    void personSaysNo()
    {
        begin(3h);
        m_clock->report(sync::ClockFault::StepRefused);
        m_clock->say(false);
        QCOMPARE(m_outcomes, QList{StepOutcome::Refused});
        QCOMPARE(m_steps.size(), 1);
    }

    void keeperHasTheLastWord()
    {
        begin(3h);
        m_clock->report(sync::ClockFault::StepRefused);
        m_clock->say(true);
        m_clock->report(sync::ClockFault::StepRefused);
        QCOMPARE(m_outcomes, QList{StepOutcome::Refused});
        QCOMPARE(m_clock->people.size(), 1);
    }

    void failedAndUnansweredTriesEnd()
    {
        begin(3h);
        m_clock->report(sync::ClockFault::NotPermitted);
        begin(3h);
        QTRY_COMPARE(m_outcomes, (QList{StepOutcome::Unavailable, StepOutcome::Unanswered}));
        begin(3h);
        m_clock->report(sync::ClockFault::StepRefused);
        m_clock->say(true);
        QTRY_COMPARE(m_outcomes.size(), 3);
        QCOMPARE(m_outcomes.last(), StepOutcome::Unanswered);
    }

    void stepThatIsNotCommandedIsSaidAtOnce()
    {
        m_commanded.reset();
        begin(3h);
        QCOMPARE(m_outcomes, QList{StepOutcome::Declined});
        m_commanded = -2h;
        begin(3h);
        m_clock->report(sync::ClockFault::StepRefused);
        m_commanded.reset(); // the error grew while the person looked for a password
        m_clock->say(true);
        QCOMPARE(m_outcomes, (QList{StepOutcome::Declined, StepOutcome::Declined}));
    }

    void wordThatComesTooLateDoesNothing()
    {
        begin(3h);
        m_clock->report(sync::ClockFault::StepRefused);
        m_errand.reset();
        m_clock->say(true);
        QCOMPARE(m_steps.size(), 1);
        QVERIFY(m_outcomes.isEmpty());
    }

private:
    void makeErrand(std::chrono::milliseconds patience)
    {
        m_errand = std::make_unique<StepErrand>(*m_clock,
            StepErrand::Engine{.step =
                                   [this](Nanoseconds limit) {
                                       m_steps.append(limit);
                                       return m_commanded;
                                   },
                .state = [this]() -> const sync::State& { return m_state; }},
            patience);
    }

    void begin(Nanoseconds limit)
    {
        m_errand->begin(limit, somebody, [this](StepOutcome outcome) { m_outcomes.append(outcome); });
    }

    std::unique_ptr<ScriptedClock> m_clock;
    sync::State m_state;
    QList<Nanoseconds> m_steps;
    std::optional<Nanoseconds> m_commanded;
    QList<StepOutcome> m_outcomes;
    std::unique_ptr<StepErrand> m_errand; // goes before the clock
};

QTEST_GUILESS_MAIN(TestStepErrand)
#include "test_step_errand.moc"
