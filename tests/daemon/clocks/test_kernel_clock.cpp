// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Most of it against a stand-in for the kernel, because a test must not steer the machine; the last one writes to the
// real clock, half a ppm for a moment.

#include "daemon/clocks/kernel_clock.h"

#include <QDir>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <fstream>
#include <optional>
#include <vector>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

// Does with modes what Linux does, as far as KernelClock can see.
struct Kernel {
    timex state{};
    std::vector<timex> changes;
    int error = 0; // what a change is answered with
};
Kernel kernel;

int adjustKernel(timex* call)
{
    const auto modes = call->modes;
    if (modes != 0) {
        kernel.changes.push_back(*call);
        if (kernel.error != 0) {
            errno = kernel.error;
            return -1;
        }
    }
    if (modes != ADJ_OFFSET_SINGLESHOT) {
        if ((modes & ADJ_STATUS) != 0)
            kernel.state.status = call->status;
        if ((modes & ADJ_MAXERROR) != 0)
            kernel.state.maxerror = call->maxerror;
        if ((modes & ADJ_FREQUENCY) != 0)
            kernel.state.freq = call->freq;
        if ((modes & ADJ_TICK) != 0)
            kernel.state.tick = call->tick;
    }
    *call = kernel.state;
    return 0;
}

// Half a ppm up or down at most, for the real clock.
long realFrequency = 0;
int adjustCarefully(timex* call)
{
    constexpr long halfPpm = 32768;
    const bool isRate = call->modes == (ADJ_FREQUENCY | ADJ_TICK);
    const bool isSmall = isRate && call->tick == 10'000 && std::abs(call->freq - realFrequency) <= halfPpm;
    if (call->modes != 0 && !isSmall) {
        errno = EPERM;
        return -1;
    }
    return ::adjtimex(call);
}

sync::ClockReport only(const QSignalSpy& reports)
{
    return reports.count() == 1 ? reports.at(0).at(0).value<sync::ClockReport>() : sync::ClockReport{};
}

} // namespace

class TestKernelClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init()
    {
        m_folder.emplace();
        kernel = {};
        kernel.state.tick = 10'000;
        kernel.state.status = STA_UNSYNC;
    }

    void commandReachesTheKernelAndIsReadBack()
    {
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = -12.25});
        QCOMPARE(kernel.state.freq, -802'816L); // 12.25 * 65536
        QTRY_COMPARE(reports.count(), 1);
        QCOMPARE(only(reports).fault, sync::ClockFault::None);
        QCOMPARE(only(reports).baseFrequencyPpm, -12.25);
        QCOMPARE(clock.baseFrequencyPpm(), -12.25);
        QVERIFY(only(reports).before.raw <= only(reports).after.raw);
    }

    void extraRateEndsByItself_70()
    {
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = 30.0, .extraRatePpm = 50'000.0, .extraFor = 30ms});
        QCOMPARE(kernel.state.tick, 10'500L);
        QTRY_COMPARE(reports.count(), 1);
        QCOMPARE(only(reports).baseFrequencyPpm, 30.0);
        QCOMPARE(only(reports).extraRatePpm, 50'000.0);
        QTRY_COMPARE(kernel.state.tick, 10'000L);
        QCOMPARE(kernel.state.freq, 30L * 65536);
        QCOMPARE(reports.count(), 1);
    }

    void extraRateIsGivenInTheMillisecondsOfTheEventLoop()
    {
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        clock.steer({.baseFrequencyPpm = 30.0, .extraRatePpm = 200.0, .extraFor = 1ms + 600us});
        QTRY_COMPARE(reports.count(), 1);
        QVERIFY(std::abs(only(reports).extraRatePpm - 160.0) < 1e-4); // 1.6 ms of 200 ppm in 2 ms
        QTRY_COMPARE(kernel.state.freq, 30L * 65536);
    }

    void clockNeedsNoDescriptor()
    {
        const auto descriptors = [] {
            return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot | QDir::System).size();
        };
        const auto before = descriptors();
        KernelClock clock({}, adjustKernel);
        clock.steer({.extraRatePpm = 50'000.0, .extraFor = 20s});
        QCOMPARE(kernel.state.tick, 10'500L);
        QCOMPARE(descriptors(), before);
    }

    void extraRateEndsWithTheClock_70()
    {
        {
            KernelClock clock({}, adjustKernel);
            clock.steer({.baseFrequencyPpm = 30.0, .extraRatePpm = 50'000.0, .extraFor = 20s});
            QCOMPARE(kernel.state.tick, 10'500L);
        }
        QCOMPARE(kernel.state.tick, 10'000L);
        QCOMPARE(kernel.state.freq, 30L * 65536);
    }

    void leftoverOfAKilledProcessIsEndedAtStart_70()
    {
        const QTemporaryDir folder;
        const auto crashFile = folder.filePath("base-frequency").toStdString();
        std::ofstream(crashFile) << 30 * 65536 << '\n';
        kernel.state.tick = 10'500;
        kernel.state.freq = 7;
        const KernelClock clock({.crash = crashFile}, adjustKernel);
        QCOMPARE(kernel.state.tick, 10'000L);
        QCOMPARE(kernel.state.freq, 30L * 65536);
        QVERIFY(!std::filesystem::exists(crashFile));
    }

    void stepIsRelative()
    {
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        clock.step({.offset = -1ms});
        const auto& call = kernel.changes.back();
        QCOMPARE(call.modes, static_cast<unsigned>(ADJ_SETOFFSET | ADJ_NANO));
        QCOMPARE(call.time.tv_sec, -1L);
        QCOMPARE(call.time.tv_usec, 999'000'000L); // nanoseconds
        QTRY_COMPARE(reports.count(), 1);
        QCOMPARE(only(reports).stepped, Nanoseconds(-1ms));
    }

    void firstStepOfABootMayBeLarge()
    {
        KernelClock(files(), adjustKernel).setStatus({.synchronized = false}); // says nothing of the clock being right
        QCOMPARE(stepped(100h), sync::ClockFault::None);
        QCOMPARE(stepped(100h), sync::ClockFault::StepRefused); // another daemon, the same boot
        QCOMPARE(stepped(999s), sync::ClockFault::None);
        QCOMPARE(std::ranges::count(kernel.changes, unsigned{ADJ_SETOFFSET | ADJ_NANO}, &timex::modes), 2);
    }

    void stepBeyondTheLimitsNeedsAPerson_66_data()
    {
        QTest::addColumn<sync::StepClock>("step");
        QTest::addColumn<sync::ClockFault>("fault");
        QTest::newRow("small") << sync::StepClock{.offset = 999s} << sync::ClockFault::None;
        QTest::newRow("large") << sync::StepClock{.offset = 1001s} << sync::ClockFault::StepRefused;
        QTest::newRow("large and back") << sync::StepClock{.offset = -1001s} << sync::ClockFault::StepRefused;
        // The daemon's own start is not the machine's.
        QTest::newRow("large at start") << sync::StepClock{.offset = 100h} << sync::ClockFault::StepRefused;
        QTest::newRow("large by a person")
            << sync::StepClock{.offset = 1h, .authorizedByPerson = true} << sync::ClockFault::None;
        QTest::newRow("to the year 1996")
            << sync::StepClock{.offset = -30 * 365 * 24h, .authorizedByPerson = true} << sync::ClockFault::OutOfBounds;
        QTest::newRow("none") << sync::StepClock{} << sync::ClockFault::OutOfBounds;
    }
    void stepBeyondTheLimitsNeedsAPerson_66()
    {
        QFETCH(sync::StepClock, step);
        QFETCH(sync::ClockFault, fault);
        {
            KernelClock clock(files(), adjustKernel);
            clock.setStatus({.synchronized = true}); // the clock was right once
        }
        KernelClock clock(files(), adjustKernel);
        kernel.changes.clear();
        QSignalSpy reports(&clock, &Clock::reported);
        clock.step(step);
        QTRY_COMPARE(reports.count(), 1);
        QCOMPARE(only(reports).fault, fault);
        QCOMPARE(only(reports).stepped, fault == sync::ClockFault::None ? step.offset : 0ns);
        QCOMPARE(kernel.changes.size(), std::size_t(fault == sync::ClockFault::None ? 1 : 0));
    }

    void sumOfStepsOutlivesTheDaemon_67()
    {
        QCOMPARE(stepped(1s), sync::ClockFault::None); // the first of the boot
        QCOMPARE(stepped(600s), sync::ClockFault::None);
        QCOMPARE(stepped(-401s), sync::ClockFault::StepRefused);
        QCOMPARE(stepped(-400s), sync::ClockFault::None);
        QCOMPARE(stepped(1s), sync::ClockFault::StepRefused);
        QCOMPARE(stepped(2h, true), sync::ClockFault::None);
        QCOMPARE(stepped(1s), sync::ClockFault::StepRefused); // a person's word is for one step
    }

    void corruptLimitsLeaveNoStep_67()
    {
        std::ofstream(files().steps.firstStep) << "garbage";
        std::ofstream(files().steps.spent) << std::string(4096, '\xff');
        QCOMPARE(stepped(1s), sync::ClockFault::StepRefused);
        QCOMPARE(stepped(1s, true), sync::ClockFault::None);
    }

    void statusIsToldToTheKernelAndAnsweredOnlyWhenItFails()
    {
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        const sync::DeclaredStatus status{
            .synchronized = true, .leap = ntp::LeapIndicator::InsertSecond, .maxError = 2ms, .estimatedError = 1ms};
        clock.setStatus(status);
        QCOMPARE(kernel.state.status, STA_INS);
        QCOMPARE(kernel.state.maxerror, 2000L);
        kernel.error = EPERM;
        clock.setStatus(status);
        QTRY_COMPARE(reports.count(), 1);
        QCOMPARE(only(reports).fault, sync::ClockFault::NotPermitted);
    }

    void refusalOfTheKernelIsReportedWithTheTruthAndNotRepeated_72_data()
    {
        QTest::addColumn<int>("error");
        QTest::addColumn<sync::ClockFault>("fault");
        QTest::newRow("EPERM") << EPERM << sync::ClockFault::NotPermitted;
        QTest::newRow("EINVAL") << EINVAL << sync::ClockFault::Failed;
    }
    void refusalOfTheKernelIsReportedWithTheTruthAndNotRepeated_72()
    {
        QFETCH(int, error);
        QFETCH(sync::ClockFault, fault);
        kernel.state.freq = 5L * 65536;
        kernel.error = error;
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        kernel.changes.clear();
        clock.steer({.baseFrequencyPpm = 30.0});
        QTRY_COMPARE(reports.count(), 1);
        QCOMPARE(only(reports).fault, fault);
        QCOMPARE(only(reports).baseFrequencyPpm, 5.0);
        QCOMPARE(only(reports).extraRatePpm, 0.0);
        QCOMPARE(kernel.changes.size(), std::size_t(1));
    }

    void commandBeyondTheBoundsDoesNotReachTheKernel_70()
    {
        KernelClock clock({}, adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        kernel.changes.clear();
        clock.steer({.baseFrequencyPpm = 501.0});
        clock.steer({.baseFrequencyPpm = std::nan("")});
        clock.steer({.extraRatePpm = 1.0, .extraFor = 21s});
        QTRY_COMPARE(reports.count(), 3);
        for (const auto& report : reports)
            QCOMPARE(report.at(0).value<sync::ClockReport>().fault, sync::ClockFault::OutOfBounds);
        QVERIFY(kernel.changes.empty());
    }

    void machinesClockFollowsAndIsRestored()
    {
        timex before{};
        QVERIFY(::adjtimex(&before) >= 0);
        if ((before.status & STA_PLL) != 0 || before.tick != 10'000 || std::abs(before.freq) > 499L * 65536)
            QSKIP("another program keeps this machine's clock");
        realFrequency = before.freq;
        const double base = static_cast<double>(before.freq) / 65536.0;
        {
            KernelClock clock({}, adjustCarefully);
            QSignalSpy reports(&clock, &Clock::reported);
            QCOMPARE(clock.baseFrequencyPpm(), base);
            clock.steer({.baseFrequencyPpm = base, .extraRatePpm = 0.5, .extraFor = 50ms});
            QTRY_COMPARE(reports.count(), 1);
            if (only(reports).fault == sync::ClockFault::NotPermitted)
                QSKIP("no CAP_SYS_TIME here");
            QCOMPARE(only(reports).fault, sync::ClockFault::None);
            QCOMPARE(only(reports).baseFrequencyPpm, base);
            QCOMPARE(only(reports).extraRatePpm, 0.5);
            QTRY_COMPARE(clock.baseFrequencyPpm(), base);
            const auto stamp = clock.stamp({.real = clock.now().real});
            QVERIFY(stamp.has_value());
        }
        timex after{};
        QVERIFY(::adjtimex(&after) >= 0);
        QCOMPARE(after.freq, before.freq);
        QCOMPARE(after.tick, before.tick);
    }

private:
    KernelClock::Files files() const
    {
        const std::filesystem::path folder = m_folder->path().toStdString();
        return {.crash = folder / "base-frequency",
            .steps = {.firstStep = folder / "first-step", .spent = folder / "steps"}};
    }

    // By a daemon that was started for this alone.
    sync::ClockFault stepped(Nanoseconds offset, bool byPerson = false) const
    {
        KernelClock clock(files(), adjustKernel);
        QSignalSpy reports(&clock, &Clock::reported);
        clock.step({.offset = offset, .authorizedByPerson = byPerson});
        return reports.wait() ? only(reports).fault : sync::ClockFault{99};
    }

    std::optional<QTemporaryDir> m_folder;
};

QTEST_GUILESS_MAIN(TestKernelClock)
#include "test_kernel_clock.moc"
