// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"
#include "tree/source_tree.h"

#include <QDir>
#include <QTest>

using namespace foliot::tree;

// What the scripts say to somebody who does not know them yet.
class ScriptsUsageTest : public ScriptTest {
    Q_OBJECT

private Q_SLOTS:
    void helpIsTheRemarkAtTheHead_data();
    void helpIsTheRemarkAtTheHead();
    void wrongFuzzTargetIsToldTheNames();
    void fuzzingHasAnEnd();
    void wrongBenchmarkIsToldTheNamesBeforeAnythingIsBuilt();
    void everyBenchmarkSaysWhatItRuns();
};

void ScriptsUsageTest::helpIsTheRemarkAtTheHead_data()
{
    QTest::addColumn<QString>("script");
    for (const QString& script : QDir(sourceFolder() + "/scripts").entryList(QDir::Files | QDir::Executable))
        QTest::newRow(qPrintable(script)) << script;
}

void ScriptsUsageTest::helpIsTheRemarkAtTheHead()
{
    QFETCH(const QString, script);
    const Outcome outcome = shell("\"$scripts\"/" + script + " --help");
    QCOMPARE(outcome.status, 0);
    const QStringList head = QString::fromUtf8(contents("scripts/" + script)).split('\n').sliced(4);
    QString expected;
    for (const QString& line : head) {
        if (!line.startsWith('#'))
            break;
        expected += line.sliced(line.startsWith("# ") ? 2 : 1) + '\n';
    }
    QVERIFY2(outcome.output.startsWith(script), qPrintable(outcome.output));
    QCOMPARE(outcome.output, expected);
}

void ScriptsUsageTest::wrongFuzzTargetIsToldTheNames()
{
    const QString names = "fuzz_targets() { printf 'fuzz_config\\nfuzz_keys\\n'; }; need_fuzz_target ";
    QCOMPARE(shell(names + "fuzz_keys").status, 0);
    const Outcome wrong = shell(names + "fuzz_key");
    QCOMPARE(wrong.status, 69);
    QCOMPARE(wrong.errors, "tried: there is no fuzz target named 'fuzz_key'\n"
                           "  what to do:  the names are: fuzz_config fuzz_keys\n");
}

void ScriptsUsageTest::fuzzingHasAnEnd()
{
    for (const char* seconds : {"0", "soon", "-1", "1.5", "''"}) { // for libFuzzer some of them mean for ever
        const Outcome outcome = shell(QString("\"$scripts\"/fuzz fuzz_keys ") + seconds);
        QCOMPARE(outcome.status, 69);
        QVERIFY2(outcome.errors.startsWith("tried: SECONDS is not a number of seconds: "), qPrintable(outcome.errors));
    }
}

void ScriptsUsageTest::wrongBenchmarkIsToldTheNamesBeforeAnythingIsBuilt()
{
    // Nothing could be set up here.
    const Outcome wrong = shell("FOLIOT_INSIDE= FOLIOT_ENVIRONMENT=nonsense \"$scripts\"/bench server sever");
    QCOMPARE(wrong.status, 69);
    QCOMPARE(wrong.errors, "tried: there is no benchmark named 'sever'\n"
                           "  what to do:  the names are: nts server startup timekeeping\n");
}

void ScriptsUsageTest::everyBenchmarkSaysWhatItRuns()
{
    const QDir folder(sourceFolder() + "/tests/bench");
    const QStringList benches = folder.entryList(QDir::Files | QDir::Executable);
    QVERIFY(!benches.isEmpty());
    for (const QString& bench : benches)
        QVERIFY2(contents("tests/bench/" + bench).contains("\n# builds: "), qPrintable(bench));
}

QTEST_GUILESS_MAIN(ScriptsUsageTest)
#include "test_scripts_usage.moc"
