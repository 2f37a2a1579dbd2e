// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/source_tree.h"

#include <QProcess>
#include <QTest>

using namespace foliot::tree;

namespace {

// One program's part of CTest's log.
QByteArray logOf(const QByteArray& output, const QByteArray& verdict = "Test Passed.")
{
    return "1/1 Testing: clock_test\n1/1 Test: clock_test\nCommand: \"clock_test\"\nOutput:\n"
           "----------------------------------------------------------\n" +
           output + "<end of output>\nTest time =   0.01 sec\n" +
           "----------------------------------------------------------\n" + verdict +
           "\n\"clock_test\" end time: Jan 01 00:00 UTC\n";
}

const QByteArray goodOutput =
    "PASS   : ClockTest::initTestCase()\nPASS   : ClockTest::ticks()\n"
    "PASS   : ClockTest::cleanupTestCase()\nTotals: 3 passed, 0 failed, 0 skipped, 0 blacklisted, 1ms\n";

QStringList results(const QByteArray& log)
{
    QProcess awk;
    awk.start("awk", {"-f", sourceFolder() + "/scripts/lib/results.awk"});
    awk.write(log);
    awk.closeWriteChannel();
    if (!awk.waitForFinished())
        return {};
    return QString::fromUtf8(awk.readAllStandardOutput()).split('\n', Qt::SkipEmptyParts);
}

} // namespace

// The counts of scripts/test's last line come from CTest's log by scripts/lib/results.awk.
class ResultsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void testFunctionsAreCountedWithoutSettingUp();
    void skipIsToldWithItsReason();
    void failureIsToldWithItsReason();
    void functionsOfRustAreCounted();
    void programThatEndsBadlyIsAFailure_data();
    void programThatEndsBadlyIsAFailure();
    void programWithoutTotalsIsAFailure();
    void fixtureIsNoTestUnlessItFails();
    void logThatWasCutShortIsAFailure();
    void programsAddUp();
};

void ResultsTest::testFunctionsAreCountedWithoutSettingUp()
{
    QCOMPARE(results(logOf(goodOutput)), QStringList("totals 1 0 0"));
}

void ResultsTest::skipIsToldWithItsReason()
{
    const QStringList lines = results(logOf("SKIP   : ClockTest::steps() needs root\n   Loc: [clock_test.cpp(12)]\n"
                                            "Totals: 0 passed, 0 failed, 1 skipped, 0 blacklisted, 1ms\n"));
    QCOMPARE(lines, QStringList({"skipped: clock_test: ClockTest::steps() needs root", "totals 0 0 1"}));
}

void ResultsTest::failureIsToldWithItsReason()
{
    const QStringList lines = results(logOf("FAIL!  : ClockTest::ticks() Compared values are not the same\n"
                                            "Totals: 0 passed, 1 failed, 0 skipped, 0 blacklisted, 1ms\n",
        "Test Failed."));
    QCOMPARE(lines,
        QStringList({"failed: clock_test: ClockTest::ticks() Compared values are not the same", "totals 0 1 0"}));
}

void ResultsTest::functionsOfRustAreCounted()
{
    const QByteArray output = "\nrunning 3 tests\ntest bell::rings ... ok\ntest bell::cracks ... FAILED\n"
                              "test bell::swings ... ignored, needs root\n\nfailures:\n    bell::cracks\n\n"
                              "test result: FAILED. 1 passed; 1 failed; 1 ignored; 0 measured; 0 filtered out; "
                              "finished in 0.00s\n\n";
    QCOMPARE(results(logOf(output, "Test Failed.")),
        QStringList(
            {"failed: clock_test: bell::cracks", "skipped: clock_test: bell::swings, needs root", "totals 1 1 1"}));
}

void ResultsTest::programThatEndsBadlyIsAFailure_data()
{
    QTest::addColumn<QByteArray>("verdict");
    QTest::newRow("crash") << QByteArray("Test Failed.");
    QTest::newRow("timeout") << QByteArray("Test Timeout.");
    QTest::newRow("not run") << QByteArray("Test Not Run.");
}

void ResultsTest::programThatEndsBadlyIsAFailure()
{
    QFETCH(QByteArray, verdict);
    QCOMPARE(results(logOf("", verdict)).last(), "totals 0 1 0");
    // Such as one that crashes after its last test.
    QCOMPARE(results(logOf(goodOutput, verdict)).last(), "totals 1 1 0");
}

void ResultsTest::programWithoutTotalsIsAFailure()
{
    QCOMPARE(results(logOf("hello\n")).last(), "totals 0 1 0");
}

void ResultsTest::fixtureIsNoTestUnlessItFails()
{
    const auto fixture = [](const QByteArray& verdict) {
        return logOf("-- Installing: foliot-helper\n", verdict).replace("clock_test", "stage_helper");
    };
    QCOMPARE(results(fixture("Test Passed.")), QStringList("totals 0 0 0"));
    QCOMPARE(results(fixture("Test Failed.")).last(), "totals 0 1 0");
}

void ResultsTest::logThatWasCutShortIsAFailure()
{
    QCOMPARE(results(logOf(goodOutput).first(200)).last(), "totals 0 1 0");
}

void ResultsTest::programsAddUp()
{
    QCOMPARE(results(logOf(goodOutput) + logOf("") + logOf(goodOutput)).last(), "totals 2 1 0");
}

QTEST_GUILESS_MAIN(ResultsTest)
#include "test_results.moc"
