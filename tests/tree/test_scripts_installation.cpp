// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"

#include "tree/source_tree.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QScopeGuard>
#include <QTest>

using namespace foliot::tree;

// For what would change the system: paths below a folder of the test, and no service but the test's own.
static const QString tried = "system=$PWD/system; . $scripts/lib/time_services.sh; . $scripts/lib/installation.sh; "
                             "has_systemd() { false; }; getent() { false; }; time_processes=(time-tried); ";

// What meets the system: the services that keep its clock, the live session, and the files that are installed.
class ScriptsInstallationTest : public ScriptTest {
    Q_OBJECT

private Q_SLOTS:
    void otherTimeDaemonIsNamedAndEndedOnlyWhenAllowed();
    void stoppedServicesAreNotedAsTheyWereAtFirst();
    void liveSessionIsSeenByItsOwnUser();
    void whatWasInstalledIsTakenBack();
    void whatOthersPutThereStays();
};

void ScriptsInstallationTest::otherTimeDaemonIsNamedAndEndedOnlyWhenAllowed()
{
    const auto started = [this](const QString& argument) {
        return shell("cp -u \"$(command -v sh)\" time-tried; mkfifo silent 2>/dev/null; "
                     "./time-tried -c 'read word' " +
                     argument + " <>silent >/dev/null 2>&1 & echo $!")
            .output.trimmed();
    };
    const QString id = started("steering"), harmless = started("-x");
    const auto end = qScopeGuard(
        [id, harmless] { QProcess::execute("sh", {"-c", "kill " + id + " " + harmless + " 2>/dev/null"}); });
    QTRY_COMPARE_WITH_TIMEOUT(shell(tried + "running_time_processes").output, "time-tried " + id + "\n", 30000);

    const QString stop = tried + "of_a_service() { false; }; stop_time_services meanwhile </dev/null";
    const Outcome refused = shell(stop);
    QVERIFY(refused.status != 0);
    QVERIFY2(refused.errors.contains("still running: time-tried (process " + id + ")"), qPrintable(refused.errors));
    QVERIFY(!QFile::exists(m_folder->filePath("system/var/lib/foliot-install")));

    const Outcome ended = shell("FOLIOT_YES=1; " + stop);
    QVERIFY2(ended.status == 0, qPrintable(ended.errors));
    QCOMPARE(shell(tried + "running_time_processes").output, "");
    QVERIFY(shell(tried + "start_time_services")
            .errors.contains("start it again as you did before: ./time-tried -c read word steering"));
    QVERIFY(!QFile::exists(m_folder->filePath("system/var/lib/foliot-install")));
}

void ScriptsInstallationTest::stoppedServicesAreNotedAsTheyWereAtFirst()
{
    const QString systemd = tried + "has_systemd() { true; }; systemctl() { echo \"$@\" >>called; }; ";
    QCOMPARE(
        shell(systemd + "running_time_services() { echo clock.service; }; FOLIOT_YES=1; stop_time_services for-good")
            .status,
        0);
    QCOMPARE(shell("cat called; rm called").output, "--quiet disable --now clock.service\n");
    QCOMPARE(
        shell(systemd + "running_time_services() { echo clock.service; }; FOLIOT_YES=1; stop_time_services meanwhile")
            .status,
        0);
    QCOMPARE(shell("cat called; rm called").output, "stop clock.service\n");
    QCOMPARE(shell(systemd + "start_time_services").status, 0);
    QCOMPARE(shell("cat called; rm called").output, "--quiet enable clock.service\nstart clock.service\n");
    QCOMPARE(shell(systemd + "start_time_services").status, 0);
    QVERIFY(!QFile::exists(m_folder->filePath("called")));
}

