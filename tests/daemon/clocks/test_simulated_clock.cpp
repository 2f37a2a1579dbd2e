// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_reading.h"
#include "daemon/clocks/simulated_clock.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/timex.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds tolerance = 5ms; // somebody may be slewing this machine; the test is over in a moment

bool isNear(Nanoseconds value, Nanoseconds expected)
{
    return value - expected <= tolerance && expected - value <= tolerance;
}

Nanoseconds aheadOfTheMachine(SimulatedClock& clock)
{
    return clock.now().real - readMachine().now.real;
}

} // namespace

class TestSimulatedClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clockIsAsWrongAsItIsSet()
    {
        SimulatedClock clock({.offset = 80ms});
        QVERIFY(isNear(aheadOfTheMachine(clock), 80ms));
        QVERIFY(clock.canSteer());
    }

    void stampOfAPacketLiesBetweenTheReadingsAroundIt()
    {
        SimulatedClock clock({.offset = -5s, .frequencyPpm = 300.0});
        const auto before = clock.now();
        const auto packet = readMachine().now.real;
        const auto stamp = clock.stamp({.real = packet, .origin = StampOrigin::Kernel});
        const auto after = clock.now();
        QVERIFY(stamp.has_value());
        QVERIFY(before.raw <= stamp->raw + stamp->error && stamp->raw <= after.raw + stamp->error);
        QVERIFY(before.real <= stamp->real + stamp->error && stamp->real <= after.real + stamp->error);
        QVERIFY(stamp->origin == StampOrigin::Kernel);
        QVERIFY(stamp->error < 1ms);
    }

    void stampTakenBeforeAStepKeepsItsTime()
    {
        SimulatedClock clock({});
        clock.now();
        const auto packet = readMachine().now.real;
        clock.step({.offset = 1h});
        const auto stamp = clock.stamp({.real = packet});
        QVERIFY(stamp.has_value());
        QVERIFY(isNear(stamp->real - packet, 0s));
        QVERIFY(isNear(aheadOfTheMachine(clock), 1h));
    }

    void stampOfAnotherTimeIsRefused()
    {
        SimulatedClock clock({});
        QVERIFY(!clock.stamp({.real = readMachine().now.real + 1h}));
        QVERIFY(!clock.stamp({.real = readMachine().now.real - 1h}));
    }

    void commandIsReportedOnceAndAfterTheCaller()
    {
        SimulatedClock clock({});
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = 12.0, .extraRatePpm = 1000.0, .extraFor = 20s});
        QCOMPARE(reports.count(), 0);
        QTRY_COMPARE(reports.count(), 1);
        const auto report = reports.at(0).at(0).value<sync::ClockReport>();
        QCOMPARE(report.fault, sync::ClockFault::None);
        QCOMPARE(report.baseFrequencyPpm, 12.0);
        QCOMPARE(report.extraRatePpm, 1000.0);
        QCOMPARE(report.stepped, 0ns);
        QVERIFY(report.before.raw <= report.after.raw);
        QCOMPARE(clock.baseFrequencyPpm(), 12.0);
    }

    void stepIsReportedWithTheReadingsAroundIt()
    {
        SimulatedClock clock({});
        QSignalSpy reports(&clock, &Clock::reported);
        clock.step({.offset = -90s});
        QTRY_COMPARE(reports.count(), 1);
        const auto report = reports.at(0).at(0).value<sync::ClockReport>();
        QCOMPARE(report.stepped, Nanoseconds(-90s));
        const auto elapsed = report.after.raw - report.before.raw;
        QVERIFY(isNear(report.after.real - report.before.real, elapsed - 90s));
    }

    void stepEndsTheExtraRate()
    {
        SimulatedClock clock({});
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = 12.0, .extraRatePpm = 1000.0, .extraFor = 20s});
        clock.step({.offset = 5s});
        QTRY_COMPARE(reports.count(), 2);
        const auto report = reports.at(1).at(0).value<sync::ClockReport>();
        QCOMPARE(report.extraRatePpm, 0.0);
        QCOMPARE(report.baseFrequencyPpm, 12.0);
    }

    void commandBeyondTheBoundsIsRefused_70_data()
    {
        QTest::addColumn<double>("base");
        QTest::addColumn<double>("extra");
        QTest::addColumn<qint64>("seconds");
        QTest::newRow("base") << 500.1 << 0.0 << qint64(0);
        QTest::newRow("base NaN") << std::nan("") << 0.0 << qint64(0);
        QTest::newRow("extra") << 0.0 << -100'001.0 << qint64(1);
        QTest::newRow("extra NaN") << 0.0 << std::nan("") << qint64(1);
        QTest::newRow("time") << 0.0 << 10.0 << qint64(21);
        QTest::newRow("negative time") << 0.0 << 10.0 << qint64(-1);
    }
    void commandBeyondTheBoundsIsRefused_70()
    {
        QFETCH(double, base);
        QFETCH(double, extra);
        QFETCH(qint64, seconds);
        SimulatedClock clock({});
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = base, .extraRatePpm = extra, .extraFor = std::chrono::seconds(seconds)});
        QTRY_COMPARE(reports.count(), 1);
        const auto report = reports.at(0).at(0).value<sync::ClockReport>();
        QCOMPARE(report.fault, sync::ClockFault::OutOfBounds);
        QCOMPARE(report.baseFrequencyPpm, 0.0);
        QCOMPARE(clock.baseFrequencyPpm(), 0.0);
    }

    void machinesClockIsLeftAlone()
    {
        timex before{};
        ::adjtimex(&before);
        {
            SimulatedClock clock({});
            clock.steer({.baseFrequencyPpm = 400.0, .extraRatePpm = 90'000.0, .extraFor = 20s});
            clock.step({.offset = 24h});
            clock.setStatus({.synchronized = true, .leap = ntp::LeapIndicator::InsertSecond});
        }
        timex after{};
        ::adjtimex(&after);
        QCOMPARE(after.tick, before.tick);
        QCOMPARE(after.freq, before.freq);
        QCOMPARE(after.status & (STA_UNSYNC | STA_INS | STA_DEL), before.status & (STA_UNSYNC | STA_INS | STA_DEL));
        const auto elapsed = (after.time.tv_sec - before.time.tv_sec);
        QVERIFY(elapsed >= 0 && elapsed < 60);
    }
};

QTEST_GUILESS_MAIN(TestSimulatedClock)
#include "test_simulated_clock.moc"
