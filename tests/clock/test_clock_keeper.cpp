// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The keeper's calls, bit by bit, on a stand-in for the kernel. test_helper_rate does small ones for real.

#include "clock/bounds.h"
#include "clock/kernel_stand_in.h"

#include <QTemporaryDir>
#include <QTest>

#include <cerrno>
#include <limits>

using namespace foliot::clock;
using namespace foliot::tests;

class TestClockKeeper : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void rateTakesTheTickOnlyBeyondTheFrequency_data();
    void rateTakesTheTickOnlyBeyondTheFrequency();
    void steerWritesFrequencyAndTickAlone();
    void stepIsRelativeAndInNanoseconds_data();
    void stepIsRelativeAndInNanoseconds();
    void statusTellsLeapAndErrors();
    void statusTellsTai();
    void queryChangesNothing();
    void replySaysWhatTheKernelHolds();
    void faultOfTheKernelIsNamed();
    void takeOverStopsTheLoopOfAnotherProgram();
    void takeOverLeavesACleanKernelsStatus();
    void readingsAreOfTheMachinesClocks();

private:
    QTemporaryDir m_directory;
    std::string m_crashFile;
};

void TestClockKeeper::init()
{
    resetKernel();
    m_crashFile = m_directory.filePath("base").toStdString();
    ::unlink(m_crashFile.c_str());
}

void TestClockKeeper::rateTakesTheTickOnlyBeyondTheFrequency_data()
{
    QTest::addColumn<double>("base");
    QTest::addColumn<double>("extra");
    QTest::addColumn<qint64>("frequency");
    QTest::addColumn<qint64>("tick");
    QTest::newRow("nothing") << 0.0 << 0.0 << qint64{0} << qint64{10'000};
    QTest::newRow("one ppm") << 1.0 << 0.0 << qint64{65'536} << qint64{10'000};
    QTest::newRow("smallest") << -1.0 / 65'536 << 0.0 << qint64{-1} << qint64{10'000};
    QTest::newRow("base at its end") << -500.0 << 0.0 << qint64{-32'768'000} << qint64{10'000};
    QTest::newRow("small extra") << 30.0 << 100.0 << qint64{130 * 65'536} << qint64{10'000};
    QTest::newRow("both at the limit") << 500.0 << 0.5 << qint64{32'768} << qint64{10'005};
    QTest::newRow("extra up") << 30.0 << 83'333.0 << qint64{-37 * 65'536} << qint64{10'834};
    QTest::newRow("extra down") << 12.25 << -1000.0 << qint64{802'816} << qint64{9'990};
    QTest::newRow("highest") << 500.0 << 100'000.0 << qint64{32'768'000} << qint64{11'000};
    QTest::newRow("lowest") << -500.0 << -100'000.0 << qint64{-32'768'000} << qint64{9'000};
    QTest::newRow("against each other") << 500.0 << -100'000.0 << qint64{0} << qint64{9'005};
}