void ScriptsInstallationTest::liveSessionIsSeenByItsOwnUser()
{
    // In a user namespace, where the kernel refuses every change of the clock whatever the capabilities are.
    const QString inUserNamespace =
        "mkfifo go; "
        "unshare --user sh -c 'read word <go; exec \"$@\"' sh %1 </dev/null & child=$!; "
        "until [ \"$(readlink /proc/$child/ns/user)\" != \"$(readlink /proc/self/ns/user)\" ]; "
        "do kill -0 $child || exit 77; done; "
        "echo 0 0 65536 >/proc/$child/uid_map && echo 0 0 65536 >/proc/$child/gid_map || exit 77; "
        "echo >go; wait $child";
    if (shell(inUserNamespace.arg("true")).status != 0)
        QSKIP("user namespaces are not allowed here");
    QCOMPARE(shell("rm go").status, 0);
    const Outcome session =
        shell("unset DISPLAY WAYLAND_DISPLAY; " +
              inUserNamespace.arg("$scripts/lib/live_session '" FOLIOT_BUILD_FOLDER "' 127.0.0.1 1"));
    QVERIFY(session.status != 0); // no server answers
    static const QRegularExpression clock("^ *Clock +kernel", QRegularExpression::MultilineOption);
    QVERIFY2(session.output.contains(clock), qPrintable(session.output + session.errors));
    QVERIFY2(session.output.contains("127.0.0.1"), qPrintable(session.output + session.errors));
}

void ScriptsInstallationTest::whatWasInstalledIsTakenBack()
{
    const QString before = shell("mkdir -p system/usr/share system/etc; cd system; find . | sort").output;
    const QString install = tried + "install_foliot '" FOLIOT_BUILD_FOLDER "'";
    const Outcome installed = shell(install + " && " + install);
    QVERIFY2(installed.status == 0, qPrintable(installed.errors));
    for (const char* file : {"usr/sbin/foliotd", "usr/bin/foliotctl", "usr/lib/systemd/system/foliotd.service",
             "usr/lib/sysusers.d/foliot.conf", "usr/share/foliot/foliot.toml", "usr/share/man/man8/foliotd.8",
             "usr/share/man/man5/foliot.toml.5", "usr/share/man/man1/foliot.1", "usr/share/man/man1/foliotctl.1",
             "usr/share/man/man8/foliot-helper.8"})
        QVERIFY2(QFile::exists(m_folder->filePath("system/") + file), file);
    // As the service's start does.
    QCOMPARE(shell("cd system; mkdir -p etc/foliot var/lib/foliot; cp usr/share/foliot/foliot.toml etc/foliot; echo "
                   ">var/lib/foliot/drift")
                 .status,
        0);
    QCOMPARE(shell(tried + "remove_foliot; start_time_services").status, 0);
    QCOMPARE(shell("rmdir system/var/lib system/var; cd system; find . | sort").output, before);
}

void ScriptsInstallationTest::whatOthersPutThereStays()
{
    QCOMPARE(
        shell("mkdir -p system/var/lib/foliot system/usr/share/foliot; echo 1 >system/var/lib/foliot/drift").status, 0);
    QCOMPARE(shell(tried + "install_foliot '" FOLIOT_BUILD_FOLDER "'").status, 0);
    QCOMPARE(shell("cd system; mkdir -p etc/foliot; echo '# mine' >etc/foliot/foliot.toml; echo "
                   ">usr/share/metainfo/other.xml; "
                   "echo /usr/../kept >>var/lib/foliot-install/files; echo /opt/kept >>var/lib/foliot-install/files; "
                   "mkdir opt; echo >kept; echo >opt/kept")
                 .status,
        0);
    const Outcome removed = shell(tried + "remove_foliot");
    QVERIFY2(removed.errors.contains("etc/foliot/foliot.toml stays"), qPrintable(removed.errors));
    QCOMPARE(shell("cd system; find . -type f | sort").output,
        "./etc/foliot/foliot.toml\n./kept\n./opt/kept\n./usr/share/metainfo/other.xml\n./var/lib/foliot/drift\n");
    QVERIFY(QDir(m_folder->filePath("system/usr/share/foliot")).exists());
}

QTEST_GUILESS_MAIN(ScriptsInstallationTest)
#include "test_scripts_installation.moc"
