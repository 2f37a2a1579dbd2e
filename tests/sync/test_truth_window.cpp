// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/made_samples.h"
#include "sync/truth_window.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

namespace {

OscillatorEstimate sureEstimate(double at)
{
    return {.at = rawAt(at), .origin = utcMinusRaw};
}

} // namespace

class TestTruthWindow : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void halfTheDelayGoesToEachSide()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0, 0.004, 0.004), utcMinusRaw);
        QVERIFY(near(window.halfWidth(sureEstimate(0.0), rawAt(0.0)).count(), 0.004, 1e-6));
    }

    // All of the delay on one way: the midpoint is off by half of it, the truth at the edge.
    void truthIsInsideWhateverTheAsymmetry()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0, 0.1, 0.0), utcMinusRaw);
        OscillatorEstimate deceived = sureEstimate(0.0);
        deceived.offset = 0.05;
        QVERIFY(window.halfWidth(deceived, rawAt(0.0)).count() >= 0.05);
    }

    void widthGrowsWithAge()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0), utcMinusRaw);
        const double fresh = window.halfWidth(sureEstimate(0.0), rawAt(0.0)).count();
        const double old = window.halfWidth(sureEstimate(0.0), rawAt(1000.0)).count();
        QVERIFY(near(old - fresh, 0.015, 1e-6)); // PHI, 15 ppm
    }

    void frequencyThatIsNotKnownWidensFaster()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0), utcMinusRaw);
        OscillatorEstimate estimate = sureEstimate(0.0);
        estimate.covariance.frequency = 1e-8; // 100 ppm
        const double old = window.halfWidth(estimate, rawAt(100.0)).count();
        QVERIFY(near(old, 0.001 + 100.0 * (15e-6 + 4e-4), 1e-6));
    }

    // Delays that change sides can teach a filter any frequency, and make it sure of it.
    void frequencyThatTheSamplesDisproveIsNotReliedOn()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0), utcMinusRaw);
        window.add(sampleAt(64.0, 0.0), utcMinusRaw);
        OscillatorEstimate deceived = sureEstimate(64.0);
        deceived.frequency = 250e-6;
        deceived.offset = 0.016; // where that led from the first sample on
        QVERIFY(window.halfWidth(deceived, rawAt(64.0)).count() >= 0.016);
        QVERIFY(window.halfWidth(deceived, rawAt(128.0)).count() >= 0.032); // the truth is still at 0
    }

    void lateSampleDoesNotWiden()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0), utcMinusRaw);
        window.add(sampleAt(2.0, 0.0, 0.3, 0.001), utcMinusRaw);
        QVERIFY(window.halfWidth(sureEstimate(2.0), rawAt(2.0)).count() < 0.0012);
    }

    void sampleInDoubtWidensUntilTheNext()
    {
        TruthWindow window;
        window.add(sampleAt(0.0, 0.0), utcMinusRaw);
        window.doubt(sampleAt(2.0, 10.0), utcMinusRaw);
        QVERIFY(window.halfWidth(sureEstimate(2.0), rawAt(2.0)).count() >= 10.0);
        window.leapt(std::chrono::seconds(1));
        OscillatorEstimate leapt = sureEstimate(2.0);
        leapt.origin += std::chrono::seconds(1);
        QVERIFY(near(window.halfWidth(leapt, rawAt(2.0)).count(), 10.001, 1e-3));
        window.add(sampleAt(4.0, 0.0), utcMinusRaw);
        QVERIFY(window.halfWidth(sureEstimate(4.0), rawAt(4.0)).count() < 0.0012);
    }

    // Whatever was there before, and wherever in the window the next sample would have gone.
    void clearedWindowKnowsOnlyWhatCameAfter()
    {
        TruthWindow window;
        for (int i = 0; i < 5; ++i)
            window.add(sampleAt(i, 0.0), utcMinusRaw);
        window.clear();
        QVERIFY(std::isinf(window.halfWidth(sureEstimate(5.0), rawAt(5.0)).count()));
        window.add(sampleAt(6.0, 0.0, 0.02, 0.02), utcMinusRaw);
        QVERIFY(near(window.halfWidth(sureEstimate(6.0), rawAt(6.0)).count(), 0.02, 1e-6));
    }

    void withoutSamplesNothingIsClaimed()
    {
        QVERIFY(std::isinf(TruthWindow().halfWidth(sureEstimate(0.0), rawAt(0.0)).count()));
    }
};

QTEST_GUILESS_MAIN(TestTruthWindow)
#include "test_truth_window.moc"
