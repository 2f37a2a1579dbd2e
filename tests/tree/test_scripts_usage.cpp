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
    void wrongFuzzTargetIsToldTheNamesBeforeAnythingIsBuilt();
    void fuzzingHasAnEnd();
    void fuzzTargetsAreNamedWithoutABuild();
    void wrongBuildIsToldTheNamesBeforeAnythingIsSetUp_data();
    void wrongBuildIsToldTheNamesBeforeAnythingIsSetUp();
    void whatIsToBeBuiltIsKnown();
    void sourceThatIsNotThereIsNamedBeforeAnythingIsSetUp_data();
    void sourceThatIsNotThereIsNamedBeforeAnythingIsSetUp();
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

// With it, nothing can be set up.
const char* const nowhere = "FOLIOT_INSIDE= FOLIOT_ENVIRONMENT=nonsense ";

void ScriptsUsageTest::wrongFuzzTargetIsToldTheNamesBeforeAnythingIsBuilt()
{
    const Outcome wrong = shell(nowhere + QString("\"$scripts\"/fuzz fuzz_key 20"));
    QCOMPARE(wrong.status, 69);
    QVERIFY2(wrong.errors.startsWith("tried: there is no fuzz target named 'fuzz_key'\n"
                                     "  what to do:  the names are: fuzz_config fuzz_exchange fuzz_keys "),
        qPrintable(wrong.errors));
    const Outcome right = shell(nowhere + QString("\"$scripts\"/fuzz fuzz_keys 20"));
    QVERIFY2(!right.errors.contains("there is no"), qPrintable(right.errors));
    QVERIFY(right.status != 0);
}

void ScriptsUsageTest::fuzzingHasAnEnd()
{
    for (const char* seconds : {"0", "soon", "-1", "1.5", "''"}) { // for libFuzzer some of them mean for ever
        const Outcome outcome = shell(nowhere + QString("\"$scripts\"/fuzz fuzz_keys ") + seconds);
        QCOMPARE(outcome.status, 69);
        QVERIFY2(outcome.errors.startsWith("tried: SECONDS is not a number of seconds: "), qPrintable(outcome.errors));
    }
    const Outcome outcome = shell(nowhere + QString("\"$scripts\"/fuzz fuzz_keys"));
    QCOMPARE(outcome.status, 69);
    QVERIFY2(outcome.errors.startsWith("tried: two arguments are needed\n"), qPrintable(outcome.errors));
}

void ScriptsUsageTest::fuzzTargetsAreNamedWithoutABuild()
{
    const Outcome outcome = shell(nowhere + QString("\"$scripts\"/fuzz"));
    QCOMPARE(outcome.status, 0);
    const QString lists = QString::fromUtf8(contents("tests/fuzz/CMakeLists.txt"));
    const QStringList names = outcome.output.trimmed().split('\n');
    QVERIFY(names.size() >= 11);
    for (const QString& name : names)
        QVERIFY2(lists.contains(name), qPrintable(name));
}

void ScriptsUsageTest::wrongBuildIsToldTheNamesBeforeAnythingIsSetUp_data()
{
    QTest::addColumn<QString>("arguments");
    QTest::addColumn<QString>("problem");
    QTest::newRow("a kind") << "relase" << "there is neither a build nor a target named 'relase'";
    QTest::newRow("another kind") << "thread foliotd" << "there is neither a build nor a target named 'thread'";
    QTest::newRow("a target") << "sanitized foliotd folitctl"
                              << "there is neither a build nor a target named 'folitctl'";
    QTest::newRow("a kind behind a target") << "foliotd sanitized"
                                            << "there is neither a build nor a target named 'sanitized'";
    QTest::newRow("an option") << "--release" << "unknown option --release";
}

void ScriptsUsageTest::wrongBuildIsToldTheNamesBeforeAnythingIsSetUp()
{
    QFETCH(const QString, arguments);
    QFETCH(const QString, problem);
    const Outcome outcome = shell(nowhere + ("\"$scripts\"/build " + arguments));
    QCOMPARE(outcome.status, 69);
    QVERIFY2(outcome.errors.startsWith("tried: " + problem + '\n'), qPrintable(outcome.errors));
}

void ScriptsUsageTest::whatIsToBeBuiltIsKnown()
{
    // One of each way in which a target is made.
    for (const char* name : {"programs", "foliotd", "foliot-helper", "foliot_config", "test_packet",
             "test_scripts_usage", "test_discipline", "test_access_list", "fuzz_nts_reply", "bench_timekeeping",
             "release_translations", "sanitized_tests"})
        QVERIFY2(shell(QString("need_target ") + name).status == 0, name);
}

void ScriptsUsageTest::sourceThatIsNotThereIsNamedBeforeAnythingIsSetUp_data()
{
    QTest::addColumn<QString>("command");
    QTest::addColumn<QString>("missing");
    QTest::newRow("format") << "format helper/mian.cpp" << "helper/mian.cpp";
    QTest::newRow("one of several") << "format --check helper/main.cpp ''" << "";
    QTest::newRow("an option") << "format --chek" << "--chek";
    QTest::newRow("tidy") << "tidy helper/mian.cpp" << "helper/mian.cpp";
}

void ScriptsUsageTest::sourceThatIsNotThereIsNamedBeforeAnythingIsSetUp()
{
    QFETCH(const QString, command);
    QFETCH(const QString, missing);
    const Outcome outcome = shell("cd \"$source_folder\" && " + (nowhere + ("\"$scripts\"/" + command)));
    QCOMPARE(outcome.status, 69);
    QCOMPARE(outcome.errors, QString("tried: there is no file '%1'\n").arg(missing));
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
