// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "tree/source_tree.h"

#include <QFile>
#include <QProcess>
#include <QRegularExpression>
#include <QTemporaryDir>
#include <QTest>

using namespace foliot::tree;

namespace {

struct Outcome {
    int status = -1;
    QString output;
    QString errors;
};

} // namespace

// The pieces in scripts/lib, each asked for what it does in a shell of its own with an empty cache.
class ScriptsTest : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
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
    void progressOffATerminalIsWholeLines();
    void compilersAreAsManyAsTheMemoryAllows();
    void configuringIsRepeatedForOtherOptionsOnly();
    void nothingIsShownWhenAllIsBuilt();
    void reportOfASanitizerIsAFailure();
    void killedSupervisorTakesEverythingWithIt();
    void supervisedStatusIsPassedOn();
    void userWithoutNamespacesIsToldAllThatIsMissing_data();
    void userWithoutNamespacesIsToldAllThatIsMissing();
    void networkIsARouteOutOfThisComputer_data();
    void networkIsARouteOutOfThisComputer();
    void otherTimeDaemonIsNamedAndEndedOnlyWhenAllowed();
    void stoppedServicesAreNotedAsTheyWereAtFirst();
    void liveSessionIsSeenByItsOwnUser();
    void whatWasInstalledIsTakenBack();
    void whatOthersPutThereStays();

private:
    [[nodiscard]] Outcome shell(const QString& commands, const QString& before = {}) const;
    void write(const QString& name, const QByteArray& text) const;

    std::unique_ptr<QTemporaryDir> m_folder;
};

void ScriptsTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(m_folder->isValid());
    QVERIFY(QDir(m_folder->path()).mkdir("foliot"));
}

Outcome ScriptsTest::shell(const QString& commands, const QString& before) const
{
    QProcess bash;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert("XDG_CACHE_HOME", m_folder->path());
    environment.insert("FOLIOT_PROGRAM", "tried");
    environment.remove("FOLIOT_MIRROR");
    bash.setProcessEnvironment(environment);
    bash.setWorkingDirectory(m_folder->path());
    bash.start("bash", {"-c", before + "\n. '" + sourceFolder() + "/scripts/lib/common.sh'\n" + commands});
    if (!bash.waitForFinished())
        return {};
    return {bash.exitCode(), QString::fromUtf8(bash.readAllStandardOutput()),
        QString::fromUtf8(bash.readAllStandardError())};
}

void ScriptsTest::write(const QString& name, const QByteArray& text) const
{
    QFile file(m_folder->filePath(name));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(text);
}

void ScriptsTest::packagesAreThoseOfTheirSections()
{
    write("packages.txt", "# [not]\n[build]\ng++ # a compiler\n\n[check]\nclang\n[peers]\nchrony\n");
    QCOMPARE(shell("scripts=. packages build peers").output, "g++\nchrony\n");
    QCOMPARE(shell("scripts=. peers test").output, "chrony\n");
    QCOMPARE(shell("scripts=. peers build").output, "");
}

void ScriptsTest::everySectionOfTheListIsUsed()
{
    static const QRegularExpression heading(R"(^\[(\w+)\]$)", QRegularExpression::MultilineOption);
    QStringList used = shell("sections test").output.simplified().split(' ');
    used.append("peers");
    for (const auto& match : heading.globalMatch(QString::fromUtf8(contents("scripts/packages.txt"))))
        QVERIFY2(used.contains(match.captured(1)), qPrintable(match.captured(1)));
}

void ScriptsTest::stampChangesWithTheList()
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

void ScriptsTest::rootForTheTestsIsEnoughForBuilding()
{
    QCOMPARE(shell("mkdir -p $root/.foliot; stamp test $suite >$root/.foliot/test; root_is_ready build").status, 0);
    QVERIFY(shell("rm $root/.foliot/test; stamp build $suite >$root/.foliot/build; root_is_ready test").status != 0);
    QCOMPARE(shell("root_is_ready build").status, 0);
}

