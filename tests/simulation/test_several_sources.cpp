// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/several_sources.h"
#include "simulation/simulation.h"

#include <QTest>

using namespace foliot;
using namespace foliot::simulation;

namespace {

constexpr std::uint64_t seeds = 2;

// The first so many seconds.
Scenario beginningOf(Scenario scenario, double duration)
{
    scenario.duration = duration;
    return scenario;
}

} // namespace

class TestSeveralSources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // FAULTS row 61
    void falsetickerOf5msIsOutWithinTenSeconds()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(oneOfThreeFalseBy5ms(), 5000.0), seed);
            QVERIFY(outcome.usedUntil(1) <= 10.0);
            QCOMPARE(outcome.source(1).verdict, sync::Verdict::Falseticker);
            QCOMPARE(outcome.source(1).reason, sync::Reason::OutsideAgreement);
            QVERIFY(outcome.belowFrom(1e-3) <= 10.0);
        }
    }

    // While little is known of the oscillator a truthful source's interval may reach to the liar's.
    void boundHoldsEvenWhenALiarIsTakenBack()
    {
        for (std::uint64_t seed = 150; seed < 180; ++seed) {
            const Outcome outcome = simulate(beginningOf(oneOfThreeFalseBy5ms(), 600.0), seed);
            QCOMPARE(outcome.boundHeld(), outcome.claimed());
        }
    }

    void falsetickerOf100msIsOutAtOnce()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(oneOfThreeFalseBy100ms(), 5000.0), seed);
            QVERIFY(outcome.usedUntil(1) <= 4.0);
            QCOMPARE(outcome.source(1).verdict, sync::Verdict::Falseticker);
            QVERIFY(outcome.belowFrom(1e-3) <= 6.0);
        }
    }

    void sourceThatTurnsFalseIsOutBeforeTheClockFollows()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(oneOfThreeTurnsFalse(), 50'000.0), seed);
            QVERIFY(outcome.usedUntil(1) <= 40'300.0);
            QCOMPARE(outcome.source(1).verdict, sync::Verdict::Falseticker);
            QVERIFY(outcome.largest(40'000.0, 50'000.0) < 1e-4);
        }
    }

    void twoLiarsOfFiveAreOut()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(twoOfFiveFalseBy100ms(), 5000.0), seed);
            for (const std::uint32_t liar : {1U, 2U}) {
                QVERIFY(outcome.usedUntil(liar) <= 4.0);
                QCOMPARE(outcome.source(liar).verdict, sync::Verdict::Falseticker);
            }
            QVERIFY(outcome.belowFrom(1e-3) <= 6.0);
        }
    }

    // Its time leaves what the delays allow, 1 ms, after a thousand seconds.
    void driftingSourceIsOutOnceItsTimeIsImpossible()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(oneOfThreeDriftsBy1ppm(), 20'000.0), seed);
            QVERIFY(outcome.usedUntil(1) < 3500.0);
            QCOMPARE(outcome.source(1).verdict, sync::Verdict::Falseticker);
            QVERIFY(outcome.largest(5000.0, 20'000.0) < 1e-4);
        }
    }

    void threeSourcesAreBetterThanOne()
    {
        double one = 0.0;
        double three = 0.0;
        Scenario alone = beginningOf(threeGood(), 50'000.0);
        alone.sources.resize(1);
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            one += simulate(alone, seed).rms();
            three += simulate(beginningOf(threeGood(), 50'000.0), seed).rms();
        }
        QVERIFY2(three < 0.85 * one, qPrintable(QString("%1").arg(three / one)));
    }

    // FAULTS row 63
    void halfThatDisagreesFromTheStartSteersNothing()
    {
        const Outcome outcome = simulate(beginningOf(halfOfFourAreFalse(), 5000.0), 1);
        QCOMPARE(outcome.last.condition, sync::Condition::NoMajority);
        QVERIFY(outcome.commands.empty());
        QVERIFY(outcome.steps.empty());
        QCOMPARE(outcome.claimed(), std::uint64_t(0));
        for (const std::uint32_t source : {1U, 2U, 3U, 4U}) {
            QCOMPARE(outcome.source(source).verdict, sync::Verdict::Undecided);
            QCOMPARE(outcome.source(source).reason, sync::Reason::NoMajority);
        }
    }

    // FAULTS row 63
    void halfThatDisagreesLaterIsHeldOver()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(halfOfFourTurnFalse(), 70'000.0), seed);
            QVERIFY(outcome.firstSaid(sync::Notice::NoMajority) > 40'000.0);
            QVERIFY(outcome.firstSaid(sync::Notice::NoMajority) < 40'300.0);
            QVERIFY(outcome.bounds[59'000] > outcome.bounds[41'000] + 1e-3);
            QVERIFY(outcome.uncertainties[59'000] > 2.0 * outcome.uncertainties[41'000]);
            QCOMPARE(outcome.boundHeld(), outcome.claimed());
            QVERIFY(outcome.firstSaid(sync::Notice::Synchronized, 60'000.0) < 60'300.0);
            QVERIFY(outcome.belowFrom(1e-4, 60'000.0) < 60'400.0);
        }
    }

    // FAULTS rows 62 and 66: nobody can tell the truth from a lie of the majority, but such a step is for a person
    void majorityThatLiesByMuchDoesNotMoveTheClock()
    {
        const Outcome outcome = simulate(beginningOf(twoOfThreeTurnFalseBy2000s(), 50'000.0), 1);
        QVERIFY(outcome.steps.empty());
        QVERIFY(outcome.largest(40'000.0, 50'000.0) < 10e-3); // left alone
        QCOMPARE(outcome.last.condition, sync::Condition::StepRefused);
        QVERIFY(!outcome.last.steering);
        QVERIFY(outcome.said(sync::Notice::StepRefused));
    }

    // FAULTS row 68
    void oscillatingSourceMakesNoStepLoop()
    {
        for (std::uint64_t seed = 1; seed <= seeds; ++seed) {
            const Outcome outcome = simulate(beginningOf(onlySourceOscillates(), 50'000.0), seed);
            QVERIFY(outcome.steps.size() <= 1);
        }
    }
};

QTEST_GUILESS_MAIN(TestSeveralSources)
#include "test_several_sources.moc"
