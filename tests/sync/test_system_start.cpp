// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The first correction of the clock.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

class TestSystemStart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallErrorIsSlewedAtStart()
    {
        SystemDesk desk({}, Seconds(0.12));
        desk.add(1);
        desk.pass(Seconds(10.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(absolute(desk.clockError()) < 1e-4);
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    void largeErrorIsSteppedOnceAtStart()
    {
        SystemDesk desk({}, Seconds(-3600.0));
        desk.add(1);
        desk.pass(Seconds(100.0));
        const std::vector<StepClock> steps = desk.asked<StepClock>();
        QCOMPARE(steps.size(), std::size_t(1));
        QVERIFY(!steps[0].authorizedByPerson);
        QVERIFY(absolute(Seconds(steps[0].offset) - Seconds(3600.0)) < 0.01);
        QVERIFY(absolute(desk.clockError()) < 1e-4);
        QCOMPARE(desk.said(Notice::ClockStepped).size(), std::size_t(1));
        QCOMPARE(desk.state().steps, 1U);
    }

    // FAULTS row 49: a machine without a battery starts in 1970
    void clockOf1970IsStepped()
    {
        SystemDesk desk({}, Seconds(-1'767'225'600.0));
        desk.add(1);
        desk.pass(Seconds(100.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
        QVERIFY(absolute(desk.clockError()) < 1e-4);
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    void nothingIsSteppedWhereSteppingIsNotAllowed()
    {
        SystemDesk desk({.mayStepAtStart = false}, Seconds(1.0));
        desk.add(1);
        desk.pass(Seconds(20.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    void firstStepBeyondItsLimitIsRefused()
    {
        SystemDesk desk({.startStepLimit = Seconds(100.0)}, Seconds(200.0));
        desk.add(1);
        desk.pass(Seconds(1000.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(desk.asked<SteerClock>().empty());
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        QVERIFY(absolute(Seconds(desk.state().refusedStep.value()) + Seconds(200.0)) < 0.01);
        QCOMPARE(desk.said(Notice::StepRefused).size(), std::size_t(1)); // once, not with each sample
    }

    // FAULTS row 61: the only step that nobody has to allow is not for one quick liar, not even when the others' first
    // packets are lost
    void oneQuickLiarDoesNotGetTheStep()
    {
        SystemDesk desk({}, Seconds(1.0));
        desk.add(1, {}, {.error = Seconds(5000.0)});
        desk.add(2, {}, silent);
        desk.add(3, {}, silent);
        desk.pass(Seconds(1.5));
        QVERIFY(desk.asked<StepClock>().empty());
        desk.server(2) = {};
        desk.server(3) = {};
        desk.pass(Seconds(60.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
        QVERIFY(absolute(desk.clockError()) < 1e-3);
        QCOMPARE(desk.source(1).verdict, Verdict::Falseticker);
    }

    void halfOfTheSourcesIsTooFewForAQuickStep()
    {
        SystemDesk desk({}, Seconds(1.0));
        desk.add(1);
        desk.add(2, {}, silent);
        desk.pass(Seconds(3.0));
        QVERIFY(desk.asked<StepClock>().empty());
        desk.pass(Seconds(3.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
    }

    void onlySourceThatAnswersGetsTheStepInTime()
    {
        SystemDesk desk({}, Seconds(1.0));
        desk.add(1);
        desk.add(2, {}, silent);
        desk.add(3, {}, silent);
        desk.pass(Seconds(6.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    void oneSilentSourceDoesNotHoldUpTheStart()
    {
        SystemDesk desk;
        desk.add(1);
        desk.add(2, {}, silent);
        desk.pass(Seconds(6.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }
};

QTEST_GUILESS_MAIN(TestSystemStart)
#include "test_system_start.moc"
