// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The reference identifier of a smeared leap second. Known answers: those of ntpd's own test of it (refidsmear.c, 4.2.8p18).

#include "ntp/smear.h"

#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::ntp;
using namespace std::chrono_literals;

class TestSmear : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void identifierIsTheOneOfNtpd_data()
    {
        QTest::addColumn<quint32>("referenceId");
        QTest::addColumn<double>("offset"); // to 8 digits there
        QTest::newRow("-2") << 0xfe800000U << -2.0;
        QTest::newRow("-1.99999976") << 0xfe800001U << -1.99999976;
        QTest::newRow("-1.75000024") << 0xfe8fffffU << -1.75000024;
        QTest::newRow("-0.25") << 0xfef00000U << -0.25;
        QTest::newRow("-0.00000024") << 0xfeffffffU << -0.00000024;
        QTest::newRow("0") << 0xfe000000U << 0.0;
        QTest::newRow("0.00000024") << 0xfe000001U << 0.00000024;
        QTest::newRow("0.5") << 0xfe200000U << 0.5;
        QTest::newRow("1.99999976") << 0xfe7fffffU << 1.99999976;
    }
    void identifierIsTheOneOfNtpd()
    {
        QFETCH(const quint32, referenceId);
        QFETCH(const double, offset);
        QVERIFY(std::abs(smearOf(referenceId)->count() - offset) < 1e-8);
        QCOMPARE(smearReferenceId(Seconds{offset}), referenceId);
    }

    void otherIdentifiersAreNone()
    {
        QVERIFY(!smearOf(0xC0000201));
        QVERIFY(!smearOf(0xFD000000));
        QVERIFY(!smearOf(0xFF000000));
        QVERIFY(!smearOf(0));
    }

    void tooMuchIsTheMost()
    {
        QCOMPARE(smearReferenceId(Seconds{3.0}), 0xfe7fffffU);
        QCOMPARE(smearReferenceId(Seconds{-3.0}), 0xfe800000U);
    }

    void daysAroundTheEndOfAHalfYearMayHaveOne_data()
    {
        QTest::addColumn<std::chrono::sys_days>("date");
        QTest::addColumn<bool>("may");
        const auto day = [](auto date) { return std::chrono::sys_days(date); };
        QTest::newRow("the day before") << day(2026y / 6 / 29) << false;
        QTest::newRow("June") << day(2026y / 6 / 30) << true;
        QTest::newRow("July") << day(2026y / 7 / 1) << true;
        QTest::newRow("the day after") << day(2026y / 7 / 2) << false;
        QTest::newRow("December") << day(2026y / 12 / 31) << true;
        QTest::newRow("January") << day(2027y / 1 / 1) << true;
        QTest::newRow("March") << day(2026y / 3 / 31) << false;
        QTest::newRow("October") << day(2026y / 10 / 1) << false;
    }
    void daysAroundTheEndOfAHalfYearMayHaveOne()
    {
        QFETCH(const std::chrono::sys_days, date);
        QFETCH(const bool, may);
        QCOMPARE(maySmearAt(RealTime{date.time_since_epoch()}), may);
        QCOMPARE(maySmearAt(RealTime{date.time_since_epoch() + 24h - 1ns}), may);
    }
};

QTEST_APPLESS_MAIN(TestSmear)
#include "test_smear.moc"
