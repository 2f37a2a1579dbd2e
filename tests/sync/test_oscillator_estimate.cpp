// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/made_samples.h"
#include "sync/oscillator_estimate.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

class TestOscillatorEstimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Q = W^2 [[t^3/3, t^2/2], [t^2/2, t]]: what a random walk of the frequency adds.
    void wanderAddsItsProcessNoise()
    {
        const Covariance after = grown({}, 2e-9, 100.0);
        QVERIFY(near(after.offset, 4e-18 * 1e6 / 3.0, 1e-20));
        QVERIFY(near(after.cross, 4e-18 * 1e4 / 2.0, 1e-22));
        QVERIFY(near(after.frequency, 4e-18 * 100.0, 1e-24));
    }

    void growingTwiceIsGrowingOnce()
    {
        const Covariance start{.offset = 1e-10, .cross = 1e-13, .frequency = 1e-14};
        const Covariance once = grown(start, 1e-9, 96.0);
        const Covariance twice = grown(grown(start, 1e-9, 32.0), 1e-9, 64.0);
        QVERIFY(near(twice.offset / once.offset, 1.0, 1e-12));
        QVERIFY(near(twice.cross / once.cross, 1.0, 1e-12));
        QVERIFY(near(twice.frequency / once.frequency, 1.0, 1e-12));
    }

    void offsetFollowsTheFrequency()
    {
        const OscillatorEstimate estimate{.at = rawAt(0.0), .origin = utcMinusRaw, .offset = 0.5, .frequency = 1e-5};
        QVERIFY(near(predicted(estimate, rawAt(1000.0)).offset, 0.51, 1e-15));
        QVERIFY(near(predicted(estimate, rawAt(-1000.0)).offset, 0.49, 1e-15));
    }

    void goingBackClaimsNoMoreThanWasKnown()
    {
        const OscillatorEstimate estimate{.at = rawAt(0.0), .covariance = {.offset = 1.0, .frequency = 1.0}};
        QCOMPARE(predicted(estimate, rawAt(-5.0)).covariance, estimate.covariance);
    }

    void anotherOriginIsTheSameTime()
    {
        const OscillatorEstimate estimate{.at = rawAt(0.0), .origin = utcMinusRaw, .offset = 0.25};
        const OscillatorEstimate other = withOrigin(estimate, utcMinusRaw - std::chrono::seconds(3));
        QVERIFY(near(other.offset, 3.25, 1e-15));
    }

    void clockThatIsBehindHasAPositiveOffset()
    {
        const OscillatorEstimate estimate{.at = rawAt(0.0), .origin = utcMinusRaw, .offset = 0.25};
        const Now now{.raw = rawAt(0.0), .real = RealTime(rawAt(0.0).time_since_epoch() + utcMinusRaw)};
        QVERIFY(near(offsetFromClock(estimate, now).count(), 0.25, 1e-15));
    }
};

QTEST_GUILESS_MAIN(TestOscillatorEstimate)
#include "test_oscillator_estimate.moc"
