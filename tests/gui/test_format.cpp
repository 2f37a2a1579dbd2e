// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/format.h"
#include "gui/plain_text.h"

#include <QLocale>
#include <QRegularExpression>
#include <QTest>

#include <limits>

using namespace foliot::gui;

class TestFormat : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void secondsTakeTheUnitThatFits_data();
    void secondsTakeTheUnitThatFits();
    void whatIsNotFiniteIsADash();
    void limitNeverClaimsLessThanIsKnown();
    void ageIsWholeUnits();
    void tickHasNoNeedlessDigits();
    void numbersFollowTheLocale();
    void controlCharactersAreWrittenOut();
    void longTextIsCut();
    void toolTipShowsMarkupAsText();
    void ampersandIsNoMnemonic();
};

void TestFormat::secondsTakeTheUnitThatFits_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<QString>("text");
    QTest::newRow("nanoseconds") << 0.000'000'412 << "+412 ns";
    QTest::newRow("microseconds") << 0.000'083'04 << "+83.0 µs";
    QTest::newRow("milliseconds, behind") << -0.001'24 << "−1.24 ms";
    QTest::newRow("rounds into the next unit") << 0.000'999'7 << "+1.00 ms";
    QTest::newRow("seconds") << 1.5 << "+1.50 s";
    QTest::newRow("hours") << 11'520.0 << "+3.20 h";
    QTest::newRow("since 1970") << -1.767e9 << "−56.0 years";
}

void TestFormat::secondsTakeTheUnitThatFits()
{
    QFETCH(double, seconds);
    QTEST(Format::seconds(seconds, Format::Sign::Always), "text");
}

void TestFormat::whatIsNotFiniteIsADash()
{
    constexpr double infinity = std::numeric_limits<double>::infinity();
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    for (const double number : {infinity, -infinity, nan}) {
        QCOMPARE(Format::seconds(number), QStringLiteral("—"));
        QCOMPARE(Format::limit(number), QStringLiteral("—"));
        QCOMPARE(Format::age(number), QStringLiteral("—"));
        QCOMPARE(Format::ppm(number), QStringLiteral("—"));
    }
}

void TestFormat::limitNeverClaimsLessThanIsKnown()
{
    QCOMPARE(Format::limit(0.000'831), QStringLiteral("840 µs"));
    QCOMPARE(Format::limit(0.000'83), QStringLiteral("830 µs"));
    QCOMPARE(Format::limit(0.099'1), QStringLiteral("100 ms"));
}

void TestFormat::ageIsWholeUnits()
{
    QCOMPARE(Format::age(0.2), QStringLiteral("0 s"));
    QCOMPARE(Format::age(119.9), QStringLiteral("119 s"));
    QCOMPARE(Format::age(359.0), QStringLiteral("5 min"));
    QCOMPARE(Format::age(3.0 * 86'400.0), QStringLiteral("3 d"));
}

void TestFormat::tickHasNoNeedlessDigits()
{
    QCOMPARE(Format::tick(0.01), QStringLiteral("+10 ms"));
    QCOMPARE(Format::tick(-0.000'002), QStringLiteral("−2 µs"));
    QCOMPARE(Format::tick(0.0), QStringLiteral("0 s"));
}

void TestFormat::numbersFollowTheLocale()
{
    QLocale::setDefault(QLocale(QLocale::German, QLocale::Germany));
    QCOMPARE(Format::seconds(0.001'24), QStringLiteral("1,24 ms"));
    QCOMPARE(Format::ppm(-30.127), QStringLiteral("−30,13 ppm"));
    QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates));
}

void TestFormat::controlCharactersAreWrittenOut()
{
    QCOMPARE(plainText(QStringLiteral("a\nb\x1b[31m\u202Ec")), QStringLiteral("a\\u{a}b\\u{1b}[31m\\u{202e}c"));
    QCOMPARE(plainText(QStringLiteral("zeit.büro.example")), QStringLiteral("zeit.büro.example"));
}

void TestFormat::longTextIsCut()
{
    QCOMPARE(plainText(QString(100'000, QLatin1Char('x')), 10), QStringLiteral("xxxxxxxxxx…"));
}

void TestFormat::toolTipShowsMarkupAsText()
{
    const QString tip = toolTipOf(QStringLiteral("<img src=x>"), {QStringLiteral("<b>bold</b> & more")});
    QVERIFY(!tip.contains(QStringLiteral("<img")));
    QVERIFY(tip.contains(QStringLiteral("&lt;b&gt;bold&lt;/b&gt; &amp; more")));
    QVERIFY(!withoutMarkup(QStringLiteral("<b>a&amp;</b>")).contains(QRegularExpression(QStringLiteral("[<>&]"))));
}

void TestFormat::ampersandIsNoMnemonic()
{
    QCOMPARE(menuText(QStringLiteral("a & b")), QStringLiteral("a && b"));
}

QTEST_GUILESS_MAIN(TestFormat)
#include "test_format.moc"
