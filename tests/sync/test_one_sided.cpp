// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/one_sided.h"

#include <QTest>

#include <cmath>
#include <numbers>

using namespace foliot::sync;
using foliot::tests::near;

namespace {

// The same by brute force: density of the belief times density of the lateness, summed.
OneSidedUpdate summed(const Normal& belief, double observed, const LatenessLaw& law)
{
    const double deviation = std::sqrt(belief.variance);
    const double highest = observed - law.start; // beyond that the packet would have been early
    const double low = std::min(belief.mean - 12.0 * deviation, highest - (40.0 + 3.0 * law.shape) * law.scale);
    const int steps = 400'000;
    const double step = (highest - low) / steps;
    double mass = 0.0;
    double first = 0.0;
    double second = 0.0;
    for (int i = 0; i < steps; ++i) {
        const double q = low + (i + 0.5) * step;
        const double z = (q - belief.mean) / deviation;
        const double late = (highest - q) / law.scale;
        const double density = std::exp(-0.5 * z * z) / (deviation * std::sqrt(2.0 * std::numbers::pi)) *
                               std::exp((law.shape - 1) * std::log(late) - late - std::lgamma(law.shape)) / law.scale *
                               step;
        mass += density;
        first += density * (q - observed);
        second += density * (q - observed) * (q - observed);
    }
    first /= mass;
    second /= mass;
    return {.belief = {.mean = observed + first, .variance = second - first * first}, .logLikelihood = std::log(mass)};
}

} // namespace

class TestOneSided : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void momentsAreThoseOfTheExactPosterior_data()
    {
        QTest::addColumn<double>("deviation");
        QTest::addColumn<double>("observed");
        QTest::addColumn<double>("scale");
        QTest::newRow("near") << 1.0 << 0.5 << 1.0;
        QTest::newRow("late") << 1.0 << 8.0 << 2.0;
        QTest::newRow("early") << 1.0 << -3.0 << 0.7;
        QTest::newRow("sharp belief") << 0.01 << 0.3 << 1.0;
        QTest::newRow("wide belief") << 5.0 << 1.0 << 0.2;
        QTest::newRow("far in the tail") << 4.0 << -20.0 << 1.0;
        QTest::newRow("hardly cut") << 0.05 << 3.0 << 2.0;
        QTest::newRow("just in the tail") << 1.0 << -2.9 << 3.0;
    }

    void momentsAreThoseOfTheExactPosterior()
    {
        QFETCH(double, deviation);
        QFETCH(double, observed);
        QFETCH(double, scale);
        const Normal belief{.mean = 0.0, .variance = deviation * deviation};
        for (const int shape : {1, 2, 4, 12}) {
            const LatenessLaw law = latenessLaw(shape, scale);
            const OneSidedUpdate update = observeLate(belief, observed, law);
            const OneSidedUpdate exact = summed(belief, observed, law);
            QVERIFY(near(update.belief.mean, exact.belief.mean, 1e-5));
            QVERIFY(near(update.belief.variance / exact.belief.variance, 1.0, 1e-4));
            QVERIFY(near(update.logLikelihood, exact.logLikelihood, 1e-5));
        }
    }

    // The mean of a normal law that is cut off below x is its density over its upper tail there, which erfc knows up to 26.
    void hazardIsThatOfTheNormalLaw()
    {
        for (double x = 4.0; x < 26.0; x += 0.25) {
            const double density = std::exp(-0.5 * x * x) / std::sqrt(2.0 * std::numbers::pi);
            const double hazard = 2.0 * density / std::erfc(x / std::numbers::sqrt2);
            const OneSidedUpdate update = observeLate({.mean = 0.0, .variance = 1.0}, -x, latenessLaw(1, 1e12));
            QVERIFY2(near(update.belief.mean, -hazard, 1e-10), qPrintable(QString::number(x)));
        }
    }

    // Nothing believed before: the quantity is the observed value less an exponential.
    void hopelesslyWideBeliefLeavesTheDelayAlone()
    {
        for (const double deviation : {1e1, 1e3, 1e6, 1e9}) {
            const OneSidedUpdate update =
                observeLate({.mean = 0.0, .variance = deviation * deviation}, 2.0, latenessLaw(1, 1e-3));
            QVERIFY(near(update.belief.mean, 2.0 - 1e-3, 1e-6));
            QVERIFY(near(update.belief.variance, 1e-6, 1e-9));
            QVERIFY(std::isfinite(update.logLikelihood));
        }
    }

    void latenessBeyondAllMeasureMovesTheBeliefNoFurther()
    {
        const Normal belief{.mean = 0.0, .variance = 1.0};
        const OneSidedUpdate late = observeLate(belief, 1e3, latenessLaw(1, 10.0));
        const OneSidedUpdate later = observeLate(belief, 1e9, latenessLaw(1, 10.0));
        QVERIFY(near(late.belief.mean, 0.1, 1e-6));
        QVERIFY(near(later.belief.mean, 0.1, 1e-6));
        QVERIFY(near(later.belief.variance, 1.0, 1e-9));
    }

    // The asymptote begins where the cut is thirty deviations off; there must be no jump.
    void lawsOutOfSightOfTheCutAgreeWithThoseInSight()
    {
        for (const int shape : {2, 4, 12}) {
            const LatenessLaw law = latenessLaw(shape, 1e3);
            const OneSidedUpdate near30 = observeLate({.mean = 0.0, .variance = 1.0}, 29.999 + law.start, law);
            const OneSidedUpdate beyond30 = observeLate({.mean = 0.0, .variance = 1.0}, 30.003 + law.start, law);
            QVERIFY(near(near30.belief.mean, beyond30.belief.mean, 1e-3));
            QVERIFY(near(near30.belief.variance, beyond30.belief.variance, 1e-3));
            QVERIFY(near(near30.logLikelihood, beyond30.logLikelihood, 2e-2));
        }
    }

    void nothingOverflowsAnywhere()
    {
        for (const int shape : {1, 2, 4, 12, LatenessLaw::mostShape}) {
            for (const double deviation : {1e-9, 1e-6, 1e-3, 1.0, 1e3}) {
                for (const double scale : {5e-8, 1e-4, 1.0}) {
                    for (const double observed : {-1e6, -1.0, -1e-6, 0.0, 1e-6, 1.0, 1e6}) {
                        const OneSidedUpdate update = observeLate(
                            {.mean = 0.0, .variance = deviation * deviation}, observed, latenessLaw(shape, scale));
                        QVERIFY(std::isfinite(update.belief.mean));
                        QVERIFY(update.belief.variance >= 0.0);
                        QVERIFY(update.belief.variance <= deviation * deviation);
                        QVERIFY(std::isfinite(update.logLikelihood));
                    }
                }
            }
        }
    }
};

QTEST_GUILESS_MAIN(TestOneSided)
#include "test_one_sided.moc"