void TestClockKeeper::rateTakesTheTickOnlyBeyondTheFrequency()
{
    QFETCH(double, base);
    QFETCH(double, extra);
    QFETCH(qint64, frequency);
    QFETCH(qint64, tick);
    const Rate rate = rateOf(base, extra);
    QCOMPARE(rate.frequency, frequency);
    QCOMPARE(rate.tick, tick);
    QVERIFY(std::abs(ppmOf(rate) - (base + extra)) <= 0.5 / 65'536);
}

void TestClockKeeper::steerWritesFrequencyAndTickAlone()
{
    const timex call = translate(steer(2.0));
    QCOMPARE(call.modes, unsigned{ADJ_FREQUENCY | ADJ_TICK});
    QCOMPARE(call.freq, 131'072);
    QCOMPARE(call.tick, 10'000);
    QCOMPARE(call.status, 0);
    QCOMPARE(call.offset, 0);
}

void TestClockKeeper::stepIsRelativeAndInNanoseconds_data()
{
    QTest::addColumn<qint64>("step");
    QTest::addColumn<qint64>("seconds");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::newRow("forward") << qint64{1'500'000'000} << qint64{1} << qint64{500'000'000};
    QTest::newRow("back") << qint64{-1'500'000'000} << qint64{-2} << qint64{500'000'000};
    QTest::newRow("back by one") << qint64{-1} << qint64{-1} << qint64{999'999'999};
    QTest::newRow("back by a second") << qint64{-1'000'000'000} << qint64{-1} << qint64{0};
    QTest::newRow("lowest") << std::numeric_limits<qint64>::min() << qint64{-9'223'372'037} << qint64{145'224'192};
}

void TestClockKeeper::stepIsRelativeAndInNanoseconds()
{
    QFETCH(qint64, step);
    QFETCH(qint64, seconds);
    QFETCH(qint64, nanoseconds);
    const timex call = translate({.kind = RequestKind::Step, .stepNs = step});
    QCOMPARE(call.modes, unsigned{ADJ_SETOFFSET | ADJ_NANO});
    QCOMPARE(call.time.tv_sec, seconds);
    QCOMPARE(call.time.tv_usec, nanoseconds);
}

void TestClockKeeper::statusTellsLeapAndErrors()
{
    Request request{.kind = RequestKind::Status,
        .synchronized = 1,
        .leap = Leap::Insert,
        .maxErrorNs = 1'000'001,
        .estimatedErrorNs = 1000};
    timex call = translate(request);
    QCOMPARE(call.modes, unsigned{ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR});
    QCOMPARE(call.status, STA_INS);
    QCOMPARE(call.maxerror, 1001); // microseconds, never less than the truth
    QCOMPARE(call.esterror, 1);
    request = {
        .kind = RequestKind::Status, .leap = Leap::Delete, .maxErrorNs = std::numeric_limits<std::int64_t>::max()};
    call = translate(request);
    QCOMPARE(call.status, STA_UNSYNC | STA_DEL);
    QCOMPARE(call.maxerror, 16'000'000);
    QCOMPARE(call.constant, 0);
}

// adjtimex(2): ADJ_TAI takes its number from the field of the time constant, which is not set with it.
void TestClockKeeper::statusTellsTai()
{
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut({.kind = RequestKind::Status, .synchronized = 1});
    QCOMPARE(kernel.calls.size(), 1U);
    keeper.carryOut({.kind = RequestKind::Status, .synchronized = 1, .taiMinusUtc = 37});
    QCOMPARE(kernel.calls.size(), 3U);
    QCOMPARE(kernel.calls.back().modes, unsigned{ADJ_TAI});
    QCOMPARE(kernel.calls.back().constant, 37);
    QCOMPARE(kernel.calls[1].modes, unsigned{ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR});
}

void TestClockKeeper::queryChangesNothing()
{
    Keeper keeper(m_crashFile, adjustKernel);
    kernel.state.freq = 65'536 * 12;
    const Reply reply = keeper.carryOut({.kind = RequestKind::Query, .number = 9});
    QVERIFY(kernel.calls.empty());
    QCOMPARE(reply.number, 9U);
    QCOMPARE(reply.kind, RequestKind::Query);
    QCOMPARE(reply.fault, Fault::None);
    QCOMPARE(reply.baseFrequencyPpm, 12.0);
    QCOMPARE(reply.extraRatePpm, 0.0);
}

void TestClockKeeper::replySaysWhatTheKernelHolds()
{
    Keeper keeper(m_crashFile, adjustKernel);
    const Reply steered = keeper.carryOut(steer(-7.5, 2000.0, nsPerSecond));
    QCOMPARE(steered.baseFrequencyPpm, -7.5);
    QCOMPARE(steered.extraRatePpm, 2000.0);
    QCOMPARE(steered.steppedNs, 0);
    QVERIFY(steered.after.rawNs >= steered.before.rawNs);
    const Reply stepped = keeper.carryOut({.kind = RequestKind::Step, .stepNs = -5});
    QCOMPARE(stepped.baseFrequencyPpm, -7.5);
    QCOMPARE(stepped.extraRatePpm, 0.0);
    QCOMPARE(kernelRate(), rateOf(-7.5, 0.0));
    QCOMPARE(stepped.steppedNs, -5);
}

void TestClockKeeper::faultOfTheKernelIsNamed()
{
    Keeper keeper(m_crashFile, adjustKernel);
    kernel.error = EPERM;
    Reply reply = keeper.carryOut(steer(1.0));
    QCOMPARE(reply.fault, Fault::NotPermitted);
    QCOMPARE(reply.systemError, EPERM);
    kernel.error = EINVAL;
    reply = keeper.carryOut({.kind = RequestKind::Step, .stepNs = 4});
    QCOMPARE(reply.fault, Fault::Failed);
    QCOMPARE(reply.systemError, EINVAL);
    QCOMPARE(reply.steppedNs, 0);
}

void TestClockKeeper::takeOverStopsTheLoopOfAnotherProgram()
{
    kernel.state.status = STA_PLL;
    kernel.state.offset = 250'000;
    kernel.state.tick = 10'100;
    kernel.state.freq = 77;
    Keeper keeper(m_crashFile, adjustKernel);
    QVERIFY(keeper.takeOver());
    QCOMPARE(kernel.state.offset, 0);
    QCOMPARE(kernel.state.status, STA_UNSYNC);
    QCOMPARE(kernel.state.tick, 10'000);
    QCOMPARE(kernel.state.freq, 77); // what it learnt of the oscillator is worth keeping
    QCOMPARE(kernel.calls.front().modes, unsigned{ADJ_OFFSET_SINGLESHOT});
    QCOMPARE(kernel.calls.front().offset, 0);
}

void TestClockKeeper::takeOverLeavesACleanKernelsStatus()
{
    kernel.state.status = 0;
    Keeper keeper(m_crashFile, adjustKernel);
    QVERIFY(keeper.takeOver());
    QCOMPARE(kernel.state.status, 0);
    kernel.error = EPERM;
    QVERIFY(!keeper.takeOver());
}

void TestClockKeeper::readingsAreOfTheMachinesClocks()
{
    const auto read = [](clockid_t clock) {
        timespec time{};
        ::clock_gettime(clock, &time);
        return time.tv_sec * nsPerSecond + time.tv_nsec;
    };
    const auto raw = read(CLOCK_MONOTONIC_RAW);
    const auto boot = read(CLOCK_BOOTTIME);
    const auto real = read(CLOCK_REALTIME);
    const Reading reading = readClocks();
    QVERIFY(reading.rawNs >= raw && reading.rawNs <= read(CLOCK_MONOTONIC_RAW));
    QVERIFY(reading.bootNs >= boot && reading.bootNs <= read(CLOCK_BOOTTIME));
    QVERIFY(reading.realNs >= real && reading.realNs <= read(CLOCK_REALTIME));
    QVERIFY(reading.widthNs > 0);
}

QTEST_GUILESS_MAIN(TestClockKeeper)
#include "test_clock_keeper.moc"
