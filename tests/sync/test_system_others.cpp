// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System makes of what befalls the clock. FAULTS row 71.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

class TestSystemOthers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clockSetByOthersIsNoticedAndPutRight()
    {
        SystemDesk desk;
        settle(desk);
        desk.setClockBy(Seconds(0.4));
        desk.pass(Seconds(70.0));
        QCOMPARE(desk.said(Notice::ClockSetByOthers).size(), std::size_t(1));
        QVERIFY(absolute(desk.said(Notice::ClockSetByOthers).front().value - Seconds(0.4)) < 1e-6);
        desk.pass(Seconds(30.0));
        QVERIFY(absolute(desk.clockError()) < 1e-5);
        QVERIFY(desk.asked<StepClock>().empty());
        QCOMPARE(desk.source(1).verdict == Verdict::Falseticker, false); // it was not the sources
    }

    void clockSetFarAwayByOthersIsLeftToAPerson()
    {
        SystemDesk desk;
        settle(desk);
        desk.setClockBy(Seconds(5000.0));
        desk.pass(Seconds(200.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        QVERIFY(absolute(desk.clockError() - Seconds(5000.0)) < 0.01);
    }

    // Whoever is told at once says so at once: no packet has come since.
    void clockSetByOthersIsShownAsWrongAtOnce()
    {
        SystemDesk desk;
        settle(desk);
        desk.setClockBy(Seconds(-7.0));
        desk.tell(Wakeup{});
        const State state = desk.state();
        QVERIFY(absolute(state.estimate.offset - Seconds(7.0)) < 1e-4);
        QVERIFY(state.estimate.bound >= Seconds(7.0));
        QCOMPARE(state.estimate.stratum, ntp::maxStratum);
        QVERIFY(state.condition != Condition::Synchronized);
        QVERIFY(!desk.asked<DeclareStatus>().back().status.synchronized);
        QVERIFY(!desk.asked<SteerClock>().empty());
        desk.pass(Seconds(80.0));
        QVERIFY(absolute(desk.clockError()) < 1e-4);
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    // FAULTS row 68
    void clockThatAnotherProgramKeepsSettingIsLeftToIt()
    {
        SystemDesk desk;
        settle(desk);
        for (int i = 0; i < 3; ++i) { // four times in fifty minutes
            desk.setClockBy(Seconds(0.3));
            desk.pass(Seconds(1000.0));
            QVERIFY(absolute(desk.clockError()) < 1e-4);
        }
        desk.setClockBy(Seconds(0.3));
        desk.pass(Seconds(100.0));
        QCOMPARE(desk.said(Notice::ClockContested).size(), std::size_t(1));
        QCOMPARE(desk.state().condition, Condition::ClockFailed);
        QCOMPARE(desk.state().clockFault, ClockFault::Contested);
        QVERIFY(!desk.state().steering);
        QCOMPARE(desk.state().estimate.stratum, ntp::maxStratum); // nobody is to follow it
        desk.forget();
        for (int i = 0; i < 10; ++i) {
            desk.setClockBy(Seconds(i % 2 == 0 ? -0.3 : 0.3));
            desk.pass(Seconds(1500.0)); // too seldom to begin a contest
        }
        QVERIFY(desk.asked<SteerClock>().empty());
        QVERIFY(desk.said(Notice::ClockContested).empty());                         // said once
        QVERIFY(absolute(desk.state().estimate.offset + desk.clockError()) < 1e-4); // and measured all the same
        desk.pass(Seconds(3000.0));                                                 // an hour after the last one
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(absolute(desk.clockError()) < 1e-4);
    }

    void personEndsTheContest()
    {
        SystemDesk desk;
        settle(desk);
        for (int i = 0; i < 4; ++i) {
            desk.setClockBy(Seconds(0.3));
            desk.pass(Seconds(100.0));
        }
        QCOMPARE(desk.state().clockFault, ClockFault::Contested);
        desk.tell(StepRequested{.limit = 10s});
        desk.pass(Seconds(100.0));
        QVERIFY(absolute(desk.clockError()) < 1e-4);
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    void clockSetNowAndThenIsNoContest()
    {
        SystemDesk desk;
        settle(desk);
        for (int i = 0; i < 20; ++i) {
            desk.setClockBy(Seconds(0.3));
            desk.pass(Seconds(1500.0));
        }
        QVERIFY(desk.said(Notice::ClockContested).empty());
        QVERIFY(absolute(desk.clockError()) < 1e-4);
    }

    // FAULTS rows 67 and 68: and a source that jumps to and fro gets no more
    void laterErrorIsSteppedThreeTimesADay()
    {
        SystemDesk desk({.laterStepOver = Seconds(1.0)});
        settle(desk);
        for (int i = 0; i < 3; ++i) {
            for (std::uint32_t source : {1U, 2U, 3U})
                desk.server(source).error = Seconds(i % 2 == 0 ? 30.0 : 0.0);
            desk.pass(Seconds(3000.0));
            QCOMPARE(desk.asked<StepClock>().size(), std::size_t(i) + 1);
        }
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).error = Seconds{};
        desk.pass(Seconds(3000.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(3));
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        QVERIFY(absolute(desk.clockError() - Seconds(30.0)) < 0.01);
        desk.pass(Seconds(86'400.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(4));
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    void personGivesTheStepsOfADayAnew()
    {
        SystemDesk desk({.laterStepOver = Seconds(1.0)});
        settle(desk);
        const auto jump = [&](double error) {
            for (std::uint32_t source : {1U, 2U, 3U})
                desk.server(source).error = Seconds(error);
            desk.pass(Seconds(3000.0));
        };
        for (const double error : {30.0, 0.0, 30.0, 0.0})
            jump(error);
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        desk.tell(StepRequested{.limit = 60s});
        desk.pass(Seconds(200.0));
        QVERIFY(absolute(desk.clockError()) < 1e-3);
        jump(30.0);
        QVERIFY(absolute(desk.clockError() - Seconds(30.0)) < 1e-3);
    }

    void clockThatMayNotGoBackIsSlewed()
    {
        SystemDesk desk({.laterStepOver = Seconds(1.0), .neverBackwards = true}, Seconds(5.0));
        desk.add(1, steady);
        desk.pass(Seconds(200.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(absolute(desk.clockError()) < 1e-3);
        desk.setClockBy(Seconds(5.0));
        desk.pass(Seconds(200.0));
        QVERIFY(desk.asked<StepClock>().empty());
        desk.setClockBy(Seconds(-5.0));
        desk.pass(Seconds(70.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1)); // onward it may
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    void suspendIsNoticedAndWhatIsKnownIsNotTrustedUntilMeasured()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source) = silent;
        desk.sleep(Seconds(3600.0), Seconds(0.7));
        desk.pass(Seconds(70.0));
        QCOMPARE(desk.said(Notice::Resumed).size(), std::size_t(1));
        QVERIFY(absolute(desk.said(Notice::Resumed).front().value - Seconds(3600.7)) < 1e-3);
        QVERIFY(desk.said(Notice::ClockSetByOthers).empty());
        QVERIFY(desk.state().condition != Condition::Synchronized);
        QCOMPARE(desk.source(1).reason, Reason::SampleTooOld);
        const State asleep = desk.state();
        QVERIFY(boundAt(asleep.estimate, desk.now().raw) >= Seconds(0.7)); // the battery's clock may be that wrong
        QVERIFY(desk.asked<SteerClock>().empty());

        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source) = {};
        desk.pass(Seconds(100.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(absolute(desk.clockError()) < 1e-3);
        QVERIFY(desk.asked<StepClock>().empty());
    }

    // In interleaved mode an answer completes the exchange before it, and UTC was counted otherwise then.
    void exchangeOfBeforeASuspendIsNotCountedAfterIt()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source) = silent;
        const Now then = desk.now();
        desk.sleep(Seconds(3600.0));
        desk.pass(Seconds(1.0));
        const LocalStamp stamp{.raw = then.raw, .real = then.real, .origin = StampOrigin::Kernel};
        const auto before = desk.source(1);
        desk.tell(MeasurementReceived{.source = {1},
            .measurement = {.localTransmit = stamp,
                .serverReceive = then.real,
                .serverTransmit = then.real,
                .localReceive = stamp,
                .leap = ntp::LeapIndicator::None,
                .stratum = 2,
                .serverPrecision = -25,
                .interleaved = true}});
        QCOMPARE(desk.source(1).accepted, before.accepted + 1);
        QCOMPARE(desk.source(1).reason, Reason::SampleTooOld);
        QVERIFY(absolute(desk.source(1).offset - before.offset) < 1e-3);
    }

    void allSourcesAreAskedAsSoonAsTheMachineWakes()
    {
        SystemDesk desk;
        settle(desk);
        desk.sleep(Seconds(3600.0));
        desk.tell(Wakeup{});
        desk.pass(Seconds(2.5));
        for (std::uint32_t source : {1U, 2U, 3U})
            QVERIFY(desk.queries(source) >= 1);
    }
};

QTEST_GUILESS_MAIN(TestSystemOthers)
#include "test_system_others.moc"
