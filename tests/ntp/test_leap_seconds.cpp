// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a list of leap seconds says of a day. The first four leap seconds and the last are those of IERS Bulletin C; one that
// is left out there never was.

#include "ntp/leap_seconds.h"

#include <QTest>

using namespace foliot;
using namespace foliot::ntp;
using namespace std::chrono_literals;

namespace {

RealTime utc(std::chrono::sys_days day, Nanoseconds time = 0ns)
{
    return RealTime{day.time_since_epoch() + time};
}

LeapSeconds list()
{
    return {.changes = {{.day = 1972y / 1 / 1, .taiMinusUtc = 10}, {.day = 1972y / 7 / 1, .taiMinusUtc = 11},
                {.day = 2017y / 1 / 1, .taiMinusUtc = 12}, {.day = 2030y / 7 / 1, .taiMinusUtc = 11}},
        .expires = utc(2030y / 12 / 28)};
}

} // namespace

class TestLeapSeconds : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void dayBeforeAChangeEndsWithALeapSecond_data()
    {
        QTest::addColumn<std::chrono::sys_days>("date");
        QTest::addColumn<LeapIndicator>("leap");
        const auto row = [](const char* name, auto date, LeapIndicator leap) {
            QTest::newRow(name) << std::chrono::sys_days(date) << leap;
        };
        row("inserted", 1972y / 6 / 30, LeapIndicator::InsertSecond);
        row("the day before", 1972y / 6 / 29, LeapIndicator::None);
        row("the day after", 1972y / 7 / 1, LeapIndicator::None);
        row("inserted at the end of a year", 2016y / 12 / 31, LeapIndicator::InsertSecond);
        row("left out", 2030y / 6 / 30, LeapIndicator::DeleteSecond);
        row("what was before the list is not known", 1971y / 12 / 31, LeapIndicator::None);
        row("what is after it neither", 2030y / 12 / 31, LeapIndicator::None);
    }
    void dayBeforeAChangeEndsWithALeapSecond()
    {
        QFETCH(const std::chrono::sys_days, date);
        QTEST(list().atEndOf(date), "leap");
    }

    void listCoversTheDaysThatEndBeforeItExpires()
    {
        QVERIFY(list().covers(2016y / 12 / 31));
        QVERIFY(list().covers(2030y / 12 / 27));
        QVERIFY(!list().covers(2030y / 12 / 28));
        QVERIFY(!list().covers(2030y / 12 / 31));
        QVERIFY(!LeapSeconds{}.covers(2026y / 6 / 30));
    }

    void taiIsAheadByTheLastChange()
    {
        QVERIFY(!list().taiMinusUtcAt(utc(1971y / 12 / 31)));
        QCOMPARE(list().taiMinusUtcAt(utc(1972y / 1 / 1)), 10);
        QCOMPARE(list().taiMinusUtcAt(utc(1972y / 7 / 1) - 1ns), 10);
        QCOMPARE(list().taiMinusUtcAt(utc(1972y / 7 / 1)), 11);
        QCOMPARE(list().taiMinusUtcAt(utc(2026y / 11 / 28, 20h)), 12);
        QCOMPARE(list().taiMinusUtcAt(utc(2040y / 1 / 1)), 11); // the best that is known
        QVERIFY(!LeapSeconds{}.taiMinusUtcAt(utc(2026y / 1 / 1)));
    }
};

QTEST_APPLESS_MAIN(TestLeapSeconds)
#include "test_leap_seconds.moc"
