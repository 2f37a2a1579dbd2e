// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pretended network: what it draws has the law that the configuration says.

#include "daemon/server/simulated_path.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

class TestSimulatedPath : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nothingSetIsNoPath();
    void jitterIsExponentialAboveTheDelay();
    void lossIsTheShareSet();
    void sameSeedDrawsTheSame();
};

void TestSimulatedPath::nothingSetIsNoPath()
{
    QVERIFY(!SimulatedPath(config::Simulation{}).isPresent());
    QVERIFY(SimulatedPath(config::Simulation{.loss = 0.1}).isPresent());
}

void TestSimulatedPath::jitterIsExponentialAboveTheDelay()
{
    SimulatedPath path(config::Simulation{.pathDelay = 10ms, .pathJitter = 2ms, .seed = 7});
    constexpr int draws = 20'000;
    Seconds sum{};
    int beyondMean = 0;
    Nanoseconds least = 1h;
    for (int i = 0; i < draws; ++i) {
        const auto delay = path.oneWayDelay();
        least = std::min(least, delay);
        sum += delay;
        beyondMean += delay > 12ms ? 1 : 0;
    }
    QVERIFY(least >= 10ms && least < 10'010us);
    // Mean 2 ms over the delay, standard error 2 ms / sqrt(20000) = 14 us; four of them.
    QVERIFY(std::abs(sum.count() / draws - 0.012) < 57e-6);
    // An exponential is beyond its mean with probability 1/e = 0.368, standard error 0.0034.
    QVERIFY(std::abs(double(beyondMean) / draws - std::exp(-1.0)) < 0.014);
}

void TestSimulatedPath::lossIsTheShareSet()
{
    SimulatedPath path(config::Simulation{.loss = 0.3, .seed = 9});
    int lost = 0;
    for (int i = 0; i < 10'000; ++i)
        lost += path.losesRequest() ? 1 : 0;
    QVERIFY(std::abs(lost - 3000) < 184); // four standard deviations of a binomial
}

void TestSimulatedPath::sameSeedDrawsTheSame()
{
    SimulatedPath one(config::Simulation{.pathJitter = 1ms, .seed = 3});
    SimulatedPath same(config::Simulation{.pathJitter = 1ms, .seed = 3});
    SimulatedPath other(config::Simulation{.pathJitter = 1ms, .seed = 4});
    const auto first = one.oneWayDelay();
    QVERIFY(first == same.oneWayDelay());
    QVERIFY(first != other.oneWayDelay());
}

QTEST_GUILESS_MAIN(TestSimulatedPath)
#include "test_simulated_path.moc"
