// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/mixture_tail.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace foliot::sync;
using foliot::tests::near;

class TestMixtureTail : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // 3.2905 and 1.9600: tables of the normal distribution.
    void oneNormalLawReachesAsTheTablesSay()
    {
        const std::array parts{NormalPart{.share = 1.0, .mean = 0.0, .deviation = 2e-6}};
        QVERIFY(near(reach(parts, 0.001), 3.2905 * 2e-6, 1e-8));
        QVERIFY(near(reach(parts, 0.05), 1.9600 * 2e-6, 1e-8));
    }

    // One part in a hundred, ten times as wide: all of the tail is its own, P(|x| > 1.6449 * 10) = 0.1 of a hundredth.
    void smallWidePartRulesTheTail()
    {
        const std::array parts{NormalPart{.share = 0.99, .mean = 0.0, .deviation = 1.0},
            NormalPart{.share = 0.01, .mean = 0.0, .deviation = 10.0}};
        QVERIFY(near(reach(parts, 0.001), 16.449, 0.02));
    }

    void partOffTheCentreCountsWithItsDistance()
    {
        const std::array parts{NormalPart{.share = 1.0, .mean = 5.0, .deviation = 1.0}};
        QVERIFY(near(reach(parts, 0.001), 5.0 + 3.0902, 0.01)); // one tail alone
        const std::array twins{NormalPart{.share = 0.5, .mean = 5.0, .deviation = 1e-3},
            NormalPart{.share = 0.5, .mean = -5.0, .deviation = 1e-3}};
        QVERIFY(near(reach(twins, 0.001), 5.0 + 3.0902e-3, 1e-4));
    }

    void minuteSharesNeitherHangNorReach()
    {
        const std::array parts{NormalPart{.share = 1.0, .mean = 0.0, .deviation = 1e-9},
            NormalPart{.share = 1e-5, .mean = 0.0, .deviation = 1e3}};
        QVERIFY(near(reach(parts, 0.001), 3.31e-9, 5e-11));
    }
};

QTEST_GUILESS_MAIN(TestMixtureTail)
#include "test_mixture_tail.moc"
