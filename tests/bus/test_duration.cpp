// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/duration.h"

#include <QTest>

#include <algorithm>
#include <cmath>
#include <limits>

using namespace Qt::StringLiterals;
using namespace foliot::bus;

class TestDuration : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void threeDigitsInTheUnitThatSuits_data()
    {
        QTest::addColumn<double>("seconds");
        QTest::addColumn<QString>("text");
        const auto row = [](double seconds, const QString& text) {
            QTest::newRow(qPrintable(text + u" of "_s + QString::number(seconds))) << seconds << text;
        };
        row(0.0, u"0 s"_s);
        row(1e-9, u"1.00 ns"_s);
        row(0.4e-9, u"0.40 ns"_s);
        row(12.34e-9, u"12.3 ns"_s);
        row(999.4e-9, u"999 ns"_s);
        row(999.6e-9, u"1.00 µs"_s);
        row(45.67e-6, u"45.7 µs"_s);
        row(-812.3e-6, u"-812 µs"_s);
        row(999.96e-6, u"1.00 ms"_s);
        row(9.996e-3, u"10.0 ms"_s);
        row(99.96e-3, u"100 ms"_s);
        row(0.08, u"80.0 ms"_s);
        row(1.0, u"1.00 s"_s);
        row(-1.5, u"-1.50 s"_s);
        row(119.4, u"119 s"_s);
        row(119.6, u"1.99 min"_s); // 120 s to three digits, hence minutes
        row(120.0, u"2.00 min"_s);
        row(7'200.0, u"2.00 h"_s);
        row(172'800.0, u"2.00 d"_s);
        row(1.6e9, u"18500 d"_s); // 18 518.5 days, three digits of it
        row(std::numeric_limits<double>::infinity(), u"∞"_s);
        row(-std::numeric_limits<double>::infinity(), u"-∞"_s);
        row(std::numeric_limits<double>::quiet_NaN(), u"∞"_s);
    }
    void threeDigitsInTheUnitThatSuits()
    {
        QFETCH(const double, seconds);
        QFETCH(const QString, text);
        QCOMPARE(durationText(seconds), text);
    }

    void anEstimateKeepsTheDigitsThatItsUncertaintyLeavesIt_data()
    {
        QTest::addColumn<double>("estimate");
        QTest::addColumn<double>("uncertainty");
        QTest::addColumn<double>("meaningful");
        QTest::newRow("nothing of it") << -0.42e-9 << 320e-6 << 0.0;
        QTest::newRow("to the microsecond") << 28.4e-6 << 190e-6 << 28e-6;
        QTest::newRow("to ten nanoseconds") << 1.2345e-6 << 9.9e-6 << 1.23e-6;
        QTest::newRow("larger than its uncertainty") << -0.0812345 << 1e-3 << -0.08123;
        QTest::newRow("the largest") << std::numeric_limits<double>::max() << std::numeric_limits<double>::max()
                                     << std::numeric_limits<double>::max();
        QTest::newRow("the smallest uncertainty") << 1.5 << std::numeric_limits<double>::denorm_min() << 1.5;
        QTest::newRow("certain") << 1.23456e-9 << 0.0 << 1.23456e-9;
        QTest::newRow("no uncertainty is known") << 1.23456e-9 << std::numeric_limits<double>::infinity() << 1.23456e-9;
    }
    void anEstimateKeepsTheDigitsThatItsUncertaintyLeavesIt()
    {
        QFETCH(const double, estimate);
        QFETCH(const double, uncertainty);
        QFETCH(const double, meaningful);
        const double result = foliot::bus::meaningful(estimate, uncertainty);
        QVERIFY2(std::abs(result - meaningful) <= 1e-15 * std::max(1.0, std::abs(meaningful)),
            qPrintable(QString::number(result)));
        QVERIFY(!std::signbit(result) || result < 0.0);
    }

    void signIsShownWhenWanted()
    {
        QCOMPARE(durationText(0.0015, Sign::Always), u"+1.50 ms"_s);
        QCOMPARE(durationText(-0.0015, Sign::Always), u"-1.50 ms"_s);
        QCOMPARE(durationText(0.0, Sign::Always), u"+0 s"_s);
    }

    void boundsAreNeverUnderstated()
    {
        QCOMPARE(boundText(0.000812), u"820 µs"_s);
        QCOMPARE(boundText(0.00079), u"790 µs"_s);
        QCOMPARE(boundText(0.0012), u"1.2 ms"_s); // 1.2 ms in binary is a little more or less; shown as meant
        QCOMPARE(boundText(0.00120001), u"1.3 ms"_s);
        QCOMPARE(boundText(0.000991), u"1.0 ms"_s);
        QCOMPARE(boundText(0.0995), u"100 ms"_s);
        QCOMPARE(boundText(std::numeric_limits<double>::infinity()), u"∞"_s);
        for (double seconds = 1e-9; seconds < 1e6; seconds *= 1.037) {
            const ScaledDuration shown = scaled(seconds, 2, Rounding::AwayFromZero);
            static constexpr double units[] = {1e-9, 1e-6, 1e-3, 1.0, 60.0, 3'600.0, 86'400.0};
            const double said = shown.value * units[static_cast<int>(shown.unit)];
            QVERIFY2(said >= seconds * (1.0 - 1e-9) && said <= seconds * 1.11, qPrintable(boundText(seconds)));
        }
    }

    void agesAreWholeUnits()
    {
        QCOMPARE(ageText(0.0), u"0 s"_s);
        QCOMPARE(ageText(12.9), u"12 s"_s);
        QCOMPARE(ageText(119.0), u"119 s"_s);
        QCOMPARE(ageText(179.0), u"2 min"_s);
        QCOMPARE(ageText(7'300.0), u"2 h"_s);
        QCOMPARE(ageText(200'000.0), u"2 d"_s);
        QCOMPARE(ageText(-3.0), u"0 s"_s);
        QCOMPARE(ageText(std::numeric_limits<double>::infinity()), u"∞"_s);
    }

    void localeWritesTheNumber()
    {
        QCOMPARE(durationText(0.0015, Sign::WhenNegative, QLocale(QLocale::German)), u"1,50 ms"_s);
    }
};

QTEST_GUILESS_MAIN(TestDuration)
#include "test_duration.moc"
