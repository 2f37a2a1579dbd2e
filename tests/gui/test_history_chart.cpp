// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The past as charts show it; with a million points and numbers that are none (FAULTS row 84).

#include "gui/history_buffer.h"
#include "gui/history_chart.h"

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
    void unknownBoundIsNotDrawn();
};

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
