// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"
#include "tree/source_tree.h"

#include <QDir>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

using namespace foliot::tree;

// What is fetched and compiled, and what is said of it meanwhile and at the end.
class ScriptsBuildTest : public ScriptTest {
    Q_OBJECT

private Q_SLOTS:
    void packagesAreThoseOfTheirSections();
    void everySectionOfTheListIsUsed();
    void stampChangesWithTheList();
    void rootForTheTestsIsEnoughForBuilding();
    void rootOfAnotherListIsNotReady();
    void failedStepSaysWhatToDo_data();
    void failedStepSaysWhatToDo();
    void mirrorIsTheSystemsOwn_data();
    void mirrorIsTheSystemsOwn();
    void withoutMirrorItIsSaidWhatToSet();
    void timeLeftGoesByTheStepsSoFar();
    void timeLeftStaysNearThePlanAtFirst();
    void nothingIsSaidOfTimeThatIsNotKnown();
    void progressOffATerminalIsWholeLines();
    void compilersAreAsManyAsTheMemoryAllows();
    void configuringIsRepeatedForOtherOptionsOnly();
    void nothingIsShownWhenAllIsBuilt();
    void secondBuildInAFolderWaitsAndSaysForWhat();
    void holdEndsWithItsScript();
    void interruptedBuildIsNoFailure();
    void reportOfASanitizerIsAFailure();
};

void ScriptsBuildTest::packagesAreThoseOfTheirSections()
{
    write("packages.txt", "# [not]\n[build]\ng++ # a compiler\n\n[check]\nclang\n[peers]\nchrony\n");
    QCOMPARE(shell("scripts=. packages build peers").output, "g++\nchrony\n");
    QCOMPARE(shell("scripts=. peers test").output, "chrony\n");
    QCOMPARE(shell("scripts=. peers build").output, "");
}

void ScriptsBuildTest::everySectionOfTheListIsUsed()
{
    static const QRegularExpression heading(R"(^\[(\w+)\]$)", QRegularExpression::MultilineOption);
    QStringList used = shell("sections test").output.simplified().split(' ');
    used.append("peers");
    for (const auto& match : heading.globalMatch(QString::fromUtf8(contents("scripts/packages.txt"))))
        QVERIFY2(used.contains(match.captured(1)), qPrintable(match.captured(1)));
}

void ScriptsBuildTest::stampChangesWithTheList()
{
    write("packages.txt", "[build]\ng++\n[check]\nclang\n");
    const QString commands = "scripts=. stamp build trixie; scripts=. stamp test trixie; scripts=. stamp build forky";
    const QString before = shell(commands).output;
    const QStringList stamps = before.split('\n', Qt::SkipEmptyParts);
    QCOMPARE(stamps.size(), 3);
    QCOMPARE(QSet<QString>(stamps.begin(), stamps.end()).size(), 3);
    write("packages.txt", "[build]\ng++\n# remark\n[check]\nclang\n");
    QCOMPARE(shell(commands).output, before);
    write("packages.txt", "[build]\ng++\n[check]\nclang\nshellcheck\n");
    QCOMPARE(shell(commands).output.section('\n', 0, 0), before.section('\n', 0, 0));
    QVERIFY(shell(commands).output.section('\n', 1, 1) != before.section('\n', 1, 1));
}

void ScriptsBuildTest::rootForTheTestsIsEnoughForBuilding()
{
    QCOMPARE(shell("mkdir -p $root/.foliot; stamp test $suite >$root/.foliot/test; root_is_ready build").status, 0);
    QVERIFY(shell("rm $root/.foliot/test; stamp build $suite >$root/.foliot/build; root_is_ready test").status != 0);
    QCOMPARE(shell("root_is_ready build").status, 0);
}

void ScriptsBuildTest::rootOfAnotherListIsNotReady()
{
    QVERIFY(shell("root_is_ready build").status != 0);
    QVERIFY(shell("mkdir -p $root/.foliot; echo 0123 >$root/.foliot/build; root_is_ready build").status != 0);
}

