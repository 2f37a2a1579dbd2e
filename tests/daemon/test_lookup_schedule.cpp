// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The pauses between lookups of a name, without waiting for any.

#include "daemon/lookup_schedule.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

class TestLookupSchedule : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void pausesDoubleUpToALongest_data()
    {
        QTest::addColumn<bool>("hasAddress");
        QTest::addColumn<int>("first"); // seconds
        QTest::newRow("a name without any address") << false << 2;
        QTest::newRow("a pool that could have more members") << true << 64;
    }
    void pausesDoubleUpToALongest()
    {
        QFETCH(const bool, hasAddress);
        QFETCH(const int, first);
        LookupSchedule schedule;
        std::chrono::seconds expected(first);
        for (int pause = 0; pause < 40; ++pause) {
            schedule.pause(hasAddress);
            QCOMPARE(schedule.lastPause(), expected);
            expected = std::min<std::chrono::seconds>(2 * expected, 1024s);
        }
        QCOMPARE(schedule.lastPause(), 1024s);
        schedule.broughtSomethingNew();
        schedule.pause(hasAddress);
        QCOMPARE(schedule.lastPause(), std::chrono::seconds(first));
    }

    void pausesBeginAnewOnceAMinute()
    {
        LookupSchedule schedule;
        for (int pause = 0; pause < 5; ++pause)
            schedule.pause(false);
        QVERIFY(schedule.beginAnew(RawTime(100s)));
        schedule.pause(false);
        QCOMPARE(schedule.lastPause(), 2s);
        QVERIFY(!schedule.beginAnew(RawTime(163s)));
        schedule.pause(false);
        QCOMPARE(schedule.lastPause(), 4s);
        QVERIFY(schedule.beginAnew(RawTime(164s)));
    }

    void lookupEndsThePauseBeforeIt()
    {
        LookupSchedule schedule;
        schedule.pause(false);
        QVERIFY(schedule.isPausing() && !schedule.isUnderWay());
        schedule.begun();
        QVERIFY(!schedule.isPausing() && schedule.isUnderWay());
        schedule.ended();
        QVERIFY(!schedule.isPausing() && !schedule.isUnderWay());
    }
};

QTEST_GUILESS_MAIN(TestLookupSchedule)
#include "test_lookup_schedule.moc"
