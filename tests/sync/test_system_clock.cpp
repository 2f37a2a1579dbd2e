// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System does to the clock once it has begun, and what it tells others of it.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

class TestSystemClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
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

    void largeErrorThatIsSlewedIsNoClaimUntilItIsSmall()
    {
        SystemDesk desk({.startStepOver = Seconds(100.0)}, Seconds(5.0));
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.add(source);
        desk.pass(Seconds(600.0));
        std::size_t claims = 0;
        for (const Announce& announce : desk.asked<Announce>())
            claims += announce.notice == Notice::Synchronized ? 1 : 0;
        QCOMPARE(claims, 1U);
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    void nothingIsClaimedWhileTheFirstErrorIsSlewed()
    {
        SystemDesk desk({.mayStepAtStart = false, .maxExtraRatePpm = 500.0}, Seconds(0.5));
        desk.add(1);
        desk.pass(Seconds(60.0));
        QCOMPARE(desk.state().condition, Condition::Starting);
        QVERIFY(desk.state().estimate.bound < Seconds(1.0)); // it is known how wrong the clock is
        QCOMPARE(desk.state().estimate.stratum, ntp::maxStratum);
        QVERIFY(desk.asked<DeclareStatus>().empty());
    }

    void nothingIsClaimedUntilTheStepIsReported()
    {
        SystemDesk desk({}, Seconds(3600.0));
        desk.reports = false;
        desk.add(1);
        desk.pass(Seconds(3.0));
        QCOMPARE(desk.asked<StepClock>().size(), std::size_t(1));
        QCOMPARE(desk.state().condition, Condition::Starting);
        QVERIFY(desk.asked<DeclareStatus>().empty());
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
        QVERIFY(desk.asked<DeclareStatus>().empty());
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
        QCOMPARE(desk.state().estimate.stratum, ntp::maxStratum);
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

    // --- what others are told ---

    void kernelIsToldThatTheClockIsRightWhenItIsAndKeptTold()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 10});
        QVERIFY(desk.asked<DeclareStatus>().empty());
        desk.pass(Seconds(10'000.0));
        const std::vector<DeclareStatus> said = desk.asked<DeclareStatus>();
        QVERIFY(!said.empty());
        for (const DeclareStatus& set : said) {
            QVERIFY(set.status.synchronized);
            QVERIFY(set.status.maxError > Seconds(0.0) && set.status.maxError < Seconds(1.0));
            QCOMPARE(set.status.leap, ntp::LeapIndicator::None);
        }
        // The kernel adds 500 us a second, and gives the clock up at 16 s.
        QVERIFY(said.size() >= 9);
    }

    // What was known goes on being so, less and less exactly.
    void tooFewSourcesLetTheClaimAge()
    {
        SystemDesk desk({.minSources = 2});
        settle(desk);
        const Seconds before = desk.state().estimate.bound;
        desk.server(1) = silent;
        desk.server(2) = silent;
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.state().condition, Condition::TooFewSources);
        QCOMPARE(desk.state().estimate.stratum, std::uint8_t(3));
        QVERIFY(desk.asked<DeclareStatus>().back().status.synchronized);
        QVERIFY(desk.state().estimate.bound > before);
    }

    // FAULTS row 64
    void kernelIsToldOnceTheBoundIsTooWide()
    {
        SystemDesk desk;
        settle(desk);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source) = silent;
        desk.pass(Seconds(3000.0));
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QCOMPARE(desk.state().estimate.stratum, std::uint8_t(3));
        QVERIFY(desk.asked<DeclareStatus>().back().status.synchronized);
        desk.pass(Seconds(3'000'000.0)); // to a second of doubt
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QVERIFY(!desk.asked<DeclareStatus>().back().status.synchronized);
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
        for (const auto& [drift] : saved) {
            QVERIFY(std::abs(drift.frequencyPpm) < 0.3); // a perfect oscillator
            QVERIFY(drift.uncertaintyPpm > 0.0 && drift.uncertaintyPpm < 1.0);
        }
        desk.server(1) = silent;
        desk.pass(Seconds(3600.0));
        QCOMPARE(desk.state().condition, Condition::Holdover);
        desk.forget();
        desk.pass(Seconds(10.0 * 3600.0));
        QVERIFY(desk.asked<SaveDrift>().empty()); // nothing new was learnt
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
        SystemDesk desk({.drift = Drift{.frequencyPpm = drift, .uncertaintyPpm = uncertainty}});
        desk.add(1);
        desk.pass(Seconds(1.5)); // one sample tells no frequency
        const std::vector<SteerClock> commands = desk.asked<SteerClock>();
        QVERIFY(!commands.empty());
        QCOMPARE(commands.front().command.baseFrequencyPpm, isUsed ? 40.0 : 0.0);
    }
};

QTEST_GUILESS_MAIN(TestSystemClock)
#include "test_system_clock.moc"
