// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/symlog_scale.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace foliot::gui;

namespace {

// Four that agree within a millisecond.
QList<OffsetRange> near()
{
    return {{-0.000'8, 0.000'9}, {-0.001'0, 0.001'1}, {-0.000'7, 0.000'9}, {-0.001'2, 0.000'8}};
}

QList<OffsetRange> with(const OffsetRange& other)
{
    QList<OffsetRange> ranges = near();
    ranges.append(other);
    return ranges;
}

// The part of the width that the near ones take.
double shareOfNear(const SymlogScale& scale)
{
    return scale.position(0.000'9) - scale.position(-0.000'8);
}

} // namespace

class TestSymlogScale : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void orderIsKept();
    void everythingNearIsInside();
    void sourcesOfASizeAreDrawnLinearly();
    void liarIsInsideAndSqueezesNobody();
    void liarFarAwayIsLeftToTheEdge();
    void scaleStaysWhileItFits();
    void scaleFollowsWhenItDoesNotFit();
    void notANumberIsNoRange();
    void ticksAreRoundAndKeepTheirDistance();
    void hoursAreTickedInHours();
};

void TestSymlogScale::orderIsKept()
{
    const SymlogScale scale(0.000'2, -0.05, 0.05);
    const QList<double> offsets{-1e9, -1.0, -0.01, -1e-6, 0.0, 1e-9, 0.000'2, 0.04, 86'400.0};
    QVERIFY(std::ranges::is_sorted(offsets, {}, [&](double offset) { return scale.position(offset); }));
    QCOMPARE(scale.position(-0.05), 0.0);
    QCOMPARE(scale.position(0.05), 1.0);
}

void TestSymlogScale::everythingNearIsInside()
{
    const SymlogScale scale = scaleFor(near(), std::nullopt);
    QVERIFY(scale.low() < -0.001'2);
    QVERIFY(scale.high() > 0.001'1);
    QVERIFY(scale.position(0.0) > 0.2 && scale.position(0.0) < 0.8);
}

void TestSymlogScale::sourcesOfASizeAreDrawnLinearly()
{
    const SymlogScale scale = scaleFor(near(), std::nullopt);
    const double half = scale.position(0.000'5) - scale.position(0.0);
    const double whole = scale.position(0.001) - scale.position(0.0);
    QVERIFY(std::abs(whole / half - 2.0) < 0.05);
}

void TestSymlogScale::liarIsInsideAndSqueezesNobody()
{
    const SymlogScale scale = scaleFor(with({0.039, 0.041}), std::nullopt);
    QVERIFY(scale.high() >= 0.041);
    QVERIFY(scale.position(0.039) > scale.position(0.001) + 0.1);
    // On a linear scale they would have 3 % of the width.
    QVERIFY2(shareOfNear(scale) > 0.25, qPrintable(QString::number(shareOfNear(scale))));
}

void TestSymlogScale::liarFarAwayIsLeftToTheEdge()
{
    const SymlogScale scale = scaleFor(with({86'400.0, 86'401.0}), std::nullopt);
    QVERIFY(scale.position(86'400.0) > 1.0);
    QVERIFY(shareOfNear(scale) > 0.5);
}

void TestSymlogScale::scaleStaysWhileItFits()
{
    const SymlogScale first = scaleFor(near(), std::nullopt);
    QList<OffsetRange> moved = near();
    for (OffsetRange& range : moved) {
        range.low *= 0.9;
        range.high *= 0.95;
    }
    QCOMPARE(scaleFor(moved, first), first);
}

void TestSymlogScale::scaleFollowsWhenItDoesNotFit()
{
    const SymlogScale first = scaleFor(near(), std::nullopt);
    const SymlogScale second = scaleFor(with({0.039, 0.041}), first);
    QVERIFY(second.high() >= 0.041);
    const SymlogScale third = scaleFor(near(), second);
    QVERIFY(third.high() < 0.01);
}

void TestSymlogScale::notANumberIsNoRange()
{
    constexpr double nan = std::numeric_limits<double>::quiet_NaN();
    constexpr double infinity = std::numeric_limits<double>::infinity();
    QList<OffsetRange> ranges = near();
    ranges << OffsetRange{nan, nan} << OffsetRange{-infinity, infinity} << OffsetRange{1.0, -1.0};
    QCOMPARE(scaleFor(ranges, std::nullopt), scaleFor(near(), std::nullopt));
    QCOMPARE(scaleFor({}, std::nullopt), SymlogScale());
}

void TestSymlogScale::ticksAreRoundAndKeepTheirDistance()
{
    const SymlogScale scale(0.000'2, -0.05, 0.05);
    const QList<double> ticks = scale.ticks(0.1);
    QVERIFY(ticks.contains(0.0));
    QVERIFY(std::ranges::any_of(ticks, [](double tick) { return std::abs(tick - 0.01) < 1e-12; }));
    QVERIFY(std::ranges::is_sorted(ticks));
    for (qsizetype place = 1; place < ticks.size(); ++place)
        QVERIFY(scale.position(ticks.at(place)) - scale.position(ticks.at(place - 1)) >= 0.1);
}

void TestSymlogScale::hoursAreTickedInHours()
{
    const SymlogScale scale(40'000.0, -20'000.0, 20'000.0);
    const QList<double> ticks = scale.ticks(0.05);
    QVERIFY(ticks.contains(3'600.0));
    QVERIFY(!ticks.contains(10'000.0));
}

QTEST_APPLESS_MAIN(TestSymlogScale)
#include "test_symlog_scale.moc"
