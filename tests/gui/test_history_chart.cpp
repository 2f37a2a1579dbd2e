// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The past as charts show it; with a million points and numbers that are none (FAULTS row 84).

#include "gui/history_buffer.h"
#include "gui/history_chart.h"
#include "gui/history_cursor.h"
#include "gui/history_shape.h"

#include <QTest>

#include <algorithm>
#include <limits>

using namespace foliot;
using namespace foliot::gui;

namespace {

constexpr double range = 600.0;
constexpr quint64 now = 100'000'000'000; // microseconds
constexpr quint64 second = 1'000'000;

bus::ClockSample sample(quint64 time, double offset)
{
    return {.boottimeUSec = time,
        .offsetSeconds = offset,
        .uncertaintySeconds = 0.000'2,
        .boundSeconds = 0.001,
        .jitterSeconds = 0.000'05,
        .frequencyPpm = 0.0};
}

bus::ClockSamples everySecond(quint64 from, quint64 to)
{
    bus::ClockSamples samples;
    for (quint64 time = from; time <= to; time += second)
        samples.append(sample(time, 0.000'01));
    return samples;
}

} // namespace

class TestHistoryChart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void millionPointsBecomeFew();
    void noSpikeIsLost();
    void sameSampleTwiceIsNoNews();
    void orderOfArrivalDoesNotMatter();
    void futureAndForgottenLeaveNoTrace();
    void notANumberLeavesNoTrace();
    void holeEndsTheRun();
    void sparsePollsAreNoHole();
    void chartTakesMillionPoints();
    void chartDrawsOnlyWhenThereIsSomethingNew();
    void chartForgetsWhatTheBufferForgets();
    void axisGrowsWithWhatIsThere();
    void axisDoesNotShrinkWithSparseMeasurements();
    void scaleIsNamedUnlessItIsLinear();
    void unknownBoundIsNotDrawn();
    void lonelySlotIsAsWideAsItIsLong();
    void nothingIsDrawnBeyondTheScale();
    void keysMoveTheCursorFromEndToEnd();
    void cursorOutlivesItsSlot();
};

void TestHistoryChart::lonelySlotIsAsWideAsItIsLong()
{
    HistoryBuffer buffer(range);
    buffer.add(sample(now - 60 * second, 0.000'1), now);
    const RunShape shape =
        shapeOf(buffer.runs().constFirst(), buffer, now, SymlogScale(1e-3, -1.0, 1.0), HistoryQuantity::Offset);
    for (const QList<QPointF>& points : {shape.line, shape.boundAbove, shape.boundBelow, shape.uncertaintyAbove}) {
        QCOMPARE(points.size(), 2);
        QCOMPARE(points.at(1).x() - points.at(0).x(), buffer.slotSeconds());
        QCOMPARE(points.at(1).y(), points.at(0).y());
    }
    QVERIFY(shape.boundAbove.constFirst().y() > shape.uncertaintyAbove.constFirst().y());
    QCOMPARE(shape.boundBelow.constFirst().y(), -shape.boundAbove.constFirst().y());
}

void TestHistoryChart::nothingIsDrawnBeyondTheScale()
{
    HistoryBuffer buffer(range);
    buffer.add(sample(now - 60 * second, 5.0), now);
    const SymlogScale scale(1e-5, -1e-4, 1e-4); // and the bound is a millisecond
    const RunShape shape = shapeOf(buffer.runs().constFirst(), buffer, now, scale, HistoryQuantity::Offset);
    QCOMPARE(shape.line.constFirst().y(), scale.transformed(scale.high()));
    QCOMPARE(shape.boundAbove.constFirst().y(), scale.transformed(scale.high()));
    QCOMPARE(shape.boundBelow.constFirst().y(), scale.transformed(scale.low()));
    QVERIFY(shapeOf(buffer.runs().constFirst(), buffer, now, scale, HistoryQuantity::Jitter).boundAbove.isEmpty());
}

void TestHistoryChart::keysMoveTheCursorFromEndToEnd()
{
    HistoryBuffer buffer(range);
    HistoryCursor cursor;
    cursor.toNewest(&buffer);
    QVERIFY(!cursor.slot(&buffer) && !cursor.move(&buffer, Qt::Key_Left, {})); // nothing to stand at
    buffer.add(everySecond(now - 300 * second, now), now);
    const QList<HistorySlot>& list = buffer.slotList();
    QVERIFY(!cursor.move(&buffer, Qt::Key_Left, {})); // not there before it is asked for
    cursor.toNewest(&buffer);
    const auto at = [&] { return cursor.slot(&buffer) - list.constData(); };
    QCOMPARE(at(), list.size() - 1);
    QVERIFY(cursor.move(&buffer, Qt::Key_Left, {}));
    QCOMPARE(at(), list.size() - 2);
    QVERIFY(cursor.move(&buffer, Qt::Key_Left, Qt::ControlModifier));
    QCOMPARE(at(), list.size() - 22);
    QVERIFY(cursor.move(&buffer, Qt::Key_Right, {}));
    QCOMPARE(at(), list.size() - 21);
    QVERIFY(cursor.move(&buffer, Qt::Key_Home, {}));
    QVERIFY(cursor.move(&buffer, Qt::Key_Left, {})); // no further
    QCOMPARE(at(), 0);
    QVERIFY(cursor.move(&buffer, Qt::Key_End, {}));
    QVERIFY(cursor.move(&buffer, Qt::Key_Right, Qt::ControlModifier));
    QCOMPARE(at(), list.size() - 1);
    QVERIFY(!cursor.move(&buffer, Qt::Key_Up, {})); // somebody else's
    cursor.leave();
    QVERIFY(!cursor.slot(&buffer));
}

void TestHistoryChart::cursorOutlivesItsSlot()
{
    HistoryBuffer buffer(range);
    buffer.add(everySecond(now - 300 * second, now), now);
    HistoryCursor cursor;
    cursor.toNewest(&buffer);
    QVERIFY(cursor.move(&buffer, Qt::Key_Home, {}));
    const quint64 later = now + 400 * second; // the oldest are forgotten
    buffer.add(sample(later, 0.0), later);
    buffer.prune(later);
    QCOMPARE(cursor.slot(&buffer), &buffer.slotList().constFirst());
    buffer.clear();
    QVERIFY(!cursor.slot(&buffer));
}

void TestHistoryChart::millionPointsBecomeFew()
{
    HistoryBuffer buffer(range);
    bus::ClockSamples samples;
    constexpr int count = 1'000'000;
    for (int number = 0; number < count; ++number)
        samples.append(sample(now - static_cast<quint64>(range * 1e6) + static_cast<quint64>(number) * 600U, 0.001));
    buffer.add(samples, now);
    QVERIFY(buffer.slotList().size() <= HistoryBuffer::slotCount + 1);
    QVERIFY(buffer.slotList().size() >= HistoryBuffer::slotCount - 1);
}

void TestHistoryChart::noSpikeIsLost()
{
    HistoryBuffer buffer(7.0 * 86'400.0);
    buffer.add(everySecond(now - 5'000 * second, now), now);
    buffer.add(sample(now - 2'345 * second, -0.7), now);
    const auto lowest = std::ranges::min(buffer.slotList(), {}, &HistorySlot::offsetLow);
    QCOMPARE(lowest.offsetLow, -0.7);
}

void TestHistoryChart::sameSampleTwiceIsNoNews()
{
    HistoryBuffer buffer(range);
    buffer.add(sample(now, 0.1), now);
    const quint64 before = buffer.revision();
    buffer.add(sample(now, 0.1), now);
    QCOMPARE(buffer.revision(), before);
}

void TestHistoryChart::orderOfArrivalDoesNotMatter()
{
    // What is live comes before the past that was asked for.
    bus::ClockSamples samples = everySecond(now - 300 * second, now);
    HistoryBuffer forwards(range);
    forwards.add(samples, now);
    HistoryBuffer backwards(range);
    std::ranges::reverse(samples);
    backwards.add(samples, now);
    QCOMPARE(forwards.slotList(), backwards.slotList());
}

void TestHistoryChart::futureAndForgottenLeaveNoTrace()
{
    HistoryBuffer buffer(range);
    buffer.add(sample(now + 3'600 * second, 0.1), now);
    buffer.add(sample(std::numeric_limits<quint64>::max(), 0.1), now);
    buffer.add(sample(0, 0.1), now);
    buffer.add(sample(now - 601 * second - 2 * second, 0.1), now);
    QCOMPARE(buffer.slotList().size(), 0);
    buffer.add(sample(now, 0.1), now);
    buffer.prune(now + 605 * second);
    QCOMPARE(buffer.slotList().size(), 0);
}

void TestHistoryChart::notANumberLeavesNoTrace()
{
    HistoryBuffer buffer(range);
    buffer.add(sample(now, std::numeric_limits<double>::quiet_NaN()), now);
    buffer.add(sample(now, std::numeric_limits<double>::infinity()), now);
    QCOMPARE(buffer.slotList().size(), 0);
    bus::ClockSample strange = sample(now, 0.1);
    strange.uncertaintySeconds = std::numeric_limits<double>::quiet_NaN();
    buffer.add(sample(now, 0.1), now);
    buffer.add(strange, now);
    // Half known is unknown.
    QVERIFY(!std::isfinite(buffer.slotList().constFirst().uncertainty));
}

void TestHistoryChart::holeEndsTheRun()
{
    HistoryBuffer buffer(range);
    buffer.add(everySecond(now - 500 * second, now - 300 * second), now);
    buffer.add(everySecond(now - 100 * second, now), now);
    QCOMPARE(buffer.runs().size(), 2);
}

void TestHistoryChart::sparsePollsAreNoHole()
{
    HistoryBuffer buffer(3'600.0);
    for (quint64 number = 0; number < 50; ++number)
        buffer.add(sample(now - number * 64 * second, 0.1), now);
    QCOMPARE(buffer.runs().size(), 1);
}

void TestHistoryChart::chartTakesMillionPoints()
{
    HistoryBuffer buffer(range);
    bus::ClockSamples samples;
    for (int number = 0; number < 1'000'000; ++number) {
        samples.append(sample(now - static_cast<quint64>(range * 1e6) + static_cast<quint64>(number) * 600U,
            0.001 * (number % 7) - 0.003));
    }
    buffer.add(samples, now);
    HistoryChart chart(HistoryChart::Quantity::Offset);
    chart.setBuffer(&buffer);
    chart.advance(now);
    // Two for the line and four for the bands, a slot.
    QVERIFY(chart.pointCount() > HistoryBuffer::slotCount);
    QVERIFY(chart.pointCount() <= 6 * (HistoryBuffer::slotCount + 1));
}

void TestHistoryChart::chartDrawsOnlyWhenThereIsSomethingNew()
{
    HistoryBuffer buffer(range);
    buffer.add(everySecond(now - 300 * second, now), now);
    HistoryChart chart(HistoryChart::Quantity::Offset);
    chart.setBuffer(&buffer);
    chart.advance(now);
    const quint64 before = chart.drawings();
    chart.advance(now);
    chart.advance(now + second / 10);
    QCOMPARE(chart.drawings(), before);
    // A slot further: everything moves.
    chart.advance(now + 2 * second);
    QCOMPARE(chart.drawings(), before + 1);
    buffer.add(sample(now + 2 * second, 0.3), now + 2 * second);
    chart.advance(now + 2 * second);
    QCOMPARE(chart.drawings(), before + 2);
}

void TestHistoryChart::chartForgetsWhatTheBufferForgets()
{
    HistoryBuffer buffer(range);
    buffer.add(everySecond(now - 500 * second, now - 300 * second), now);
    buffer.add(everySecond(now - 100 * second, now), now);
    HistoryChart chart(HistoryChart::Quantity::Offset);
    chart.setBuffer(&buffer);
    chart.advance(now);
    QVERIFY(chart.pointCount() > 0);
    buffer.clear();
    chart.advance(now);
    QCOMPARE(chart.pointCount(), 0);
}

void TestHistoryChart::axisGrowsWithWhatIsThere()
{
    HistoryBuffer buffer(range);
    HistoryChart chart(HistoryChart::Quantity::Offset);
    chart.setBuffer(&buffer);
    const auto shownAfter = [&](quint64 seconds) {
        const quint64 time = now + seconds * second;
        buffer.add(sample(time, 0.000'01), time);
        chart.advance(time);
        return chart.shownSeconds();
    };
    QCOMPARE(shownAfter(0), 30.0);
    QCOMPARE(shownAfter(50), 60.0);
    QCOMPARE(shownAfter(80), 90.0);
    QCOMPARE(shownAfter(400), 420.0);
    QCOMPARE(shownAfter(595), range);
    QCOMPARE(shownAfter(2'000), range);
    // Another range begins anew, with what is there.
    HistoryBuffer hour(3'600.0);
    hour.add(everySecond(now, now + 400 * second), now + 2'000 * second);
    chart.setBuffer(&hour);
    QCOMPARE(chart.shownSeconds(), 2'160.0);
    buffer.clear();
    chart.setBuffer(&buffer);
    QCOMPARE(chart.shownSeconds(), 30.0);
}

void TestHistoryChart::axisDoesNotShrinkWithSparseMeasurements()
{
    HistoryBuffer buffer(range);
    HistoryChart chart(HistoryChart::Quantity::Jitter);
    chart.setBuffer(&buffer);
    for (const quint64 seconds : {0U, 256U, 512U})
        buffer.add(sample(now + seconds * second, 0.0), now + 512 * second);
    chart.advance(now + 590 * second);
    QCOMPARE(chart.shownSeconds(), range);
    buffer.prune(now + 650 * second); // what is left is younger than seven minutes
    chart.advance(now + 650 * second);
    QCOMPARE(buffer.slotList().size(), 2);
    QCOMPARE(chart.shownSeconds(), range);
}

void TestHistoryChart::scaleIsNamedUnlessItIsLinear()
{
    HistoryBuffer buffer(range);
    for (bus::ClockSample alike : everySecond(now - 300 * second, now)) {
        alike.offsetSeconds = alike.uncertaintySeconds = alike.boundSeconds;
        buffer.add(alike, now);
    }
    HistoryChart chart(HistoryChart::Quantity::Offset);
    chart.resize(500, 300);
    chart.show();
    chart.setBuffer(&buffer);
    chart.advance(now);
    QCOMPARE(chart.scaleName(), QString());
    buffer.add(sample(now - 301 * second, 0.5), now);
    chart.advance(now);
    QCOMPARE(chart.scaleName(), QStringLiteral("symmetric-logarithmic scale"));
    chart.resize(500, 150);
    QVERIFY2(chart.scaleName().startsWith(QStringLiteral("sym")), qPrintable(chart.scaleName()));
    chart.resize(500, 60);
    QCOMPARE(chart.scaleName(), QString());
}

void TestHistoryChart::unknownBoundIsNotDrawn()
{
    HistoryBuffer buffer(range);
    for (bus::ClockSample unknown : everySecond(now - 100 * second, now)) {
        unknown.boundSeconds = std::numeric_limits<double>::infinity();
        unknown.uncertaintySeconds = std::numeric_limits<double>::infinity();
        buffer.add(unknown, now);
    }
    HistoryChart chart(HistoryChart::Quantity::Offset);
    chart.setBuffer(&buffer);
    chart.advance(now);
    QCOMPARE(chart.pointCount(), buffer.slotList().size());
}

QTEST_MAIN(TestHistoryChart)
#include "test_history_chart.moc"
