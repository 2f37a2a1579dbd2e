// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/oscillator.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

// All clocks of a machine that was started at 0 and whose clock is neither slewed nor asleep.
MachineReading reading(Nanoseconds at)
{
    return {.now = {.raw = RawTime(at), .boot = BootTime(at), .real = RealTime(1'800'000'000s + at)},
        .monotonic = at,
        .width = 100ns};
}

MachineReading withRaw(MachineReading reading, Nanoseconds raw)
{
    reading.now.raw = RawTime(raw);
    return reading;
}

MachineReading withBoot(MachineReading reading, Nanoseconds boot)
{
    reading.now.boot = BootTime(boot);
    return reading;
}

} // namespace

class TestOscillator : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rawTimeIsTakenAsItIsHoweverTheClockIsSlewed()
    {
        Oscillator oscillator;
        oscillator.place(reading(10s), 0.0);
        const auto fastest = withRaw(reading(10s + 1100ms), 11s); // by tick
        QVERIFY(oscillator.accepts(fastest));
        QCOMPARE(oscillator.place(fastest, 100'000.0), fastest.now);
        const auto slowest = withRaw(reading(10s + 2000ms), 12s);
        QVERIFY(oscillator.accepts(slowest));
        QCOMPARE(oscillator.place(slowest, -100'000.0), slowest.now);
        QVERIFY(oscillator.isRaw());
    }

    void rawTimeIsBelievedAsFarAsTheFastestSlewGoes()
    {
        Oscillator oscillator;
        oscillator.place(reading(0s), 0.0);
        // 1000 s of a clock that loses 10.05 % of the oscillator's time: 100 000 ppm by tick and 500 by frequency.
        const MachineReading slewedBack = reading(899'500ms);
        QVERIFY(oscillator.accepts(withRaw(slewedBack, 1000s)));
        QVERIFY(!oscillator.accepts(withRaw(slewedBack, 1001s)));
    }

    void monotonicTimeStandsInForRawTimeThatStands()
    {
        Oscillator oscillator;
        oscillator.place(withRaw(reading(10s), 0s), 0.0);
        QVERIFY(oscillator.accepts(withRaw(reading(10s + 40ms), 0s))); // perhaps interrupted
        const auto later = withRaw(reading(10s + 80ms), 0s);
        QVERIFY(!oscillator.accepts(later));
        QCOMPARE(oscillator.place(later, 0.0).raw, RawTime(80ms));
        QVERIFY(!oscillator.isRaw());
        QVERIFY(oscillator.accepts(withRaw(reading(11s), 5h))); // it is of no concern any more
        QCOMPARE(oscillator.place(withRaw(reading(11s), 5h), 0.0).raw, RawTime(1s));
    }

    // Of another world: real seconds, where monotonic time is simulated.
    void monotonicTimeStandsInForRawTimeThatRaces()
    {
        Oscillator oscillator;
        oscillator.place(reading(10s), 0.0);
        const auto racing = withRaw(reading(10s + 100ms), 11s);
        QVERIFY(!oscillator.accepts(racing));
        QCOMPARE(oscillator.place(racing, 0.0).raw, RawTime(10s + 100ms));
    }

    void ourOwnSlewingIsTakenOutOfMonotonicTime()
    {
        Oscillator oscillator;
        oscillator.place(withRaw(reading(10s), 0s), 0.0);
        oscillator.place(withRaw(reading(11s), 0s), 0.0);
        // 1.1 s of monotonic time are 1 s of the oscillator's at 100 000 ppm.
        QCOMPARE(oscillator.place(withRaw(reading(11s + 550ms), 0s), 100'000.0).raw, RawTime(1500ms));
        QCOMPARE(oscillator.place(withRaw(reading(11s + 1100ms), 0s), 100'000.0).raw, RawTime(2s));
        QCOMPARE(oscillator.place(withRaw(reading(12s + 1100ms), 0s), 0.0).raw, RawTime(3s));
    }

    void dayByMonotonicTimeIsKeptToTheNanosecond()
    {
        Oscillator oscillator;
        oscillator.place(withRaw(reading(0s), 0s), 250.0);
        Now now;
        for (Nanoseconds at = 1s; at <= 24h; at += 1s)
            now = oscillator.place(withRaw(reading(at), 0s), 250.0);
        // 86 400 s / 1.00025
        QVERIFY(std::chrono::abs(now.raw - RawTime(86'378'405'398'650ns)) <= 1ns);
    }

    void sleepIsNoFault()
    {
        Oscillator oscillator;
        oscillator.place(reading(10s), 0.0);
        const auto awake = withBoot(reading(11s), 3h);
        QVERIFY(oscillator.accepts(awake));
        QCOMPARE(oscillator.place(awake, 0.0).boot, BootTime(3h));
    }

    void bootTimeThatLagsBehindIsDoneWithout()
    {
        Oscillator oscillator;
        oscillator.place(withBoot(reading(10s), 7h), 0.0);
        const auto lagging = withBoot(reading(11s), 7h + 1ms);
        QVERIFY(!oscillator.accepts(lagging));
        QCOMPARE(oscillator.place(lagging, 0.0).boot, BootTime(7h + 1s));
        QCOMPARE(oscillator.place(withBoot(reading(12s), 9h), 0.0).boot, BootTime(7h + 2s));
        QVERIFY(oscillator.isRaw());
    }
};

QTEST_APPLESS_MAIN(TestOscillator)
#include "test_oscillator.moc"
