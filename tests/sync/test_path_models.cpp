// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/path_models.h"

#include <QTest>

#include <cmath>

using namespace foliot::sync;
using namespace foliot::tests;

namespace {

struct Jitter {
    double there = 0.0; // mean of one exponential
    double back = 0.0;
    int exponentials = 1;
};

struct Found {
    double rms = 0.0;          // of the offset's error, by the last packets
    double outsideShare = 0.0; // how often the error was beyond the reach
    double deviationThere = 0.0;
    double deviationBack = 0.0;
};

// A perfect oscillator asked 800 times at 64 s over a path of 1 ms each way.
Found run(const Jitter& jitter, std::uint64_t seed)
{
    Random random(seed);
    PathState start;
    start.mean[PathState::LeastDelay] = 0.001;
    start.covariance[0][0] = 1e-6;
    start.covariance[1][1] = 1e-14;
    start.covariance[2][2] = 1e-8;
    PathModels models(start, 1e-4);
    const auto late = [&](double mean) {
        double sum = 0.0;
        for (int i = 0; i < jitter.exponentials; ++i)
            sum += mean * random.exponential();
        return sum;
    };
    Found found;
    const int settled = 200;
    const int packets = 800;
    for (int i = 0; i < packets; ++i) {
        models.advance(64.0, 1e-9);
        models.observe(0.001 + late(jitter.there), 0.001 + late(jitter.back), 1e-14);
        if (i < settled)
            continue;
        const PathState& state = models.state();
        const double error = state.mean[PathState::Offset];
        found.rms += error * error / (packets - settled);
        const double reach = models.reachAfter(0.0, 0.001) * std::sqrt(state.covariance[0][0]);
        found.outsideShare += std::abs(error) > reach ? 1.0 / (packets - settled) : 0.0;
    }
    found.rms = std::sqrt(found.rms);
    found.deviationThere = models.latenessDeviation(Way::Outbound);
    found.deviationBack = models.latenessDeviation(Way::Inbound);
    return found;
}

} // namespace

class TestPathModels : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void jitterOfEachWayIsLearnt()
    {
        const Found found = run({.there = 1e-4, .back = 1e-5}, 1);
        QVERIFY(found.deviationThere > 5e-5 && found.deviationThere < 2e-4);
        QVERIFY(found.deviationBack > 5e-6 && found.deviationBack < 2e-5);
    }

    // The mean of the midpoints would be off by half the jitter, 50 us.
    void jitterOnOneWayIsNoOffset()
    {
        for (const std::uint64_t seed : {1U, 2U, 3U})
            QVERIFY(run({.there = 1e-4}, seed).rms < 2e-6);
    }

    // Ten exponentials in a row are nearly normal. The mean of 600 midpoints is good to 1.3 us, the best of exponentials
    // of the same deviation would be far off.
    void roundJitterIsAveraged()
    {
        for (const std::uint64_t seed : {1U, 2U, 3U})
            QVERIFY(run({.there = 1e-5, .back = 1e-5, .exponentials = 10}, seed).rms < 8e-6);
    }

    void reachHoldsTheErrorForAnyLaw()
    {
        for (const int exponentials : {1, 2, 4, 10}) {
            for (const std::uint64_t seed : {1U, 2U, 3U}) {
                const double mean = 1e-4 / exponentials;
                QVERIFY(run({.there = mean, .back = mean, .exponentials = exponentials}, seed).outsideShare < 0.02);
            }
        }
    }

    void packetsCanBeLateButNotEarly()
    {
        PathState start;
        start.mean[PathState::LeastDelay] = 0.001;
        start.covariance[0][0] = 1e-10;
        start.covariance[1][1] = 1e-16;
        start.covariance[2][2] = 1e-12;
        const PathModels models(start, 1e-5);
        QVERIFY(!models.isTooEarly(64.0, 0.001, 0.5, 1e-14));
        QVERIFY(models.isTooEarly(64.0, -0.01, 0.001, 1e-14));
        QVERIFY(models.isTooEarly(64.0, 0.001, -0.01, 1e-14));
    }
};

QTEST_GUILESS_MAIN(TestPathModels)
#include "test_path_models.moc"