void ScriptsTest::rootOfAnotherListIsNotReady()
{
    QVERIFY(shell("root_is_ready build").status != 0);
    QVERIFY(shell("mkdir -p $root/.foliot; echo 0123 >$root/.foliot/build; root_is_ready build").status != 0);
}

void ScriptsTest::failedStepSaysWhatToDo_data()
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

void ScriptsTest::failedStepSaysWhatToDo()
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

void ScriptsTest::mirrorIsTheSystemsOwn_data()
{
    QTest::addColumn<QString>("targets");
    QTest::newRow("plain") << "http://elsewhere.example/tools\\nhttp://mirror.example/debian/\\n";
    QTest::newRow("list in a file") << "mirror+file:" + QDir::tempPath() + "/debian.list\\n";
}

void ScriptsTest::mirrorIsTheSystemsOwn()
{
    QFETCH(QString, targets);
    write("debian.list", "# mirrors\nhttp://mirror.example/debian/ priority:1\n");
    targets.replace(QDir::tempPath(), m_folder->path());
    QCOMPARE(shell("apt-get() { printf '" + targets + "'; }; mirror").output, "http://mirror.example/debian/\n");
    QCOMPARE(shell("apt-get() { false; }; FOLIOT_MIRROR=http://other.example mirror").output, "http://other.example\n");
}

void ScriptsTest::withoutMirrorItIsSaidWhatToSet()
{
    const Outcome outcome = shell("apt-get() { false; }; mirror");
    QCOMPARE(outcome.status, 69);
    QVERIFY(outcome.errors.contains("set FOLIOT_MIRROR"));
}

void ScriptsTest::timeLeftGoesByTheStepsSoFar()
{
    // A quarter of the whole took 20 s.
    const QString plan = "progress_plan 10:One 30:Two; progress_step=2; progress_started=$((EPOCHSECONDS - 20)); ";
    const QString left = shell(plan + "progress_left 0").output;
    QVERIFY2(left == ", about 1 min 1 s left\n" || left == ", about 1 min 4 s left\n", qPrintable(left));
    QCOMPARE(shell(plan + "progress_left 100").output, "");
    QCOMPARE(shell("progress_plan 10:One 30:Two; progress_step=1; progress_left 0").output,
        ", about 40 s in all on an ordinary machine\n");
}

void ScriptsTest::progressOffATerminalIsWholeLines()
{
    const Outcome outcome = shell("unset EPOCHSECONDS; EPOCHSECONDS=1000; "
                                  "progress_plan 10:One 30:Two; progress_next; progress_at 50; progress_next; "
                                  "progress_done");
    QCOMPARE(outcome.errors,
        "[1/2] One, about 40 s in all on an ordinary machine\n[2/2] Two, about 40 s in all on an ordinary machine\n"
        "tried: done after 0 s\n");
    QCOMPARE(outcome.output, "");
}

void ScriptsTest::compilersAreAsManyAsTheMemoryAllows()
{
    const QString machine = "nproc() { echo 8; }; awk() { echo %1; }; compile_jobs";
    QCOMPARE(shell(machine.arg(64)).output, "8\n");
    QCOMPARE(shell(machine.arg(3)).output, "3\n");
    QCOMPARE(shell(machine.arg(0)).output, "1\n");
}

void ScriptsTest::configuringIsRepeatedForOtherOptionsOnly()
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

void ScriptsTest::nothingIsShownWhenAllIsBuilt()
{
    const QString read = "progress_plan 5:Configuring 120:Compiling; progress_step=1; compile_jobs() { echo 2; }; "
                         "printf '%1' | compile_progress";
    QCOMPARE(shell(read.arg("ninja: no work to do.\\n")).errors, "");
    // What is to do after CMake's own step goes into the estimate: 40 sources at 2.5 s, two at once.
    QCOMPARE(shell(read.arg("[0/1] Re-running CMake\\n[0/40] a\\n[1/40] b\\n")).errors.section('\n', 0, 0),
        "[2/2] Compiling, about 7 s in all on an ordinary machine");
    QCOMPARE(shell(read.arg("[0/40] a\\n[1/40] b\\n")).errors.section('\n', 0, 0),
        "[2/2] Compiling, about 56 s in all on an ordinary machine");
}

