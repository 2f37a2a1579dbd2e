// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/oscillator_estimate.h"
#include "sync/path_state.h"

#include <QTest>

using namespace foliot::sync;
using foliot::tests::near;

namespace {

PathState wideState()
{
    PathState state;
    state.mean[PathState::LeastDelay] = 0.001;
    state.covariance[0][0] = 1e-4;
    state.covariance[1][1] = 1e-8;
    state.covariance[2][2] = 1e-8;
    return state;
}

// A packet that went one way, late by an exponential.
void observe(PathState& state, Way way, double observed, double meanDelay)
{
    const Normal before = expected(state, way, 1e-14);
    absorb(state, way, before, observeLate(before, observed, latenessLaw(1, meanDelay)).belief);
}

} // namespace

class TestPathState : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clockPartGrowsAsTheOscillatorEstimateDoes()
    {
        PathState state = wideState();
        state.covariance[0][1] = state.covariance[1][0] = 2e-7;
        const PathState after = grown(state, 1e-8, 0.0, 64.0);
        const Covariance expected = grown(Covariance{.offset = 1e-4, .cross = 2e-7, .frequency = 1e-8}, 1e-8, 64.0);
        QVERIFY(near(after.covariance[0][0], expected.offset, 1e-15));
        QVERIFY(near(after.covariance[0][1], expected.cross, 1e-15));
        QVERIFY(near(after.covariance[1][1], expected.frequency, 1e-20));
        QVERIFY(near(after.covariance[2][2], 1e-8, 1e-20));
    }

    void pathWanderDoublesNothingButTheLeastDelay()
    {
        const PathState after = grown(wideState(), 0.0, 1e-6, 100.0);
        QVERIFY(near(after.covariance[2][2], 1e-8 + 1e-10, 1e-20));
        QVERIFY(near(after.covariance[1][1], 1e-8, 1e-20));
    }

    // A late packet outbound looks like a server ahead; with the way back on time it is recognized as late.
    void latenessOfOneWayIsNotTakenForOffset()
    {
        PathState state = wideState();
        state.covariance[0][0] = 1e-10;
        observe(state, Way::Outbound, 0.001 + 0.005, 1e-4);
        observe(state, Way::Inbound, 0.001 + 1e-5, 1e-4);
        QVERIFY(near(state.mean[PathState::Offset], 0.0, 5e-5));
    }

    void bothWaysOnTimeTellTheOffset()
    {
        PathState state = wideState();
        const double offset = 0.007;
        observe(state, Way::Outbound, offset + 0.001, 1e-6);
        observe(state, Way::Inbound, -offset + 0.001, 1e-6);
        QVERIFY(near(state.mean[PathState::Offset], offset, 3e-6));
        QVERIFY(state.covariance[0][0] < 1e-10);
    }

    void covarianceStaysSymmetricAndPositive()
    {
        PathState state = wideState();
        for (int i = 0; i < 1000; ++i) {
            state = grown(state, 1e-10, 1e-9, 64.0);
            observe(state, Way::Outbound, 0.001 + 1e-5 * (i % 7), 1e-5);
            observe(state, Way::Inbound, 0.001 + 1e-5 * (i % 5), 1e-5);
            for (std::size_t a = 0; a < PathState::size; ++a) {
                QVERIFY(state.covariance[a][a] > 0.0);
                for (std::size_t b = 0; b < a; ++b)
                    QVERIFY(near(state.covariance[a][b], state.covariance[b][a], 1e-30));
            }
        }
    }

    void mixtureHasTheMomentsOfItsParts()
    {
        PathState left = wideState();
        PathState right = wideState();
        left.mean[PathState::Offset] = -0.01;
        right.mean[PathState::Offset] = 0.03;
        PathState mixture;
        addMean(mixture, left, 0.25);
        addMean(mixture, right, 0.75);
        addSpread(mixture, left, 0.25);
        addSpread(mixture, right, 0.75);
        QVERIFY(near(mixture.mean[PathState::Offset], 0.02, 1e-15));
        QVERIFY(near(mixture.mean[PathState::LeastDelay], 0.001, 1e-15));
        QVERIFY(near(mixture.covariance[0][0], 1e-4 + 0.25 * 0.03 * 0.03 + 0.75 * 0.01 * 0.01, 1e-15));
        QVERIFY(near(mixture.covariance[1][1], 1e-8, 1e-20));
    }
};

QTEST_GUILESS_MAIN(TestPathState)
#include "test_path_state.moc"
