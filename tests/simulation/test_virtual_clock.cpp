// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/virtual_clock.h"

#include "support/near.h"

#include <QTest>

using namespace foliot;
using foliot::tests::near;
using namespace foliot::simulation;

namespace {

// 2026-06-30 23:00:00 UTC
constexpr RealTime epoch{
    std::chrono::sys_days(std::chrono::year(2026) / 6 / 30).time_since_epoch() + std::chrono::hours(23)};
constexpr std::int64_t ppm = 65'536;

VirtualClock clockWith(double oscillatorError)
{
    return {epoch, 0.0, oscillatorError};
}

} // namespace

class TestVirtualClock : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void runsAtTheProductOfOscillatorAndAdjustments()
    {
        VirtualClock clock = clockWith(1e-4);
        clock.setTick(10'500);
        clock.setFrequency(-200 * ppm);
        clock.advance(10.0);
        const double rate = 1.0001 * (1.05 - 200e-6);
        QVERIFY(near(clock.rate(), rate, 1e-15));
        QVERIFY(near(clock.error(), 10.0 * (rate - 1.0), 1e-12));
        QVERIFY(near(clock.monotonic(), 10.0 * rate, 1e-12));
        QVERIFY(near(clock.raw(), 10.0 * 1.0001, 1e-12));
    }

    void frequencyAndTickAreClamped()
    {
        VirtualClock clock = clockWith(0.0);
        clock.setFrequency(501 * ppm);
        QCOMPARE(clock.frequency(), 500 * ppm);
        clock.setFrequency(-501 * ppm);
        QCOMPARE(clock.frequency(), -500 * ppm);
        clock.setTick(12'000);
        QCOMPARE(clock.tick(), 11'000);
        clock.setTick(8000);
        QCOMPARE(clock.tick(), 9000);
    }

    void stepMovesRealTimeAlone()
    {
        VirtualClock clock = clockWith(0.0);
        clock.advance(5.0);
        const Now before = clock.now();
        clock.step(-3.0);
        const Now after = clock.now();
        QCOMPARE(after.real - before.real, Nanoseconds(std::chrono::seconds(-3)));
        QCOMPARE(after.raw, before.raw);
        QCOMPARE(after.boot, before.boot);
        QCOMPARE(clock.monotonic(), 5.0);
    }

    void timersCountMonotonicTime()
    {
        VirtualClock clock = clockWith(1e-4);
        clock.setTick(11'000);
        const double due = clock.monotonic() + 20.0;
        QVERIFY(near(clock.trueTimeOfMonotonic(due), 20.0 / (1.0001 * 1.1), 1e-12));
        clock.advance(5.0);
        clock.setTick(10'000); // the rest takes longer
        clock.advance(clock.trueTimeOfMonotonic(due) - clock.trueTime());
        QVERIFY(near(clock.monotonic(), due, 1e-12));
        QVERIFY(near(clock.trueTime(), 5.0 + (20.0 - 5.0 * 1.0001 * 1.1) / 1.0001, 1e-12));
    }

    // slew = what is left / 2^(2 + time constant), second by second
    void loopWorksOffItsPhase()
    {
        VirtualClock clock = clockWith(0.0);
        clock.setPhase(1e-3, 2, 0.0, VirtualClock::Loop::Phase);
        clock.beginSecond();
        clock.advance(1.0);
        QVERIFY(near(clock.error(), 1e-3 / 16.0, 1e-12));
        clock.beginSecond();
        clock.advance(1.0);
        QVERIFY(near(clock.error(), 1e-3 / 16.0 * (1.0 + 15.0 / 16.0), 1e-12));
        for (int i = 0; i < 500; ++i) {
            clock.beginSecond();
            clock.advance(1.0);
        }
        QVERIFY(near(clock.error(), 1e-3, 1e-9));
    }

    void loopChangesTheFrequency()
    {
        VirtualClock clock = clockWith(0.0);
        // offset dt / (4 * 2^2 * 2^tc)^2: 1 ms * 64 s / (16 * 4)^2 s^2 = 15.625 ppm
        clock.setPhase(1e-3, 2, 64.0, VirtualClock::Loop::Phase);
        QCOMPARE(clock.frequency(), 1'024'000);
        // offset / (4 dt) besides, once dt is 256 s: 1 ms / 2048 s = 0.488 ppm; 1 ms * 512 s / 4096 s^2 = 125 ppm
        clock.setPhase(1e-3, 2, 512.0, VirtualClock::Loop::Frequency);
        QCOMPARE(clock.frequency(), 1'024'000 + std::llround((125.0 + 1000.0 / 2048.0) * 65'536.0));
    }

    void adjtimeSpendsHalfAMillisecondASecond()
    {
        VirtualClock clock = clockWith(0.0);
        clock.slewBy(-1.2e-3);
        for (const double expected : {-0.5e-3, -1.0e-3, -1.2e-3, -1.2e-3}) {
            clock.beginSecond();
            clock.advance(1.0);
            QVERIFY(near(clock.error(), expected, 1e-12));
        }
    }

    void doubtGrowsByHalfAMillisecondASecond()
    {
        VirtualClock clock = clockWith(0.0);
        clock.setMaxError(0.01);
        for (int i = 0; i < 10; ++i)
            clock.beginSecond();
        QVERIFY(near(clock.maxError(), 0.015, 1e-12));
    }

    void sleepStopsTheOscillatorAlone()
    {
        VirtualClock clock = clockWith(0.0);
        const Now before = clock.now();
        clock.sleep(3600.0, 0.25);
        const Now after = clock.now();
        QCOMPARE(after.raw, before.raw);
        QCOMPARE(after.boot - before.boot, Nanoseconds(std::chrono::milliseconds(3'600'250)));
        QCOMPARE(after.real - before.real, Nanoseconds(std::chrono::milliseconds(3'600'250)));
        QCOMPARE(clock.error(), 0.25);
    }

    void pauseStopsAllClocks()
    {
        VirtualClock clock = clockWith(0.0);
        const Now before = clock.now();
        clock.pause(10.0);
        QCOMPARE(clock.now(), before);
        QCOMPARE(clock.error(), -10.0);
        QCOMPARE(clock.trueTime(), 10.0);
    }

    void kernelInsertsASecondAtMidnight()
    {
        VirtualClock clock = clockWith(0.0);
        clock.setLeap(1);
        QCOMPARE(clock.untilLeap(), 3600.0);
        clock.advance(3600.0);
        clock.leapNow();
        clock.leapTruly(1);
        QCOMPARE(clock.error(), 0.0);
        QCOMPARE(clock.now().real, epoch + std::chrono::seconds(3599));
        QCOMPARE(clock.trueReal(3600.0), epoch + std::chrono::seconds(3599));
    }

    void kernelLeavesOutTheLastSecondOfTheDay()
    {
        VirtualClock clock = clockWith(0.0);
        clock.setLeap(-1);
        QCOMPARE(clock.untilLeap(), 3599.0);
        clock.advance(3599.0);
        clock.leapNow();
        QCOMPARE(clock.now().real, epoch + std::chrono::seconds(3600));
    }

    void kernelLeapsOnceForOneAnnouncement()
    {
        VirtualClock clock = clockWith(0.0);
        clock.setLeap(1);
        clock.leapNow();
        clock.setLeap(1);
        QCOMPARE(clock.leap(), 0);
        clock.setLeap(0);
        clock.setLeap(1);
        QCOMPARE(clock.leap(), 1);
    }

    void keeperUsesTheTickBeyondTheFrequencysReach()
    {
        QCOMPARE(kernelRate(100.0, 399.0).tick, 10'000);
        QCOMPARE(kernelRate(100.0, 399.0).frequency, 499 * ppm);
        QCOMPARE(kernelRate(12.5, 1000.0).tick, 10'010);
        QCOMPARE(kernelRate(12.5, 1000.0).frequency, 12 * ppm + ppm / 2);
        QCOMPARE(kernelRate(-12.5, -100'000.0).tick, 9000);
        QCOMPARE(ppmOf(kernelRate(12.5, 1000.0)), 1012.5);
    }
};

QTEST_GUILESS_MAIN(TestVirtualClock)
#include "test_virtual_clock.moc"
