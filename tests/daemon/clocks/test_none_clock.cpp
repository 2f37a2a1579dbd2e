// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/machine_reading.h"
#include "daemon/clocks/make_clock.h"
#include "daemon/clocks/none_clock.h"
#include "daemon/clocks/simulated_clock.h"

#include <QSignalSpy>
#include <QTest>

#include <sys/timex.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

class TestNoneClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clocksAreTheMachinesReadTogether()
    {
        NoneClock clock;
        const auto before = readMachine().now;
        const auto now = clock.now();
        const auto after = readMachine().now;
        QVERIFY(before.raw <= now.raw && now.raw <= after.raw);
        QVERIFY(before.boot <= now.boot && now.boot <= after.boot);
        QVERIFY(before.real <= now.real && now.real <= after.real);
        QVERIFY(clock.readingWidth() > 0ns && clock.readingWidth() < 1ms);
    }

    void oneBadReadingDoesNotWidenTheNext()
    {
        NoneClock clock;
        clock.now();
        const auto narrow = clock.readingWidth();
        for (int i = 0; i < 10000; ++i)
            clock.now();
        QVERIFY(clock.readingWidth() < 100 * narrow + 10us); // of the latest reading, not of the widest ever
    }

    void stampLiesBetweenTheReadingsAroundIt()
    {
        NoneClock clock;
        const auto before = clock.now();
        const auto packet = readMachine().now.real;
        const auto stamp = clock.stamp({.real = packet, .origin = StampOrigin::Hardware});
        const auto after = clock.now();
        QVERIFY(stamp.has_value());
        QVERIFY(before.raw <= stamp->raw + stamp->error && stamp->raw <= after.raw + stamp->error);
        QCOMPARE(stamp->real, packet);
        QVERIFY(stamp->origin == StampOrigin::Hardware);
    }

    void everyCommandIsRefused()
    {
        NoneClock clock;
        QVERIFY(!clock.canSteer());
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = 1.0});
        clock.step({.offset = 1ns});
        clock.setStatus({.synchronized = true});
        QTRY_COMPARE(reports.count(), 3);
        for (const auto& report : reports) {
            const auto told = report.at(0).value<sync::ClockReport>();
            QCOMPARE(told.fault, sync::ClockFault::NotPermitted);
            QCOMPARE(told.stepped, 0ns);
        }
    }

    void frequencyIsWhatTheKernelSays()
    {
        timex kernel{};
        QVERIFY(::adjtimex(&kernel) >= 0);
        QCOMPARE(NoneClock().baseFrequencyPpm(), static_cast<double>(kernel.freq) / 65536.0);
    }

    void configurationNamesTheClock()
    {
        config::Config config;
        config.clock.type = config::ClockType::None;
        QVERIFY(qobject_cast<NoneClock*>(makeClock(config).get()));
        config.clock.type = config::ClockType::Simulated;
        QVERIFY(qobject_cast<SimulatedClock*>(makeClock(config).get()));
        // "kernel" would take over this machine's clock.
        config.state.directory = "/x";
        QCOMPARE(kernelFilesOf(config).crash, std::string("/x/base-frequency"));
        QCOMPARE(kernelFilesOf(config).steps.firstStep, std::string("/x/first-step"));
        qputenv("RUNTIME_DIRECTORY", "/run/y");
        QCOMPARE(kernelFilesOf(config).crash, std::string("/run/y/base-frequency"));
        QCOMPARE(kernelFilesOf(config).steps.firstStep, std::string("/run/y/first-step"));
        QCOMPARE(kernelFilesOf(config).steps.spent, std::string("/x/steps")); // outlives a boot
        qputenv("RUNTIME_DIRECTORY", "/run/y:/run/z");
        QCOMPARE(kernelFilesOf(config).crash, std::string("/x/base-frequency"));
        qunsetenv("RUNTIME_DIRECTORY");
        config.state.directory.clear();
        QCOMPARE(kernelFilesOf(config).crash, std::string());
        QCOMPARE(kernelFilesOf(config).steps.spent, std::string());
    }
};

QTEST_GUILESS_MAIN(TestNoneClock)
#include "test_none_clock.moc"
