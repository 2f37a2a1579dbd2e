// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The clocks read on a system that has fewer of them.

#include "clock/bounds.h"
#include "clock/keeper.h"

#include <QTest>

#include <cerrno>
#include <ctime>

#include <sys/syscall.h>
#include <unistd.h>

using namespace foliot::clock;

namespace {

bool hasBootTime = true;

std::int64_t nanosecondsOf(clockid_t clock)
{
    timespec time{};
    ::clock_gettime(clock, &time);
    return time.tv_sec * nsPerSecond + time.tv_nsec;
}

} // namespace

// Stands between the program and the C library.
extern "C" int clock_gettime(clockid_t clock, timespec* time) noexcept
{
    if (clock == CLOCK_BOOTTIME && !hasBootTime) {
        errno = EINVAL;
        return -1;
    }
    return static_cast<int>(::syscall(SYS_clock_gettime, clock, time));
}

class TestClockReadings : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void monotonicTimeStandsInForBootTime()
    {
        hasBootTime = false;
        const std::int64_t before = nanosecondsOf(CLOCK_MONOTONIC);
        const Reading reading = readClocks();
        const std::int64_t after = nanosecondsOf(CLOCK_MONOTONIC);
        hasBootTime = true;
        QVERIFY(before <= reading.bootNs && reading.bootNs <= after);
        QVERIFY(reading.widthNs >= 0);
    }

    void bootTimeIsTakenWhereThereIsOne()
    {
        const std::int64_t before = nanosecondsOf(CLOCK_BOOTTIME);
        const Reading reading = readClocks();
        QVERIFY(before <= reading.bootNs && reading.bootNs <= nanosecondsOf(CLOCK_BOOTTIME));
    }
};

QTEST_APPLESS_MAIN(TestClockReadings)
#include "test_clock_readings.moc"
