// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/system_estimate.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using foliot::tests::near;

namespace {

constexpr double noticeable = 1e-9; // s

// Of one source that is asked each 64 s, its offset known for certain and its frequency to 0.1 ppm.
Combination knownOffset()
{
    Combination combination{.rootDistance = Seconds(1.0)};
    combination.estimate.covariance.frequency = 1e-14;
    combination.estimate.horizon = 64.0;
    combination.estimate.reach = 3.29;
    return combination;
}

// What is claimed so many seconds after the packet.
double claimed(const Combination& combination, int seconds)
{
    const std::chrono::seconds age(seconds);
    const Now now{
        .raw = combination.estimate.at + age, .real = RealTime(combination.estimate.at.time_since_epoch() + age)};
    return estimateAt(combination, now).uncertainty.count();
}

} // namespace

class TestSystemEstimate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 0.4 of the deviation half an interval later, 32 s of 0.1 ppm.
    void noEstimateIsAsSureAsItThinksRightAfterAPacket()
    {
        QVERIFY(near(claimed(knownOffset(), 0), 3.29 * 0.4 * 3.2e-6, noticeable));
    }

    // By 0.1 ppm, times 1.2; beyond two intervals times 1.4.
    void doubtOfTheFrequencyReachesFartherInGaps()
    {
        QVERIFY(near(claimed(knownOffset(), 100), 3.29 * std::hypot(1.2 * 10.0e-6, 0.4 * 3.2e-6), noticeable));
        QVERIFY(near(claimed(knownOffset(), 1000), 3.29 * std::hypot(1.4 * 100.0e-6, 0.4 * 3.2e-6), noticeable));
    }

    // 1e-8 per root of a second makes 183 us of 1000 s.
    void wanderIsAsUsualInGaps()
    {
        Combination calm = knownOffset();
        calm.estimate.gapWander = 1e-8;
        QVERIFY(near(claimed(calm, 100), claimed(knownOffset(), 100), noticeable));
        QVERIFY(near(claimed(calm, 1000), 3.29 * std::hypot(1.4 * 100.0e-6, 0.4 * 3.2e-6, 1e-8 * std::sqrt(1e9 / 3.0)),
            noticeable));
    }

    void whatIsLikelyIsNeverMoreThanWhatIsPossible()
    {
        Combination close = knownOffset();
        close.rootDistance = Seconds(1e-6);
        const Now now{};
        const SystemEstimate estimate = estimateAt(close, now);
        QVERIFY(estimate.uncertainty <= estimate.bound);
        QVERIFY(near(estimate.bound.count(), 1e-6, noticeable));
    }
};

QTEST_GUILESS_MAIN(TestSystemEstimate)
#include "test_system_estimate.moc"
