// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/calendar.h"
#include "simulation/scenarios/disturbances.h"
#include "simulation/scenarios/networks.h"
#include "simulation/simulation.h"

#include <QTest>

using namespace foliot;
using namespace foliot::simulation;

namespace {

constexpr std::uint64_t seeds = 3;

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
    void leapSecondOfAMinorityIsIgnored()
    {
        const Outcome outcome = simulate(leapSecondIsFalse(), 1);
        QVERIFY(outcome.largest() < 2e-4);
        QCOMPARE(outcome.status->leap, ntp::LeapIndicator::None);
    }
};

QTEST_GUILESS_MAIN(TestDisturbances)
#include "test_disturbances.moc"