void ScriptsTest::reportOfASanitizerIsAFailure()
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

void ScriptsTest::killedSupervisorTakesEverythingWithIt()
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

void ScriptsTest::supervisedStatusIsPassedOn()
{
    if (shell("find_namespace_flags && unshare \"${namespace_flags[@]}\" --pid --fork true").status != 0)
        QSKIP("process namespaces are not allowed here");
    QCOMPARE(shell("find_namespace_flags; supervise -- sh -c 'exit 7'").status, 7);
    QCOMPARE(shell("find_namespace_flags; echo word | supervise -- cat").output, "word\n");
}

void ScriptsTest::userWithoutNamespacesIsToldAllThatIsMissing_data()
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

void ScriptsTest::userWithoutNamespacesIsToldAllThatIsMissing()
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

void ScriptsTest::networkIsARouteOutOfThisComputer_data()
{
    QTest::addColumn<QString>("route");
    QTest::addColumn<int>("status");
    QTest::newRow("none") << "true" << 1;
    QTest::newRow("loopback alone") << "ip link set lo up" << 1;
    QTest::newRow("neighbours alone") << "ip addr add 192.0.2.2/24 dev out" << 1;
    QTest::newRow("IPv4") << "ip addr add 192.0.2.2/24 dev out; ip route add default via 192.0.2.1" << 0;
    QTest::newRow("IPv6") << "ip -6 route add default dev out" << 0;
}

void ScriptsTest::networkIsARouteOutOfThisComputer()
{
    QFETCH(QString, route);
    const QString own = "find_namespace_flags && unshare \"${namespace_flags[@]}\" --net -- ";
    const QString link = "ip link add out type veth peer name other && ip link set out up && ip link set other up";
    if (shell(own + "sh -c '" + link + "'").status != 0)
        QSKIP("network namespaces are not allowed here");
    QTEST(shell(own + "bash -c '" + link + "; " + route + "; . \"$0\"; has_network' $scripts/lib/network.sh").status,
        "status");
}

// For what would change the system: paths below a folder of the test, and no service but the test's own.
static const QString tried = "system=$PWD/system; . $scripts/lib/time_services.sh; . $scripts/lib/installation.sh; "
                             "has_systemd() { false; }; getent() { false; }; time_processes=(time-tried); ";

void ScriptsTest::otherTimeDaemonIsNamedAndEndedOnlyWhenAllowed()
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

void ScriptsTest::stoppedServicesAreNotedAsTheyWereAtFirst()
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

void ScriptsTest::liveSessionIsSeenByItsOwnUser()
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

void ScriptsTest::whatWasInstalledIsTakenBack()
{
    const QString before = shell("mkdir -p system/usr/share system/etc; cd system; find . | sort").output;
    const QString install = tried + "install_foliot '" FOLIOT_BUILD_FOLDER "'";
    const Outcome installed = shell(install + " && " + install);
    QVERIFY2(installed.status == 0, qPrintable(installed.errors));
    for (const char* file : {"usr/sbin/foliotd", "usr/bin/foliotctl", "usr/lib/systemd/system/foliotd.service",
             "usr/lib/sysusers.d/foliot.conf", "usr/share/foliot/foliot.toml"})
        QVERIFY2(QFile::exists(m_folder->filePath("system/") + file), file);
    // As the service's start does.
    QCOMPARE(shell("cd system; mkdir -p etc/foliot var/lib/foliot; cp usr/share/foliot/foliot.toml etc/foliot; echo "
                   ">var/lib/foliot/drift")
                 .status,
        0);
    QCOMPARE(shell(tried + "remove_foliot; start_time_services").status, 0);
    QCOMPARE(shell("rmdir system/var/lib system/var; cd system; find . | sort").output, before);
}

void ScriptsTest::whatOthersPutThereStays()
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

QTEST_GUILESS_MAIN(ScriptsTest)
#include "test_scripts.moc"
