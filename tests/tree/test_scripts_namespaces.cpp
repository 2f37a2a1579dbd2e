// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/script_test.h"
#include "tree/source_tree.h"

#include <QProcess>
#include <QTest>

using namespace foliot::tree;

// Processes, users and networks of their own, and what is said where they cannot be had.
class ScriptsNamespacesTest : public ScriptTest {
    Q_OBJECT

private Q_SLOTS:
    void killedSupervisorTakesEverythingWithIt();
    void supervisedStatusIsPassedOn();
    void userWithoutNamespacesIsToldAllThatIsMissing_data();
    void userWithoutNamespacesIsToldAllThatIsMissing();
    void networkIsARouteOutOfThisComputer_data();
    void networkIsARouteOutOfThisComputer();
};

void ScriptsNamespacesTest::killedSupervisorTakesEverythingWithIt()
{
    if (shell("find_namespace_flags && unshare \"${namespace_flags[@]}\" --pid --fork true").status != 0)
        QSKIP("process namespaces are not allowed here");
    for (const int signal : {2, 9, 15}) {
        // The lock is free when the last of the processes that share it is gone.
        const QString lock = m_folder->filePath("lock");
        QProcess bash;
        bash.start("bash", {"-c", ". '" + sourceFolder() +
                                      "/scripts/lib/common.sh'; find_namespace_flags; "
                                      "supervise -- bash -c 'exec 9>" +
                                      lock + "; flock 9; sleep 1000 & setsid sleep 1000 & echo ready; wait'"});
        QVERIFY(bash.waitForReadyRead());
        QCOMPARE(bash.readLine(), "ready\n");
        QCOMPARE(QProcess::execute("kill", {"-" + QString::number(signal), QString::number(bash.processId())}), 0);
        QVERIFY(bash.waitForFinished());
        QCOMPARE(bash.exitStatus(), signal == 9 ? QProcess::CrashExit : QProcess::NormalExit);
        if (signal != 9)
            QCOMPARE(bash.exitCode(), 128 + signal);
        QCOMPARE(QProcess::execute("flock", {"--timeout", "5", lock, "true"}), 0);
    }
}

void ScriptsNamespacesTest::supervisedStatusIsPassedOn()
{
    if (shell("find_namespace_flags && unshare \"${namespace_flags[@]}\" --pid --fork true").status != 0)
        QSKIP("process namespaces are not allowed here");
    QCOMPARE(shell("find_namespace_flags; supervise -- sh -c 'exit 7'").status, 7);
    QCOMPARE(shell("find_namespace_flags; echo word | supervise -- cat").output, "word\n");
}

void ScriptsNamespacesTest::userWithoutNamespacesIsToldAllThatIsMissing_data()
{
    QTest::addColumn<QString>("system");
    QTest::addColumn<QString>("why");
    QTest::addColumn<QString>("remedy");
    const QString packaged = "command() { echo \"/usr/bin/$2\"; }; ";
    const QString ids = "echo tina:100000:65536 >ids; ";
    QTest::newRow("nothing there")
        << "command() { false; }"
        << "not installed: mmdebstrap uidmap; ids gives tina no user ids for a user namespace"
        << "sudo apt-get install --no-install-recommends mmdebstrap uidmap && "
           "sudo usermod --add-subuids 100000-165535 --add-subgids 100000-165535 tina";
    QTest::newRow("ids of others") << packaged + "printf 'tom:165536:65536\\ntinatoo:100000:65536\\n' >ids"
                                   << "ids gives tina no user ids for a user namespace"
                                   << "sudo usermod --add-subuids 231072-296607 --add-subgids 231072-296607 tina";
    QTest::newRow("forbidden") << packaged + ids + "mkdir -p sys/kernel; echo 0 >sys/kernel/unprivileged_userns_clone"
                               << "the kernel lets tina make no user namespaces"
                               << "sudo sysctl kernel.unprivileged_userns_clone=1";
    QTest::newRow("forbidden by AppArmor")
        << packaged + ids + "mkdir -p sys/kernel; echo 1 >sys/kernel/apparmor_restrict_unprivileged_userns"
        << "the kernel lets tina make no user namespaces"
        << "sudo sysctl kernel.apparmor_restrict_unprivileged_userns=0";
    QTest::newRow("forbidden by whatever") << packaged + ids + "true" << "the kernel lets tina make no user namespaces"
                                           << "start this as root";
}

void ScriptsNamespacesTest::userWithoutNamespacesIsToldAllThatIsMissing()
{
    QFETCH(QString, system);
    QFETCH(QString, why);
    QFETCH(QString, remedy);
    const Outcome outcome = shell(". $scripts/lib/unprivileged.sh; subordinate_ids=ids kernel_settings=sys; "
                                  "id() { if [ \"$1\" = -u ]; then echo 1000; else echo tina; fi; }; " +
                                  system + "; fail_without_namespaces");
    QCOMPARE(outcome.status, 69);
    QCOMPARE(outcome.errors,
        "tried: the Debian folder cannot be used\n  why:  " + why + "\n  what to do:  " + remedy + "\n");
}

void ScriptsNamespacesTest::networkIsARouteOutOfThisComputer_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << "true" << 1;
    QTest::newRow("loopback alone") << "ip link set lo up" << 1;
    QTest::newRow("neighbours alone") << "ip addr add 192.0.2.2/24 dev out" << 1;
    QTest::newRow("IPv4") << "ip addr add 192.0.2.2/24 dev out; ip route add default via 192.0.2.1" << 0;
    QTest::newRow("IPv6") << "ip -6 route add default dev out" << 0;
}

void ScriptsNamespacesTest::networkIsARouteOutOfThisComputer()
{
    QFETCH(QString, route);
    const QString own = "find_namespace_flags && unshare \"${namespace_flags[@]}\" --net -- ";
    const QString link = "ip link add out type veth peer name other && ip link set out up && ip link set other up";
    if (shell(own + "sh -c '" + link + "'").status != 0)
        QSKIP("network namespaces are not allowed here");
    QTEST(shell(own + "bash -c '" + link + "; " + route + "; . \"$0\"; has_network' $scripts/lib/network.sh").status,
        "status");
}

QTEST_GUILESS_MAIN(ScriptsNamespacesTest)
#include "test_scripts_namespaces.moc"
