// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/claim_reach.h"

#include <QTest>

#include <cmath>

using namespace foliot::sync;
using foliot::tests::near;

namespace {

// Of a source that has been asked a thousand times: 10 us, with a jitter of 100 us.
ClaimReach::Belief settledBelief()
{
    return {.deviation = 1e-5, .jitter = 1e-4, .samples = 1000};
}

ClaimReach usedTo(const ClaimReach::Belief& belief)
{
    ClaimReach reach;
    for (int i = 0; i < 1000; ++i)
        (void)reach.after(belief);
    return reach;
}

} // namespace

class TestClaimReach : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 3.29 deviations by the tables of the normal law. What stays of the deviation right after a packet comes on top.
    void settledBeliefReachesAboutAsFarAsTheNormalLaw()
    {
        const double reach = usedTo(settledBelief()).after(settledBelief());
        QVERIFY2(reach > 3.0 && reach < 3.4, qPrintable(QString::number(reach)));
    }

    void disagreementOfTheModelsReachesFarther()
    {
        ClaimReach::Belief torn = settledBelief();
        torn.tail = 5.0;
        ClaimReach reach = usedTo(settledBelief());
        const double settled = reach.after(settledBelief());
        QVERIFY(reach.after(torn) > settled * 5.0 / ClaimReach::normal);
    }

    // By one, beside an average over 300 packets.
    void calmerThanUsualIsToldOnceTheUsualIsKnown()
    {
        ClaimReach::Belief calm = settledBelief();
        calm.logWander = -1.0;
        ClaimReach reach = usedTo(settledBelief());
        QCOMPARE(reach.calmer(), 0.0);
        (void)reach.after(calm);
        QVERIFY(near(reach.calmer(), 1.0, 0.01));
        ClaimReach beginner;
        (void)beginner.after(settledBelief());
        (void)beginner.after(calm);
        QCOMPARE(beginner.calmer(), 0.0);
        ClaimReach calmed = usedTo(calm);
        (void)calmed.after(settledBelief());
        QCOMPARE(calmed.calmer(), 0.0);
    }

    // A bank that is never decided sees an oscillator too calm to be told from a calmer one.
    void disagreementThatLastsIsTakenBack()
    {
        ClaimReach::Belief torn = settledBelief();
        torn.tail = 5.0;
        const double lasting = usedTo(torn).after(torn);
        QVERIFY(lasting < usedTo(settledBelief()).after(torn) * 0.75);
        QVERIFY(lasting > usedTo(settledBelief()).after(settledBelief()));
    }

    // Temperature and load drive an oscillator by swings and jumps, whose tails are longer than a random walk's.
    void drivenOscillatorReachesFarther()
    {
        ClaimReach::Belief belief = settledBelief();
        belief.wander = 1e-9;
        const double atRest = usedTo(belief).after(belief);
        QCOMPARE(atRest, usedTo(settledBelief()).after(settledBelief()));
        belief.wander = 3e-9;
        const double driven = usedTo(belief).after(belief);
        belief.wander = 1e-7;
        const double most = usedTo(belief).after(belief);
        QVERIFY(driven > 1.03 * atRest && most < 1.08 * atRest);
    }

    // By a factor of three of the wander. Who averages all packets there were does not know how calm it was.
    void oscillatorCalmerThanItWasReachesFarther()
    {
        for (const bool averagesAll : {false, true}) {
            ClaimReach::Belief belief = settledBelief();
            belief.deviation = averagesAll ? 3e-6 : 5e-5;
            belief.logWander = std::log(1e-9);
            ClaimReach reach = usedTo(belief);
            const double usual = reach.after(belief);
            belief.logWander = std::log(3e-10);
            const double calmer = reach.after(belief);
            QVERIFY(averagesAll ? calmer < 1.01 * usual : calmer > 1.1 * usual);
        }
    }

    void beliefWiderThanUsualReachesFarther()
    {
        ClaimReach::Belief wide = settledBelief();
        wide.deviation *= 2.0;
        ClaimReach reach = usedTo(settledBelief());
        const double settled = reach.after(settledBelief());
        QVERIFY(reach.after(wide) > 1.2 * settled);
    }

    // The claim shrinks with the deviation, and not all the way.
    void beliefNarrowerThanUsualIsNotWhollyTrusted()
    {
        ClaimReach::Belief narrow = settledBelief();
        narrow.deviation /= 2.0;
        ClaimReach reach = usedTo(settledBelief());
        const double settled = reach.after(settledBelief());
        const double narrowed = reach.after(narrow);
        QVERIFY(narrowed > 1.02 * settled && narrowed < 2.0 * settled);
    }

    void whatIsUsualIsLearntAnew()
    {
        ClaimReach::Belief wide = settledBelief();
        wide.deviation *= 2.0;
        ClaimReach reach = usedTo(settledBelief());
        const double atFirst = reach.after(wide);
        for (int i = 0; i < 1000; ++i)
            (void)reach.after(wide);
        QVERIFY(reach.after(wide) < atFirst / 1.2);
    }

    // Congestion for a quarter of the time: in the calm between, too.
    void deviationThatComesAndGoesReachesFarther()
    {
        ClaimReach::Belief congested = settledBelief();
        congested.deviation *= 20.0;
        ClaimReach reach = usedTo(settledBelief());
        const double steady = reach.after(settledBelief());
        for (int i = 0; i < 400; ++i)
            (void)reach.after(i % 40 < 10 ? congested : settledBelief());
        QVERIFY(reach.after(settledBelief()) > 1.15 * steady);
        // Swings of half and twice are usual.
        ClaimReach restless = usedTo(settledBelief());
        ClaimReach::Belief wide = settledBelief();
        wide.deviation *= 2.0;
        for (int i = 0; i < 400; ++i)
            (void)restless.after(i % 40 < 10 ? wide : settledBelief());
        QVERIFY(restless.after(settledBelief()) < 1.08 * steady);
    }

    void fewPacketsReachFarther()
    {
        ClaimReach::Belief young = settledBelief();
        young.samples = 16;
        QVERIFY(usedTo(young).after(young) > 1.1 * usedTo(settledBelief()).after(settledBelief()));
    }

    void estimateThatRestsOnFewPacketsReachesFarther()
    {
        ClaimReach::Belief sharp = settledBelief();
        sharp.deviation = 1e-8;
        QVERIFY(usedTo(settledBelief()).after(settledBelief()) > 1.05 * usedTo(sharp).after(sharp));
    }
};

QTEST_GUILESS_MAIN(TestClaimReach)
#include "test_claim_reach.moc"