void ScriptsBuildTest::failedStepSaysWhatToDo_data()
{
    // Lines as apt, dpkg and mmdebstrap print them.
    QTest::addColumn<QByteArray>("log");
    QTest::addColumn<QString>("remedy");
    QTest::newRow("no network") << QByteArray("Err:1 InRelease\n  Temporary failure resolving 'mirror.example'\n")
                                << "check the network";
    QTest::newRow("unplugged") << QByteArray("Cannot initiate the connection: Network is unreachable\n")
                               << "check the network";
    QTest::newRow("disk") << QByteArray("dpkg: error processing archive x.deb (--unpack):\n"
                                        " cannot copy extracted data: failed to write (No space left on device)\n")
                          << "free about 2 GB";
    QTest::newRow("disk too small for the download")
        << QByteArray("E: You don't have enough free space in /var/cache/apt/archives/.\n") << "free about 2 GB";
    QTest::newRow("no address of a mirror") << QByteArray("E: invalid mirror: nonsense\n") << "set FOLIOT_MIRROR";
    QTest::newRow("mirror without the release")
        << QByteArray("E: The repository 'x' does not have a Release file.\n") << "set FOLIOT_MIRROR";
    QTest::newRow("no key") << QByteArray("W: GPG error: NO_PUBKEY 6ED0E7B82643E131\n") << "debian-archive-keyring";
    QTest::newRow("old lists") << QByteArray("E: Unable to locate package libkf6auth-dev\n") << "apt-get update";
    QTest::newRow("anything else") << QByteArray("E: Sub-process returned an error code (1)\n") << "see the whole log";
}

void ScriptsBuildTest::failedStepSaysWhatToDo()
{
    QFETCH(QByteArray, log);
    QFETCH(QString, remedy);
    write("log", "Reading package lists...\n" + log + "more\n");
    const Outcome outcome = shell("progress_plan 1:Fetching; progress_next 2>/dev/null; fail_step 'it failed' log");
    QCOMPARE(outcome.status, 69);
    QVERIFY2(
        outcome.errors.startsWith("tried: step 1 of 1, Fetching, failed: it failed\n"), qPrintable(outcome.errors));
    QVERIFY2(outcome.errors.contains(QString::fromUtf8(log.trimmed().split('\n').last())), qPrintable(outcome.errors));
    QVERIFY2(outcome.errors.contains(remedy), qPrintable(outcome.errors));
}

void ScriptsBuildTest::mirrorIsTheSystemsOwn_data()
{
    QTest::addColumn<QString>("targets");
    QTest::newRow("plain") << "http://elsewhere.example/tools\\nhttp://mirror.example/debian/\\n";
    QTest::newRow("list in a file") << "mirror+file:" + QDir::tempPath() + "/debian.list\\n";
}

void ScriptsBuildTest::mirrorIsTheSystemsOwn()
{
    QFETCH(QString, targets);
    write("debian.list", "# mirrors\nhttp://mirror.example/debian/ priority:1\n");
    targets.replace(QDir::tempPath(), m_folder->path());
    QCOMPARE(shell("apt-get() { printf '" + targets + "'; }; mirror").output, "http://mirror.example/debian/\n");
    QCOMPARE(shell("apt-get() { false; }; FOLIOT_MIRROR=http://other.example mirror").output, "http://other.example\n");
}

void ScriptsBuildTest::withoutMirrorItIsSaidWhatToSet()
{
    const Outcome outcome = shell("apt-get() { false; }; mirror");
    QCOMPARE(outcome.status, 69);
    QVERIFY(outcome.errors.contains("set FOLIOT_MIRROR"));
}

