// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/path_watch.h"

#include <QTest>

using namespace foliot::sync;
using namespace foliot::tests;

namespace {

constexpr double usual = 1e-4; // both ways together

Ways jittered(Random& random, const Ways& longer, double mean = usual / 2.0)
{
    return {.outbound = longer.outbound + mean * random.exponential(),
        .inbound = longer.inbound + mean * random.exponential()};
}

} // namespace

class TestPathWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void detourOnOneWayIsTold()
    {
        Random random(1);
        PathWatch watch;
        for (int i = 0; i < 8; ++i) {
            QVERIFY(!watch.longer(usual));
            watch.onTime(jittered(random, {.outbound = 0.005}));
        }
        const auto longer = watch.longer(usual);
        QVERIFY(longer.has_value());
        QVERIFY(near(longer->outbound, 0.005, 5e-5));
        QVERIFY(near(longer->inbound, 0.0, 5e-5));
    }

    void congestionIsNoDetour()
    {
        Random random(2);
        PathWatch watch;
        for (int i = 0; i < 20'000; ++i) {
            watch.onTime(jittered(random, {}, 0.01));
            QVERIFY(!watch.longer(usual));
        }
    }

    void jitterIsNoDetour()
    {
        Random random(3);
        PathWatch watch;
        for (int i = 0; i < 20'000; ++i) {
            watch.onTime(jittered(random, {}));
            QVERIFY(!watch.longer(usual));
        }
    }

    void shortcutIsToldAfterFourPackets()
    {
        Random random(4);
        PathWatch watch;
        for (int i = 0; i < 4; ++i) {
            QVERIFY(!watch.isEarlyForGood());
            watch.early(jittered(random, {.outbound = -0.003, .inbound = -0.001}));
        }
        const auto shorter = watch.shorter();
        QVERIFY(shorter.has_value());
        QVERIFY(near(shorter->outbound, -0.003, 5e-5));
        QVERIFY(near(shorter->inbound, -0.001, 5e-5));
    }

    void quickerThereAndBackThanItsPathIsShorter()
    {
        QVERIFY(PathWatch::isShorter({.outbound = 1e-5, .inbound = -9e-4}, usual));
        QVERIFY(!PathWatch::isShorter({.outbound = 9e-4, .inbound = -9e-4}, usual)); // another time
        QVERIFY(
            !PathWatch::isShorter({.outbound = 1e-5, .inbound = -2e-4}, usual)); // the least delay is not known better
    }

    void serverThatWasSetIsNoShortcut()
    {
        Random random(5);
        PathWatch watch;
        for (int i = 0; i < 4; ++i)
            watch.early(jittered(random, {.outbound = -0.5, .inbound = 0.5}));
        QVERIFY(watch.isEarlyForGood());
        QVERIFY(!watch.shorter());
    }

    void onePacketOnTimeEndsTheRowOfEarlyOnes()
    {
        PathWatch watch;
        for (int i = 0; i < 3; ++i)
            watch.early({.outbound = -0.003});
        watch.onTime({});
        watch.early({.outbound = -0.003});
        QVERIFY(!watch.isEarlyForGood());
    }
};

QTEST_GUILESS_MAIN(TestPathWatch)
#include "test_path_watch.moc"
