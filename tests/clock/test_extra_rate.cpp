// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// In what state the keeper leaves the kernel at every end of an extra rate, on a stand-in for the kernel.

#include "clock/bounds.h"
#include "clock/file.h"
#include "clock/kernel_stand_in.h"

#include <QTemporaryDir>
#include <QTest>

using namespace foliot::clock;
using namespace foliot::tests;

class TestExtraRate : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();

    void extraRateEndsAtItsTime();
    void endIsToldWithoutADescriptor();
    void timerAskedForLateEndsTheExtraRateToo();
    void newCommandReplacesTheExtraRate();
    void destroyedKeeperLeavesTheBaseFrequency();
    void crashFileIsThereWhileTheExtraRateIs();
    void crashedKeepersExtraRateIsEnded();
    void unreadableCrashFileLeavesNoRate_data();
    void unreadableCrashFileLeavesNoRate();
    void extraRateIsRefusedWhenACrashCouldNotBeMended();
    void failedExtraRateLeavesNoneInForce();

private:
    QTemporaryDir m_directory;
    std::string m_crashFile;
};

void TestExtraRate::init()
{
    resetKernel();
    m_crashFile = m_directory.filePath("base").toStdString();
    ::unlink(m_crashFile.c_str());
}

void TestExtraRate::extraRateEndsAtItsTime()
{
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut(steer(1.0));
    QVERIFY(!isReadable(keeper.timer(), 0));
    keeper.carryOut(steer(1.0, 50.0, 20'000'000));
    QCOMPARE(kernelRate(), rateOf(1.0, 50.0));
    QVERIFY(!isReadable(keeper.timer(), 0));
    QVERIFY(isReadable(keeper.timer(), 5000));
    keeper.endExtraRate();
    QCOMPARE(kernelRate(), rateOf(1.0, 0.0));
    QVERIFY(!isReadable(keeper.timer(), 0));
    const auto calls = kernel.calls.size();
    keeper.endExtraRate(); // again: the base may have been changed by others since
    QCOMPARE(kernel.calls.size(), calls);
}

void TestExtraRate::endIsToldWithoutADescriptor()
{
    const auto descriptors = [] {
        return QDir(QStringLiteral("/proc/self/fd")).entryList(QDir::NoDotAndDotDot).size();
    };
    const auto before = descriptors();
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut(steer(1.0));
    QCOMPARE(keeper.endsInNs(), 0);
    keeper.carryOut(steer(1.0, 100'000.0, 100'000'000));
    QCOMPARE(keeper.endsInNs(), 100'000'000); // on the clock that the extra rate speeds up, as timers count
    keeper.carryOut({.kind = RequestKind::Query});
    QCOMPARE(keeper.endsInNs(), 100'000'000);
    kernel.error = EINVAL;
    keeper.endExtraRate();
    QCOMPARE(keeper.endsInNs(), nsPerSecond); // to be tried again
    kernel.error = 0;
    keeper.endExtraRate();
    QCOMPARE(keeper.endsInNs(), 0);
    QCOMPARE(descriptors(), before);
}

void TestExtraRate::timerAskedForLateEndsTheExtraRateToo()
{
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut(steer(1.0, 50.0, 20'000'000));
    QVERIFY(!isReadable(keeper.timer(), 0));
    QVERIFY(isReadable(keeper.timer(), 5000));
}

void TestExtraRate::newCommandReplacesTheExtraRate()
{
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut(steer(1.0, 50.0, 1'000'000));
    keeper.carryOut(steer(2.0));
    QCOMPARE(kernelRate(), rateOf(2.0, 0.0));
    QVERIFY(!readFile(m_crashFile));
    QVERIFY(!isReadable(keeper.timer(), 20)); // the first command's end does not come
    const auto calls = kernel.calls.size();
    keeper.endExtraRate();
    QCOMPARE(kernel.calls.size(), calls);
}

void TestExtraRate::destroyedKeeperLeavesTheBaseFrequency()
{
    {
        Keeper keeper(m_crashFile, adjustKernel);
        keeper.carryOut(steer(-3.0, 100'000.0, maxExtraForNs));
        QCOMPARE(kernelRate(), rateOf(-3.0, 100'000.0));
    }
    QCOMPARE(kernelRate(), rateOf(-3.0, 0.0));
}

void TestExtraRate::crashFileIsThereWhileTheExtraRateIs()
{
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut(steer(1.5));
    QVERIFY(!readFile(m_crashFile));
    keeper.carryOut(steer(1.5, 10.0, nsPerSecond));
    QCOMPARE(readFile(m_crashFile), std::string("98304\n"));
    keeper.endExtraRate();
    QVERIFY(!readFile(m_crashFile));
}

void TestExtraRate::crashedKeepersExtraRateIsEnded()
{
    QVERIFY(replaceFile(m_crashFile, "98304\n"));
    kernel.state.freq = 98'304 + 3 * 65'536; // small enough to go without the tick: nothing else tells of it
    Keeper keeper(m_crashFile, adjustKernel);
    QVERIFY(keeper.clearCrash());
    QCOMPARE(kernelRate(), rateOf(1.5, 0.0));
    QVERIFY(!readFile(m_crashFile));
    const auto calls = kernel.calls.size();
    QVERIFY(keeper.clearCrash());
    QCOMPARE(kernel.calls.size(), calls);
}

void TestExtraRate::unreadableCrashFileLeavesNoRate_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("cut short") << QByteArray("983");
    QTest::newRow("words") << QByteArray("fast\n");
    QTest::newRow("too fast") << QByteArray("32768001\n");
    QTest::newRow("too long") << QByteArray(200, '9');
    QTest::newRow("beyond the number") << QByteArray("99999999999999999999\n");
}

void TestExtraRate::unreadableCrashFileLeavesNoRate()
{
    QFETCH(QByteArray, content);
    QVERIFY(replaceFile(m_crashFile, content.toStdString()));
    kernel.state.freq = 1234;
    kernel.state.tick = 11'000;
    Keeper keeper(m_crashFile, adjustKernel);
    QVERIFY(keeper.clearCrash());
    QCOMPARE(kernelRate(), Rate{});
}

void TestExtraRate::extraRateIsRefusedWhenACrashCouldNotBeMended()
{
    Keeper keeper(m_directory.filePath("nowhere/base").toStdString(), adjustKernel);
    const Reply reply = keeper.carryOut(steer(1.0, 10.0, nsPerSecond));
    QCOMPARE(reply.fault, Fault::Failed);
    QCOMPARE(reply.systemError, ENOENT);
    QVERIFY(kernel.calls.empty());
    QCOMPARE(keeper.carryOut(steer(1.0)).fault, Fault::None);
}

void TestExtraRate::failedExtraRateLeavesNoneInForce()
{
    Keeper keeper(m_crashFile, adjustKernel);
    keeper.carryOut(steer(1.0, 10.0, nsPerSecond));
    kernel.error = EINVAL;
    QCOMPARE(keeper.carryOut(steer(2.0, 20.0, nsPerSecond)).fault, Fault::Failed);
    kernel.error = 0;
    QVERIFY(isReadable(keeper.timer(), 5000)); // tried again until the kernel takes it
    keeper.endExtraRate();
    QCOMPARE(kernelRate(), rateOf(2.0, 0.0));
    QVERIFY(!readFile(m_crashFile));
}

QTEST_GUILESS_MAIN(TestExtraRate)
#include "test_extra_rate.moc"
