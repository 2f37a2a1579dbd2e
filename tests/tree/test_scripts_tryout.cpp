// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"
#include "tree/source_tree.h"

#include <QDir>
#include <QProcess>
#include <QTest>

using namespace foliot::tree;

// The try-out, and how it is reached from another terminal. The scripts are copies, beside a build folder that is a link
// to the real one's programs, so that no other try-out of this source tree is met.
class ScriptsTryoutTest : public ScriptTest {
    Q_OBJECT

private Q_SLOTS:
    void tryOutEndsWhenItIsTold();
    void runningTryOutIsReachedFromAnotherTerminal();
    void withoutTryOutItIsSaidHowToStartOne_data();
    void withoutTryOutItIsSaidHowToStartOne();
    void sessionOfAnotherTryOutStays();
    void pictureThatWasNotSavedIsTold();

private:
    void copyScripts() const;
    void start(QProcess& tryOut, const QString& mode) const;
};

void ScriptsTryoutTest::copyScripts() const
{
    QCOMPARE(shell("mkdir -p tmp tree/build/tried-release && cp -r \"$scripts\" tree/scripts && cd "
                   "tree/build/tried-release && "
                   "ln -s '" FOLIOT_BUILD_FOLDER "'/{daemon,cli,gui} .")
                 .status,
        0);
}

void ScriptsTryoutTest::start(QProcess& tryOut, const QString& mode) const
{
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("QT_QPA_PLATFORM", "offscreen");
    environment.insert("TMPDIR", m_folder->filePath("tmp"));
    tryOut.setProcessEnvironment(environment);
    tryOut.start(m_folder->filePath("tree/scripts/lib/tryout"), {m_folder->filePath("tree/build/tried-release"), mode});
}

// SIGTERM, as whoever logs out sends it, while the window is open.
void ScriptsTryoutTest::tryOutEndsWhenItIsTold()
{
    copyScripts();
    QProcess tryOut;
    start(tryOut, "window");
    QByteArray said;
    const auto hasBegun = [&] { return (said += tryOut.readAllStandardError()).contains("Leave the window"); };
    QTRY_VERIFY2_WITH_TIMEOUT(hasBegun(), said.constData(), 30000);
    tryOut.terminate();
    QVERIFY(tryOut.waitForFinished());
    QCOMPARE(tryOut.exitStatus(), QProcess::NormalExit);
    QCOMPARE(tryOut.exitCode(), 143);
    QVERIFY(QDir(m_folder->filePath("tmp")).entryList({"foliot-tryout.*"}, QDir::Dirs).isEmpty());
}

void ScriptsTryoutTest::runningTryOutIsReachedFromAnotherTerminal()
{
    copyScripts();
    QProcess tryOut;
    start(tryOut, "hold");
    QByteArray said;
    const auto hasBegun = [&] { return (said += tryOut.readAllStandardOutput()).contains("DAEMON_PID"); };
    QTRY_VERIFY2_WITH_TIMEOUT(hasBegun(), said.constData(), 30000);
    // Another terminal knows neither the bus nor its kind, and in the Debian folder it has a /tmp of its own.
    const QString namespaces = "find_namespace_flags && unshare \"${namespace_flags[@]}\" ";
    const QString ownTmp = shell(namespaces + "true").status == 0
                               ? namespaces + "sh -c 'mount -t tmpfs tmpfs tmp && exec \"$@\"' sh "
                               : QString();
    const Outcome sources = shell("unset DBUS_SESSION_BUS_ADDRESS FOLIOT_BUS; export FOLIOT_INSIDE=tried; " + ownTmp +
                                  "tree/scripts/ctl sources --json");
    QCOMPARE(sources.errors, "");
    QCOMPARE(sources.status, 0);
    QVERIFY2(sources.output.contains("127.0.0.13"), qPrintable(sources.output));
    QCOMPARE(shell("FOLIOT_INSIDE=tried tree/scripts/ctl remove nobody.example").status, 5); // foliotctl's own
    tryOut.terminate();
    QVERIFY(tryOut.waitForFinished());
    QCOMPARE(shell("FOLIOT_INSIDE=tried tree/scripts/ctl sources").status, 69);
    QVERIFY(!QFile::exists(m_folder->filePath("tree/build/tried-release/tryout-session")));
}

void ScriptsTryoutTest::withoutTryOutItIsSaidHowToStartOne_data()
{
    QTest::addColumn<QString>("left");
    const QString session = "mkdir -p tree/build/tried-release; cd tree/build/tried-release; ";
    QTest::newRow("never built") << "true";
    QTest::newRow("never run") << session;
    QTest::newRow("cut short") << session + "echo window >tryout-session";
    QTest::newRow("killed") << session + "printf 'hold\\n4194305\\nunix:abstract=gone\\n' >tryout-session";
    QTest::newRow("its number is another program's now")
        << session + "printf 'hold\\n1\\nunix:abstract=gone\\n' >tryout-session";
}

void ScriptsTryoutTest::withoutTryOutItIsSaidHowToStartOne()
{
    QFETCH(const QString, left);
    QCOMPARE(shell("mkdir tree && cp -r \"$scripts\" tree/scripts; " + left).status, 0);
    const Outcome outcome = shell("tree/scripts/ctl status");
    QCOMPARE(outcome.status, 69);
    QCOMPARE(outcome.output, "");
    QCOMPARE(outcome.errors, "tried: no try-out is running\n"
                             "  what to do:  start one in another terminal: scripts/run\n");
}

void ScriptsTryoutTest::sessionOfAnotherTryOutStays()
{
    const QString commands = ". \"$scripts/lib/tryout_session.sh\"; write_tryout_session . window 17; "
                             "remove_tryout_session . %1; ls";
    QCOMPARE(shell("DBUS_SESSION_BUS_ADDRESS=unix:abstract=a; " + commands.arg(18)).output, "foliot\ntryout-session\n");
    QCOMPARE(shell("DBUS_SESSION_BUS_ADDRESS=unix:abstract=a; " + commands.arg(17)).output, "foliot\n");
    QCOMPARE(shell(". \"$scripts/lib/tryout_session.sh\"; remove_tryout_session . ''").status, 0);
}

void ScriptsTryoutTest::pictureThatWasNotSavedIsTold()
{
    const QString tell = ". \"$scripts/lib/tryout_session.sh\"; tell_picture picture.png";
    QCOMPARE(shell(tell).errors,
        "tried: No picture of the window was saved: that is done 30 s after the start, and you "
        "left before.\n");
    write("picture.png", "anything");
    QCOMPARE(shell(tell).errors, "tried: Picture of the window: picture.png\n");
    // Whoever leaves the table hears of it.
    QVERIFY(
        contents("scripts/lib/tryout").contains("\"$foliotctl\" watch || status=$?\n    tell_picture \"$picture\"\n"));
}

QTEST_GUILESS_MAIN(ScriptsTryoutTest)
#include "test_scripts_tryout.moc"
