// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/reference_id.h"
#include "simulation/scenarios/calendar.h"
#include "simulation/scenarios/disturbances.h"
#include "simulation/scenarios/networks.h"
#include "simulation/simulation.h"

#include <QTest>

using namespace foliot;
using namespace foliot::simulation;

namespace {

constexpr std::uint64_t seeds = FOLIOT_SANITIZED ? 1 : 2;

// From 10 000 s to 20 000 s, the end.
Scenario oneServerThatKisses(const char* code)
{
    SourceSpec source = sourceWithJitter(1e-5);
    source.options = {.minPoll = 6, .maxPoll = 10};
    source.server.kiss = ntp::referenceIdFromText(code);
    source.server.kissing = {.from = 10'000.0, .until = 20'000.0};
    Scenario scenario{.name = code, .sources = {source}, .duration = 20'000.0};
    scenario.clock.oscillator.wander = 1e-8;
    return scenario;
}

} // namespace

class TestDisturbances : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // FAULTS row 64
    void dayWithoutServersIsHeldOverHonestly()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(unreachableForADay(), seed);
            QVERIFY(outcome.said(sync::Notice::SourceUnreachable));
            QVERIFY(outcome.said(sync::Notice::LostSynchronization));
            QCOMPARE(outcome.boundHeld(), outcome.claimed());
            QVERIFY(outcome.bounds[136'000] > outcome.bounds[60'000]);
            QVERIFY(outcome.bounds[136'000] < 86'400.0 * 50e-6); // of use all the same
            QVERIFY(outcome.largest(50'000.0, 136'400.0) < 0.1);
            QVERIFY(outcome.belowFrom(1e-3, 136'400.0) < 136'400.0 + 1100.0);
            QCOMPARE(outcome.last.condition, sync::Condition::Synchronized);
        }
    }

    // FAULTS row 65
    void boundCoversWaysThatDiffer()
    {
        const Outcome outcome = simulate(waysDifferBy100ms(), 1);
        QVERIFY(outcome.largest() > 0.049); // nobody can do better
        QVERIFY(outcome.largest() < 0.051);
        QCOMPARE(outcome.boundHeld(), outcome.claimed());
        QVERIFY(outcome.last.estimate.bound < Seconds(0.1));
    }

