// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System does to the clock, and what it makes of what befalls the clock.

#include "sync/system_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

constexpr Server silent{.way = Server::Way::IsSilent};

// Asked every 64 s, so that a test knows when something happens.
constexpr SourceOptions steady{.minPoll = 6, .maxPoll = 6};

double absolute(Seconds duration)
{
    return std::abs(duration.count());
}

// A clock that has been right for a while; nothing of that is remembered by the desk.
void settle(SystemDesk& desk)
{
    desk.add(1, steady);
    desk.add(2, steady);
    desk.add(3, steady);
    desk.pass(Seconds(2000.0));
    QCOMPARE(desk.state().condition, Condition::Synchronized);
    QVERIFY(absolute(desk.clockError()) < 1e-6);
    desk.forget();
}

} // namespace

class TestSystemClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // --- the first correction ---

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
        QVERIFY(steps[0].firstOfStart);
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

    // --- later ---

    void nothingIsSteppedOnceStarted()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).error = Seconds(10.0);
        desk.pass(Seconds(2000.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(absolute(desk.clockError() - Seconds(10.0)) < 1e-3); // slewed, as nobody else says otherwise
    }

    // FAULTS rows 62 and 66
    void largeErrorLaterStopsTheSteeringUntilAPersonDecides()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).error = Seconds(2000.0);
        desk.pass(Seconds(1000.0));
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(absolute(desk.clockError()) < 1e-3); // nothing was done to the clock
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        QVERIFY(!desk.state().steering);
        QVERIFY(absolute(Seconds(desk.state().refusedStep.value()) - Seconds(2000.0)) < 0.01);
        QCOMPARE(desk.said(Notice::StepRefused).size(), std::size_t(1));

        desk.forget();
        desk.tell(StepRequested{.limit = 1000s}); // a person allows less than it takes
        desk.pass(Seconds(1.0));
        QVERIFY(desk.asked<StepClock>().empty());
        desk.tell(StepRequested{.limit = 3000s});
        desk.pass(Seconds(1.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
        QVERIFY(desk.asked<StepClock>().front().authorizedByPerson);
        QVERIFY(absolute(desk.clockError() - Seconds(2000.0)) < 1e-3);
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(desk.state().steering);
    }

    void refusalEndsWhenTheErrorDoes()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).error = Seconds(2000.0);
        desk.pass(Seconds(1000.0));
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).error = Seconds{};
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(!desk.state().refusedStep);
        QVERIFY(desk.asked<StepClock>().empty());
    }

    void personStepsWhatIsStillToBeSlewed()
    {
        SystemDesk desk({.mayStepAtStart = false}, Seconds(30.0));
        desk.add(1);
        desk.pass(Seconds(5.0));
        QVERIFY(absolute(desk.clockError()) > 25.0);
        desk.tell(StepRequested{.limit = 60s});
        desk.pass(Seconds(5.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    void personCannotStepToNothing()
    {
        SystemDesk desk;
        desk.tell(StepRequested{.limit = 1000s}); // no source yet
        desk.add(1, {}, silent);
        desk.pass(Seconds(10.0));
        desk.tell(StepRequested{.limit = 1000s}); // none that answers
        QVERIFY(desk.asked<StepClock>().empty());
    }

    // FAULTS row 70
    void commandsStayWithinWhatAClockMayBeTold()
    {
        SystemDesk desk({.mayStepAtStart = false}, Seconds(-500.0));
        desk.add(1);
        desk.pass(Seconds(2000.0));
        const std::vector<SteerClock> commands = desk.asked<SteerClock>();
        QVERIFY(commands.size() > 100);
        for (const SteerClock& steer : commands) {
            QVERIFY(std::abs(steer.command.baseFrequencyPpm) <= 500.0);
            QVERIFY(std::abs(steer.command.extraRatePpm) <= 100'000.0);
            QVERIFY(steer.command.extraFor >= 0s && steer.command.extraFor <= 20s);
            QCOMPARE(steer.command.extraRatePpm == 0.0, steer.command.extraFor == 0s);
        }
    }

    void extraRateIsKeptBelowWhatIsConfigured()
    {
        SystemDesk desk({.mayStepAtStart = false, .maxExtraRatePpm = 500.0}, Seconds(0.1));
        desk.add(1);
        desk.pass(Seconds(300.0));
        for (const SteerClock& steer : desk.asked<SteerClock>())
            QVERIFY(std::abs(steer.command.extraRatePpm) <= 500.0);
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    void monitorMeasuresAndCommandsNothing()
    {
        SystemDesk desk({.steer = false}, Seconds(1.0));
        desk.add(1);
        desk.pass(Seconds(10'000.0));
        desk.tell(StepRequested{.limit = 1000s});
        QVERIFY(desk.asked<SteerClock>().empty());
        QVERIFY(desk.asked<StepClock>().empty());
        QVERIFY(desk.asked<SetClockStatus>().empty());
        QVERIFY(!desk.state().steering);
        QVERIFY(absolute(desk.state().estimate.offset + Seconds(1.0)) < 1e-3);
    }

    // --- a clock that does not obey ---

    // FAULTS row 72
    void forbiddenClockIsMonitoredWithoutSpinning()
    {
        SystemDesk desk;
        desk.fault = ClockFault::NotPermitted;
        desk.add(1, {.minPoll = 3, .maxPoll = 3});
        desk.pass(Seconds(100.0));
        desk.forget();
        desk.wakeups = 0;
        desk.pass(Seconds(36'000.0));
        QCOMPARE(desk.state().condition, Condition::ClockFailed);
        QCOMPARE(desk.state().clockFault, ClockFault::NotPermitted);
        QVERIFY(!desk.state().steering);
        QVERIFY(desk.asked<SteerClock>().size() <= 600);                        // tried again once a minute at most
        QVERIFY(desk.wakeups < 6000);                                           // a packet every 8 s
        QVERIFY(desk.asked<Announce>().empty());                                // said once, before
        QVERIFY(absolute(desk.state().estimate.offset + Seconds(0.01)) < 1e-4); // and measured all the same

        desk.fault = ClockFault::None;
        desk.pass(Seconds(3000.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(desk.state().steering);
        QVERIFY(absolute(desk.clockError()) < 1e-4);
    }

    void clockThatFailsIsSaidOnce()
    {
        SystemDesk desk;
        settle(desk);
        desk.fault = ClockFault::Failed;
        desk.pass(Seconds(5000.0));
        QCOMPARE(desk.said(Notice::ClockUnavailable).size(), std::size_t(1));
        QCOMPARE(desk.state().clockFault, ClockFault::Failed);
    }

    void lostReportHoldsUpTheSteeringForSecondsOnly()
    {
        SystemDesk desk;
        settle(desk);
        desk.reports = false;
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).error = Seconds(0.02);
        desk.pass(Seconds(1000.0));
        QVERIFY(desk.asked<SteerClock>().size() > 10); // it goes on without
        desk.reports = true;
        desk.pass(Seconds(500.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(absolute(desk.clockError() - Seconds(0.02)) < 1e-3);
    }

    void keeperThatRefusesTheStepIsObeyed()
    {
        SystemDesk desk({}, Seconds(50.0));
        desk.fault = ClockFault::StepRefused;
        desk.add(1);
        desk.pass(Seconds(5000.0));
        QCOMPARE(desk.state().condition, Condition::StepRefused);
        QVERIFY(desk.asked<StepClock>().size() <= 1);
        QVERIFY(desk.asked<SteerClock>().empty()); // what may not be stepped is not slewed behind the keeper's back
        QCOMPARE(desk.said(Notice::StepRefused).size(), std::size_t(1));
        desk.fault = ClockFault::None;
        desk.tell(StepRequested{.limit = 60s});
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(absolute(desk.clockError()) < 1e-3);
    }

    // --- what others do, FAULTS row 71 ---

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
        QVERIFY(!desk.asked<SetClockStatus>().back().status.synchronized);
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
        for (int i = 0; i < 3; ++i) {
            desk.setClockBy(Seconds(0.3));
            desk.pass(Seconds(300.0));
            QVERIFY(absolute(desk.clockError()) < 1e-4);
        }
        desk.setClockBy(Seconds(0.3));
        desk.pass(Seconds(100.0));
        QCOMPARE(desk.said(Notice::ClockContested).size(), std::size_t(1));
        QCOMPARE(desk.state().condition, Condition::ClockFailed);
        QCOMPARE(desk.state().clockFault, ClockFault::Contested);
        QVERIFY(!desk.state().steering);
        desk.forget();
        for (int i = 0; i < 10; ++i) {
            desk.setClockBy(Seconds(i % 2 == 0 ? -0.3 : 0.3));
            desk.pass(Seconds(1000.0));
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
            QVERIFY(!desk.asked<StepClock>().back().firstOfStart);
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

    // --- what others are told ---

    void kernelIsToldThatTheClockIsRightWhenItIsAndKeptTold()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 10});
        QVERIFY(desk.asked<SetClockStatus>().empty());
        desk.pass(Seconds(10'000.0));
        const std::vector<SetClockStatus> said = desk.asked<SetClockStatus>();
        QVERIFY(!said.empty());
        for (const SetClockStatus& set : said) {
            QVERIFY(set.status.synchronized);
            QVERIFY(set.status.maxError > Seconds(0.0) && set.status.maxError < Seconds(1.0));
            QCOMPARE(set.status.leap, ntp::LeapIndicator::None);
        }
        // The kernel adds 500 us a second, and gives the clock up at 16 s.
        QVERIFY(said.size() >= 9);
    }

    // FAULTS row 64
    void kernelIsToldOnceTheBoundIsTooWide()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source) = silent;
        desk.pass(Seconds(3'000'000.0)); // to a second of doubt
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QVERIFY(!desk.asked<SetClockStatus>().back().status.synchronized);
        QCOMPARE(desk.state().estimate.stratum, std::uint8_t(16));
        QVERIFY(desk.state().estimate.bound >= Seconds(1.0));
    }

    void frequencyIsSavedWhenItIsKnownAndNotTooOften()
    {
        SystemDesk desk;
        desk.add(1, steady);
        desk.pass(Seconds(10.0 * 3600.0));
        const std::vector<SaveDrift> saved = desk.asked<SaveDrift>();
        QVERIFY(!saved.empty());
        QVERIFY(saved.size() <= 11);
        for (const SaveDrift& drift : saved) {
            QVERIFY(std::abs(drift.frequencyPpm) < 0.3); // a perfect oscillator
            QVERIFY(drift.uncertaintyPpm > 0.0 && drift.uncertaintyPpm < 1.0);
        }
    }

    // FAULTS row 69
    void driftIsUsedWhenItIsPlausible_data()
    {
        QTest::addColumn<double>("drift");
        QTest::addColumn<double>("uncertainty");
        QTest::addColumn<bool>("isUsed");
        const double infinite = std::numeric_limits<double>::infinity();
        QTest::newRow("plausible") << 40.0 << 0.1 << true;
        QTest::newRow("not a number") << std::nan("") << 0.1 << false;
        QTest::newRow("infinite") << infinite << 0.1 << false;
        QTest::newRow("absurd") << 1e9 << 0.1 << false;
        QTest::newRow("doubt not a number") << 40.0 << std::nan("") << false;
        QTest::newRow("doubt infinite") << 40.0 << infinite << false;
    }
    void driftIsUsedWhenItIsPlausible()
    {
        QFETCH(double, drift);
        QFETCH(double, uncertainty);
        QFETCH(bool, isUsed);
        SystemDesk desk({.driftPpm = drift, .driftUncertaintyPpm = uncertainty});
        desk.add(1);
        desk.pass(Seconds(1.5)); // one sample tells no frequency
        const std::vector<SteerClock> commands = desk.asked<SteerClock>();
        QVERIFY(!commands.empty());
        QCOMPARE(commands.front().command.baseFrequencyPpm, isUsed ? 40.0 : 0.0);
    }
};

QTEST_GUILESS_MAIN(TestSystemClock)
#include "test_system_clock.moc"