void ScriptsBuildTest::timeLeftGoesByTheStepsSoFar()
{
    // A quarter of the whole took 20 s.
    const QString plan = "progress_plan 10:One 30:Two; progress_step=2; progress_started=$((EPOCHSECONDS - 20)); ";
    const QString left = shell(plan + "progress_left 0").output;
    QVERIFY2(left == ", about 1 min 1 s left\n" || left == ", about 1 min 4 s left\n", qPrintable(left));
    QCOMPARE(shell(plan + "progress_left 100").output, "");
    QCOMPARE(shell("progress_plan 10:One 30:Two; progress_step=1; progress_left 0").output,
        ", about 40 s for all 2 steps on an ordinary machine\n");
}

// The first pieces of a step may go a hundred times faster than the rest, as those that the compiler's cache has.
void ScriptsBuildTest::timeLeftStaysNearThePlanAtFirst()
{
    const QString plan = "unset EPOCHSECONDS; EPOCHSECONDS=1000; progress_plan 400:One; progress_step=1; "
                         "EPOCHSECONDS=1003; ";
    QCOMPARE(shell(plan + "progress_left 1").output, ", about 6 min 28 s left\n"); // 27 + 400 - 40 + 1
    QCOMPARE(shell(plan + "progress_left 9").output, ", about 1 min 8 s left\n");
    QCOMPARE(shell(plan + "progress_left 10").output, ", about 28 s left\n");
}

void ScriptsBuildTest::nothingIsSaidOfTimeThatIsNotKnown()
{
    const QString plan = "unset EPOCHSECONDS; EPOCHSECONDS=1000; progress_plan 5:One ?:Two; ";
    QCOMPARE(shell(plan + "progress_next").errors, "[1/2] One\n");
    // Once it is known, how long the first step took is no longer asked.
    QCOMPARE(shell(plan + "progress_next 2>/dev/null; EPOCHSECONDS=1100; progress_known 60; progress_next; "
                          "EPOCHSECONDS=1130; progress_at 50")
                 .errors,
        "[2/2] Two, about 1 min 0 s left on an ordinary machine\n[2/2] Two: 50 %, about 31 s left\n");
}

void ScriptsBuildTest::progressOffATerminalIsWholeLines()
{
    const Outcome outcome = shell("unset EPOCHSECONDS; EPOCHSECONDS=1000; "
                                  "progress_plan 10:One 30:Two; progress_next; progress_at 50; progress_next; "
                                  "progress_done");
    QCOMPARE(outcome.errors, "[1/2] One, about 40 s for all 2 steps on an ordinary machine\n"
                             "[2/2] Two, about 30 s left on an ordinary machine\n"
                             "tried: done after 0 s\n");
    QCOMPARE(outcome.output, "");
}

void ScriptsBuildTest::compilersAreAsManyAsTheMemoryAllows()
{
    const QString machine = "nproc() { echo 8; }; awk() { echo %1; }; compile_jobs";
    QCOMPARE(shell(machine.arg(64)).output, "8\n");
    QCOMPARE(shell(machine.arg(3)).output, "3\n");
    QCOMPARE(shell(machine.arg(0)).output, "1\n");
}

void ScriptsBuildTest::configuringIsRepeatedForOtherOptionsOnly()
{
    write("CMakeLists.txt", "cmake_minimum_required(VERSION 3.28)\nproject(tried LANGUAGES NONE)\n");
    const auto configure = [this](const QString& options) {
        return shell("source_folder=$PWD log=log; progress_plan 1:Configuring; configure build " + options);
    };
    QVERIFY(configure("-DA=1").errors.contains("Configuring"));
    QCOMPARE(configure("-DA=1").errors, "");
    QVERIFY(configure("-DA=2").errors.contains("Configuring"));
    write("CMakeLists.txt", "no such command()\n");
    QVERIFY(configure("-DA=3").status != 0);
    QVERIFY(configure("-DA=2").status != 0);
}