    // Half of the server's lateness is an error that nothing tells of in basic mode.
    void interleavedModeUndoesTheServersLateness()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome basic = simulate(serverAnswersLate(), seed);
            const Outcome interleaved = simulate(serverTellsHowLate(), seed);
            QVERIFY(basic.rms() > 0.9e-4);
            QVERIFY2(interleaved.rms() < 1e-5, qPrintable(QString("%1 us").arg(interleaved.rms() * 1e6)));
            QVERIFY(interleaved.last.sources.front().last->interleaved);
            QVERIFY(!basic.last.sources.front().last->interleaved);
            QCOMPARE(interleaved.boundHeld(), interleaved.claimed());
            QVERIFY(interleaved.uncertaintyHoldsShare() > 0.99);
        }
    }

    // FAULTS row 71
    void clockSetByOthersIsRightAgainWithoutAStep()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(clockSetByOthers(), seed);
            QVERIFY(outcome.firstSaid(sync::Notice::ClockSetByOthers) < 40'075.0);
            QVERIFY(outcome.firstSaid(sync::Notice::ClockSetByOthers, 60'000.0) < 60'075.0);
            QVERIFY(outcome.belowFrom(1e-3, 40'000.3) < 40'100.0); // 0.3 s in a few seconds
            QVERIFY(outcome.belowFrom(1e-3, 60'000.7) < 60'150.0); // 5 s at a tenth of a second per second
            QVERIFY(outcome.steps.empty());
        }
    }

    void clockSlewedByOthersIsRightAgainSoon()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(clockSlewedByOthers(), seed);
            QVERIFY(outcome.largest(40'000.0, 41'000.0) < 0.04);
            QVERIFY(outcome.belowFrom(1e-3, 40'000.3) < 40'250.0);
            QVERIFY(outcome.belowFrom(1e-3, 60'000.7) < 60'150.0);
        }
    }

    // FAULTS row 71
    void clockIsRightSoonAfterASuspend()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(suspendForAnHour(), seed);
            QVERIFY(outcome.said(sync::Notice::Resumed));
            QVERIFY(!outcome.said(sync::Notice::ClockSetByOthers));
            QVERIFY(outcome.belowFrom(1e-3, 43'600.3) < 43'700.0);
            QVERIFY(outcome.steps.empty());
        }
    }

    // FAULTS row 71
    void clockIsRightSoonAfterItsMachineWasHeld()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(pauseForTenSeconds(), seed);
            QVERIFY(outcome.belowFrom(1e-3, 40'010.3) < 40'500.0);
            QCOMPARE(outcome.boundHeld(), outcome.claimed()); // from the first packet that contradicts
            QVERIFY(outcome.uncertaintyHoldsShare() > 0.999);
            QVERIFY(outcome.steps.empty());
        }
    }

    void serverThatComesBackRightIsFollowed()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(serverRestartsWithAStep(), seed);
            QVERIFY(outcome.belowFrom(1e-3, 40'000.0) < 40'400.0);
            QCOMPARE(outcome.boundHeld(), outcome.claimed());
            QVERIFY(outcome.steps.empty());
        }
    }

    void serverThatComesBackWrongIsOutUntilItIsMended()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(oneOfThreeRestartsWithAStep(), seed);
            QVERIFY(outcome.largest() < 1e-4);
            QVERIFY(outcome.usedUntil(1) > 43'000.0);
        }
    }

    // FAULTS row 17, in octets on the wire
    void denyEndsAllQueries()
    {
        Scenario scenario = oneServerThatKisses("DENY");
        const Outcome before = simulate(scenario, 1);
        scenario.duration = 100'000.0;
        const Outcome after = simulate(scenario, 1);
        QCOMPARE(after.packets, before.packets);
        QCOMPARE(after.source(1).reason, sync::Reason::KissDeny);
        QVERIFY(after.said(sync::Notice::SourceStopped));
        QCOMPARE(after.boundHeld(), after.claimed());
    }

    // FAULTS row 18
    void rateIsObeyedAndForgottenInTime()
    {
        Scenario scenario = oneServerThatKisses("RATE");
        const Outcome told = simulate(scenario, 1);
        QCOMPARE(told.source(1).pollExponent, 10);
        QVERIFY(told.said(sync::Notice::SourceSlowedDown));
        scenario.duration = 200'000.0;
        const Outcome later = simulate(scenario, 1);
        QCOMPARE(later.last.condition, sync::Condition::Synchronized);
        QVERIFY(later.source(1).pollExponent < 10); // its oscillator is worth more
        QCOMPARE(later.boundHeld(), later.claimed());
    }

    // FAULTS row 73
    void endsOfErasPassUnnoticed_data()
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::newRow("2036") << eraEndsIn2036();
        QTest::newRow("2038") << secondsEndIn2038();
    }
    void endsOfErasPassUnnoticed()
    {
        QFETCH(Scenario, scenario);
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(scenario, seed);
            QVERIFY(outcome.largest() < 2e-4);
            QVERIFY(outcome.steps.empty());
            QVERIFY(!outcome.said(sync::Notice::LostSynchronization));
        }
    }

    // FAULTS row 49
    void machineThatStartsIn1970IsRightAfterItsFirstAnswer()
    {
        const Outcome outcome = simulate(clockOf1970(), 1);
        QCOMPARE(outcome.steps.size(), std::size_t(1));
        QVERIFY(outcome.belowFrom(1e-3) <= 2.0);
    }

    // FAULTS row 74
    void leapSecondPassesUnnoticed_data()
    {
        QTest::addColumn<Scenario>("scenario");
        QTest::newRow("inserted") << leapSecondIsInserted();
        QTest::newRow("left out") << leapSecondIsLeftOut();
        QTest::newRow("in the list alone") << leapSecondIsInTheList();
        Scenario twoOfThree = leapSecondIsInserted();
        twoOfThree.sources[1].server.leap = ntp::LeapIndicator::None;
        QTest::newRow("announced by two of three") << twoOfThree;
        Scenario often = leapSecondIsInserted(); // packets all around it
        for (double at = often.leap.at - 6.0; at < often.leap.at + 6.0; at += 0.3)
            often.happenings.push_back({.at = at, .what = PersonRefreshes{}});
        QTest::newRow("while a person keeps asking") << often;
        Scenario sooner = leapSecondIsInserted(); // before the second samples
        sooner.epoch += std::chrono::seconds(43'190);
        sooner.leap.at -= 43'190.0;
        sooner.duration = 5000.0;
        sooner.settledAfter = 1000.0;
        QTest::newRow("soon after the start") << sooner;
    }
    void leapSecondPassesUnnoticed()
    {
        QFETCH(Scenario, scenario);
        const Outcome outcome = simulate(scenario, 1);
        QVERIFY(outcome.said(sync::Notice::LeapSecondDue));
        QVERIFY(outcome.largest() < 2e-4);
        QVERIFY(outcome.largest(scenario.leap.at - 5.0, scenario.leap.at + 100.0) < 1e-3);
        QCOMPARE(outcome.boundHeld(), outcome.claimed());
        QVERIFY(outcome.bounds[static_cast<std::size_t>(scenario.leap.at) + 1] < 0.01);
        QVERIFY(!outcome.said(sync::Notice::ClockSetByOthers));
        QVERIFY(!outcome.said(sync::Notice::LostSynchronization));
        QVERIFY(outcome.steps.empty());
        QCOMPARE(outcome.status->leap, ntp::LeapIndicator::None);
        QCOMPARE(outcome.last.estimate.leap, ntp::LeapIndicator::None);
    }

    // The kernel and our own clients are told, on the day itself.
    void leapSecondOfTheDayIsTold()
    {
        Scenario scenario = leapSecondIsInserted();
        scenario.duration = 40'000.0;
        const Outcome outcome = simulate(scenario, 1);
        QCOMPARE(outcome.status->leap, ntp::LeapIndicator::InsertSecond);
        QCOMPARE(outcome.last.estimate.leap, ntp::LeapIndicator::InsertSecond);
        scenario.epoch -= std::chrono::hours(24);
        const Outcome dayBefore = simulate(scenario, 1);
        QCOMPARE(dayBefore.status->leap, ntp::LeapIndicator::None);
        QCOMPARE(dayBefore.last.estimate.leap, ntp::LeapIndicator::None);
    }

    // It is slewed away instead, and the numbers say meanwhile what is left of it.
    void leapSecondSetsNoClockBackThatMayNotGoBack()
    {
        Scenario scenario = leapSecondIsInserted();
        scenario.system.neverBackwards = true;
        scenario.clock.offset = 4.0;
        const Outcome outcome = simulate(scenario, 1);
        QVERIFY(outcome.steps.empty());
        QCOMPARE(outcome.status->leap, ntp::LeapIndicator::None);
        for (std::size_t i = 1; i < outcome.errors.size(); ++i) {
            const double utcLeapt = i + 1 > scenario.leap.at && i < scenario.leap.at ? 1.0 : 0.0;
            QVERIFY(1.0 + outcome.errors[i] - outcome.errors[i - 1] - utcLeapt > 0.8);
        }
        QVERIFY(outcome.largest(scenario.leap.at + 1.0, scenario.leap.at + 2.0) > 0.9);
        QVERIFY(outcome.belowFrom(1e-3, scenario.leap.at) < scenario.leap.at + 20.0);
        QCOMPARE(outcome.boundHeld(), outcome.claimed());
    }

    // A tenth of a second wrong after two hours and a half, and half a second at midnight.
    void serverThatSmearsTheLeapSecondIsOutMeanwhile()
    {
        const Scenario scenario = leapSecondIsSmearedByOne();
        const Outcome outcome = simulate(scenario, 1);
        QVERIFY(outcome.largest() < 2e-3);
        QCOMPARE(outcome.boundHeld(), outcome.claimed());
        QVERIFY(outcome.uncertaintyHoldsShare() > 0.999);
        QVERIFY(outcome.steps.empty());
        Scenario untilThen = scenario;
        untilThen.duration = scenario.leap.at;
        const Outcome smearing = simulate(untilThen, 1);
        QCOMPARE(smearing.source(1).verdict, sync::Verdict::Falseticker);
        QVERIFY(smearing.usedUntil(1) > 21'000.0); // right until noon
        QVERIFY(smearing.usedUntil(1) < 22'400.0);
    }

    // FAULTS row 74. They agree with each other, and are half a second off at midnight.
    void mostSmearTheLeapSecondAndSaySo()
    {
        const Scenario scenario = leapSecondIsSmearedByMost();
        const Outcome outcome = simulate(scenario, 1);
        QVERIFY(outcome.largest() < 2e-3);
        QCOMPARE(outcome.boundHeld(), outcome.claimed());
        QVERIFY(outcome.steps.empty());
        QVERIFY(outcome.usedUntil(1) > scenario.leap.at + 43'201.0); // it is used again when it is right again
        Scenario untilThen = scenario;
        untilThen.duration = scenario.leap.at;
        const Outcome smearing = simulate(untilThen, 1);
        for (std::uint32_t source : {1U, 2U})
            QCOMPARE(smearing.source(source).reason, sync::Reason::Smeared);
        QVERIFY(smearing.usedUntil(1) < 21'600.0 + 65.0);
    }

    // Nobody announced it, so the clock is wrong by it until the next packets, and then soon right again.
    void leapSecondOutOfTheBlueIsFollowed()
    {
        Scenario scenario = leapSecondIsInserted();
        for (SourceSpec& source : scenario.sources)
            source.server.leap = ntp::LeapIndicator::None;
        const Outcome outcome = simulate(scenario, 1);
        QVERIFY(outcome.belowFrom(1e-3, scenario.leap.at) < scenario.leap.at + 400.0);
        QVERIFY(outcome.steps.empty());
    }

    // FAULTS row 74
    void leapSecondOfAMinorityIsIgnored()
    {
        const Outcome outcome = simulate(leapSecondIsFalse(), 1);
        QVERIFY(outcome.largest() < 2e-4);
        QCOMPARE(outcome.status->leap, ntp::LeapIndicator::None);
    }
};

QTEST_GUILESS_MAIN(TestDisturbances)
#include "test_disturbances.moc"
