// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_map.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

// The machine's clock showed this when its oscillator showed 0.
constexpr RealTime start{1'800'000'000s};

constexpr RawTime raw(Nanoseconds at)
{
    return RawTime(at);
}

// A reading at this time on the oscillator, of a clock that is ahead of start + at by so much.
Now reading(Nanoseconds at, Nanoseconds ahead = 0ns)
{
    return {.raw = RawTime(at), .boot = BootTime(at), .real = start + at + ahead};
}

bool isNear(std::optional<RawTime> mapped, Nanoseconds expected, Nanoseconds tolerance)
{
    return mapped && *mapped - raw(expected) <= tolerance && raw(expected) - *mapped <= tolerance;
}

} // namespace

class TestMachineMap : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void stampLiesOnTheLineBetweenReadings()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(100ms, 10us)); // 100 ppm fast
        QVERIFY(isNear(map.rawAt(start + 50ms + 5us), 50ms, 1ns));
        QVERIFY(isNear(map.rawAt(start), 0ms, 1ns));
        QVERIFY(isNear(map.rawAt(start + 100ms + 10us), 100ms, 1ns));
    }

    void lineOfFastSlewIsFollowed()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s, 100ms)); // by tick: 100 000 ppm
        QVERIFY(isNear(map.rawAt(start + 550ms), 500ms, 1ns));
    }

    void stampBeforeAnyReadingOrAfterAllIsRefused()
    {
        MachineMap map;
        QVERIFY(!map.rawAt(start));
        map.add(reading(1s));
        QVERIFY(!map.rawAt(start + 1s));
        map.add(reading(2s));
        QVERIFY(!map.rawAt(start + 999ms));
        QVERIFY(!map.rawAt(start + 2001ms));
    }

    void onlyTheNearEndOfALongLineCounts()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(64s, 1s)); // somebody slewed it by a second, at some time
        QVERIFY(isNear(map.rawAt(start + 65s - 100us), 64s - 100us, 1ns));
        QVERIFY(isNear(map.rawAt(start + 100us), 100us, 1ns));
    }

    void rateThatWeSetIsKnownAtTheNearEnd()
    {
        MachineMap map;
        map.add(reading(0s), 100'000.0);
        map.add(reading(10s, 1s), 100'000.0);
        // 55 ms on the clock are 50 ms on the oscillator.
        QVERIFY(isNear(map.rawAt(start + 11s - 55ms), 10s - 50ms, 2ns));
        QVERIFY(isNear(map.rawAt(start + 55ms), 50ms, 2ns));
    }

    void stampAcrossAStepForwardIsRefusedOnlyWhereItIsHidden()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s));
        map.add(reading(1s + 50us, 1h)); // ours: read just before and just after
        map.add(reading(2s, 1h));
        QVERIFY(!map.rawAt(start + 500ms)); // before the step
        QVERIFY(!map.rawAt(start + 1s + 20us));
        QVERIFY(!map.rawAt(start + 30min)); // a time that never was
        QVERIFY(isNear(map.rawAt(start + 1500ms + 1h), 1500ms, 1ns));
    }

    void stampAfterAHiddenStepIsRefusedUntilTheNextReading()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(64s, 1h)); // a foreign step, at some time in between
        QVERIFY(!map.rawAt(start + 64s - 100us + 1h));
        map.add(reading(65s, 1h));
        QVERIFY(isNear(map.rawAt(start + 65s - 100us + 1h), 65s - 100us, 1ns));
    }

    void timeShownTwiceIsRefused()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s));
        map.add(reading(1s + 50us, -30ms)); // back
        map.add(reading(1040ms, -30ms));
        // 990 ms was shown at 990 ms and at 1020 ms.
        QVERIFY(!map.rawAt(start + 990ms));
        // 1005 ms only after the step.
        QVERIFY(isNear(map.rawAt(start + 1005ms), 1035ms, 1ns));
    }

    void timeShownTwiceLongAgoIsTakenForTheNewOne()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s));
        map.add(reading(1s + 50us, -1h));
        for (auto at = 2s; at <= 3602s; at += 50s)
            map.add(reading(at, -1h));
        map.add(reading(3602s, -1h));
        QVERIFY(isNear(map.rawAt(start + 2s - 100us), 3602s - 100us, 1ns)); // also shown an hour ago
    }

    void smallestStepThatMattersIsSeen()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s));
        map.add(reading(1s + 10us, 50us)); // within 10 us no slew moves 50
        QVERIFY(!map.rawAt(start + 1s + 30us));
    }

    void busyMomentDoesNotDriveOutTheHistory()
    {
        MachineMap map;
        map.add(reading(0s));
        for (int i = 1; i <= 5000; ++i)
            map.add(reading(i * 20us));                    // a server at work, 100 ms long
        QVERIFY(isNear(map.rawAt(start + 5ms), 5ms, 1ns)); // a transmit stamp that came late
        QVERIFY(isNear(map.rawAt(start + 99'990us), 99'990us, 1ns));
    }

    void stepInABusyMomentIsRemembered()
    {
        MachineMap map;
        for (int i = 0; i <= 100; ++i)
            map.add(reading(i * 20us));
        for (int i = 101; i <= 200; ++i)
            map.add(reading(i * 20us, 1s));
        QVERIFY(!map.rawAt(start + 1ms));
        QVERIFY(isNear(map.rawAt(start + 3ms + 1s), 3ms, 1ns));
    }

    void stepThatTakesNoTimeOnACoarseOscillatorIsSeen()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s));
        map.add(reading(1s, 1h)); // ours: read just before and just after
        map.add(reading(2s, 1h));
        QVERIFY(!map.rawAt(start + 900ms));
        QVERIFY(isNear(map.rawAt(start + 1900ms + 1h), 1900ms, 1ns));
    }

    void readingThatGoesBackIsIgnored()
    {
        MachineMap map;
        map.add(reading(0s));
        map.add(reading(1s));
        map.add(reading(1s, 10us));
        map.add(reading(500ms, 1h));
        QVERIFY(isNear(map.rawAt(start + 900ms), 900ms, 1ns));
    }
};

QTEST_APPLESS_MAIN(TestMachineMap)
#include "test_machine_map.moc"