void ScriptsBuildTest::nothingIsShownWhenAllIsBuilt()
{
    const QString read = "progress_plan 5:Configuring ?:Compiling; progress_step=1; compile_jobs() { echo 2; }; "
                         "printf '%1' | compile_progress";
    QCOMPARE(shell(read.arg("ninja: no work to do.\\n")).errors, "");
    // What is to do after CMake's own step goes into the estimate: 40 sources at 2.5 s, two at once.
    QCOMPARE(shell(read.arg("[0/1] Re-running CMake\\n[0/40] a\\n[1/40] b\\n")).errors.section('\n', 0, 0),
        "[2/2] Compiling, about 51 s left on an ordinary machine");
    QCOMPARE(shell(read.arg("[0/40] a\\n[1/40] b\\n")).errors.section('\n', 0, 0),
        "[2/2] Compiling, about 51 s left on an ordinary machine");
}

void ScriptsBuildTest::interruptedBuildIsNoFailure()
{
    const Outcome outcome = shell("source_folder=$PWD; compile_alone() { kill -INT $$; return 1; }; build release");
    QCOMPARE(outcome.status, 130);
    QCOMPARE(outcome.errors, "tried: stopped; starting again goes on from there\n");
    // What is to be done then is done as before afterwards.
    const Outcome after = shell("source_folder=$PWD; trap 'echo ours' INT; compile_alone() { :; }; build release; "
                                "kill -INT $$");
    QCOMPARE(after.output, "ours\n");
}

void ScriptsBuildTest::secondBuildInAFolderWaitsAndSaysForWhat()
{
    // The compiler of the first waits to be told, and the second is read until it says what it waits for.
    const Outcome outcome = shell("source_folder=$PWD; mkfifo begun go; "
                                  "compile_alone() { echo \"begin $1\"; [ \"$2\" != slow ] || "
                                  "{ echo >begun; read -r _ <go; }; echo \"end $1 $2\"; } >>order; "
                                  "compile release slow & "
                                  "read -r _ <begun; "
                                  "exec {second}< <(compile release quick 2>&1); "
                                  "read -r line <&\"$second\"; echo \"$line\"; "
                                  "compile sanitized other; " // a folder of its own
                                  "echo >go; cat <&\"$second\"; wait; cat order");
    static const QRegularExpression expected(
        "^tried: waiting for another script here: tried builds \\(release\\), since \\d\\d:\\d\\d\n"
        "begin release\nbegin sanitized\nend sanitized other\nend release slow\nbegin release\nend release quick\n$");
    QVERIFY2(expected.match(outcome.output).hasMatch(), qPrintable(outcome.output + outcome.errors));
}

void ScriptsBuildTest::holdEndsWithItsScript()
{
    const Outcome outcome = shell("( hold held builds; kill -KILL $BASHPID ); hold held builds; echo mine");
    QCOMPARE(outcome.output, "mine\n");
    QVERIFY2(!outcome.errors.contains("waiting"), qPrintable(outcome.errors));
    QCOMPARE(shell("hold held builds; release held; flock --nonblock held true && cat held").output, "");
}

void ScriptsBuildTest::reportOfASanitizerIsAFailure()
{
    const QString tally = ". $scripts/lib/tally.sh; tally_passed; tally_reports .; tally_report";
    QCOMPARE(shell(tally).status, 0);
    write("report.clock.d.12", "==12==ERROR: all of it\nSUMMARY: AddressSanitizer: heap-use-after-free clock.cpp:7\n");
    const Outcome outcome = shell(tally);
    QVERIFY(outcome.status != 0);
    QVERIFY2(outcome.output.contains("ERROR: all of it\n"), qPrintable(outcome.output));
    QVERIFY2(outcome.output.endsWith("failed: clock.d: SUMMARY: AddressSanitizer: heap-use-after-free clock.cpp:7\n"
                                     "1 passed, 1 failed, 0 skipped\n"),
        qPrintable(outcome.output));
}

QTEST_GUILESS_MAIN(ScriptsBuildTest)
#include "test_scripts_build.moc"
