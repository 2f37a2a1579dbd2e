// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"
#include "tree/source_tree.h"

#include <QTest>

using namespace foliot::tree;

// Where the scripts look for things and put them, in an environment that is not the usual one.
class ScriptsPlacesTest : public ScriptTest {
    Q_OBJECT

private Q_SLOTS:
    void searchPathOfCdMisleadsNobody();
    void relativeCacheIsNone();
    void unknownPurposeSetsNothingUp();
    void windowNeedsNoHome();
    void cacheThatCannotBeWrittenIsNamed();
    void sourceTreeThatCannotBeWrittenIsNamed();
};

void ScriptsPlacesTest::searchPathOfCdMisleadsNobody()
{
    const Outcome outcome =
        shell("cd '" + sourceFolder() + "' && CDPATH=. bash -c '. scripts/lib/common.sh && echo \"$scripts\"'");
    QCOMPARE(outcome.errors, QString());
    QCOMPARE(outcome.output, sourceFolder() + "/scripts\n");
}

void ScriptsPlacesTest::relativeCacheIsNone()
{
    const QString cache = "bash -c \". '$scripts/lib/common.sh'; echo \\\"\\$cache\\\"\"";
    QCOMPARE(shell("HOME=/srv/me XDG_CACHE_HOME=here " + cache).output, "/srv/me/.cache/foliot\n");
    QCOMPARE(shell("HOME=/srv/me XDG_CACHE_HOME= " + cache).output, "/srv/me/.cache/foliot\n");
    QCOMPARE(shell("HOME=/srv/me XDG_CACHE_HOME='/a b' " + cache).output, "/a b/foliot\n");
}

void ScriptsPlacesTest::unknownPurposeSetsNothingUp()
{
    for (const auto* options : {"--for tests -- true", "--for", "--for ''"}) {
        const Outcome outcome = shell(QStringLiteral("\"$scripts\"/enter ") + options);
        QCOMPARE(outcome.status, 69);
        QVERIFY2(outcome.errors.startsWith("tried: --for needs build or test\n"), qPrintable(outcome.errors));
    }
}

void ScriptsPlacesTest::windowNeedsNoHome()
{
    const Outcome outcome =
        shell("set -u; unset HOME XAUTHORITY DBUS_SESSION_BUS_ADDRESS; DISPLAY=:7 pivot=() settings=()\n"
              ". \"$scripts/lib/inside.sh\"; add_window; echo \"${settings[@]}\"");
    QCOMPARE(outcome.errors, QString());
    QVERIFY2(outcome.output.startsWith("DISPLAY=:7 "), qPrintable(outcome.output));
}

void ScriptsPlacesTest::cacheThatCannotBeWrittenIsNamed()
{
    write("file", "");
    const Outcome outcome = shell("cache=$PWD/file/foliot log=$cache/set-up.log; unset FOLIOT_LOG_STARTED; start_log");
    QCOMPARE(outcome.status, 69);
    QVERIFY2(outcome.errors.startsWith(
                 "tried: nothing can be kept in " + m_folder->path() + "/file/foliot\n  why:  mkdir: "),
        qPrintable(outcome.errors));
    QVERIFY(outcome.errors.contains("  what to do:  set XDG_CACHE_HOME to a folder that can be written to"));
}

void ScriptsPlacesTest::sourceTreeThatCannotBeWrittenIsNamed()
{
    write("file", "");
    const Outcome outcome = shell("source_folder=$PWD/file FOLIOT_INSIDE=root; build release");
    QCOMPARE(outcome.status, 69);
    QVERIFY2(outcome.errors.startsWith(
                 "tried: nothing can be built in " + m_folder->path() + "/file/build/root-release\n  why:  mkdir: "),
        qPrintable(outcome.errors));
    QVERIFY(outcome.errors.contains("  what to do:  put the source tree where it can be written to"));
}

QTEST_GUILESS_MAIN(ScriptsPlacesTest)
#include "test_scripts_places.moc"
