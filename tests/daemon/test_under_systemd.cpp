// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd under the real service manager, with the unit as it is shipped: user, capabilities, sandbox, watchdog. Where the
// unit lets a forbidden system call fail, here it ends the daemon, so that none goes unnoticed. Numbers in the names are
// rows of the fault list.

#include "bus/names.h"
#include "daemon/foliotd_files.h"
#include "support/private_bus.h"
#include "support/private_systemd.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusObjectPath>
#include <QDBusVariant>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;
constexpr uint daemonId = 64'350;
const QString unit = u"foliotd.service"_s;

QString contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
}

} // namespace

class TestUnderSystemd : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();

    void daemonWorksInItsSandbox_83();
    void requestsAreServedInTheSandbox_83();
    void reloadIsWaitedFor();
    void hungLoopIsEndedAndTheDaemonStartedAgain_83();
    void killedDaemonIsStartedAgain();
    void stoppedDaemonHasKeptItsState();
    void clockThatMayNotBeSetIsMeasured_72();
    void wrongConfigurationIsNotTriedAgain();

private:
    QString property(const QString& name) const { return m_manager->property(unit, name); }
    bool isSynchronized() const { return property(u"StatusText"_s).startsWith("Synchronized"_L1); }
    int restarts() const { return property(u"NRestarts"_s).toInt(); }
    QDBusMessage ask(const QString& member, const QVariantList& arguments = {}) const
    {
        auto call = QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, member);
        call.setArguments(arguments);
        return m_root.call(call);
    }
    QString logs() { return m_manager->log() + m_manager->run({u"cat"_s, u"/run/foliotd.log"_s}).output; }
    // How it ended, each time until now, in the service manager's words.
    QString results() const { return m_manager->run({u"cat"_s, u"/run/results"_s}).output.simplified(); }

    std::unique_ptr<PrivateBus> m_bus;
    std::unique_ptr<PrivateSystemd> m_manager;
    std::unique_ptr<Folder> m_folder;
    std::unique_ptr<ServingFoliotd> m_server;
    QDBusConnection m_root{QString()};
};

void TestUnderSystemd::initTestCase()
{
    m_bus = std::make_unique<PrivateBus>(PrivateBus::Options{.kind = PrivateBus::Kind::System,
        .policyFiles = {QStringLiteral(PUBLISHER_DIR "/org.foliot.Foliot1.conf")},
        .users = {{u"foliot"_s, daemonId}}});
    if (const auto reason = PrivateBus::whyImpossible(m_bus->options()))
        QSKIP(qPrintable(*reason));
    if (const auto reason = PrivateSystemd::whyImpossible())
        QSKIP(qPrintable(*reason));
    QVERIFY2(m_bus->start(), qPrintable(m_bus->problem()));
    m_root = QDBusConnection::connectToBus(m_bus->address(), u"root"_s);

    m_folder = std::make_unique<Folder>();
    m_server = std::make_unique<ServingFoliotd>(*m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->isServing(), patienceMs);
    // Names to look up, an address to find dead, and the port that needs the unit's capability.
    const QString file = m_folder->write(
        u"foliot.toml"_s, u"[[source]]\naddress = \"%1\"\nminpoll = 0\nmaxpoll = 2\n"
                          "[[source]]\naddress = \"localhost\"\nport = 9\npool = true\nminpoll = 0\n"
                          "[[source]]\naddress = \"no-such-host.invalid\"\nminpoll = 0\n"
                          "[clock]\ntype = \"simulated\"\n[simulation]\nfrequency = 20\n"
                          "[server]\nlisten = [\"%2:123\", \"[::1]:123\"]\n"_s.arg(
                              daemon::endpointText(m_server->endpoint()), m_server->endpoint().address.toString()));

    QString text = contentOf(QStringLiteral(UNIT));
    const qsizetype start = text.indexOf("\nExecStart="_L1) + 11;
    text.replace(start, text.indexOf(u'\n', start) - start,
        u"%1/foliotd --config %1/foliot.toml"_s.arg(PrivateSystemd::filesFolder));
    QStringList environment;
    for (const QString& pair : m_bus->environment())
        environment.append(u'"' + pair + u'"');
    const QString dropIn =
        u"[Service]\nSystemCallErrorNumber=kill\nWatchdogSec=4\nLimitCORE=0\nEnvironment=%1 FOLIOT_TEST_HANG=1 "
        u"LD_PRELOAD=%2/hang.so\n"
        "BindPaths=%3\nExecStopPost=+/bin/sh -c 'echo $$SERVICE_RESULT >>/run/results'\n"
        "StandardOutput=append:/run/foliotd.log\nStandardError=append:/run/foliotd.log\n"_s.arg(
            environment.join(u' '), PrivateSystemd::filesFolder, m_bus->directory());
    m_manager = std::make_unique<PrivateSystemd>(
        PrivateSystemd::Options{.units = {{unit, text}, {unit + u".d/test.conf"_s, dropIn}},
            .files = {{u"foliotd"_s, QStringLiteral(FOLIOTD)}, {u"foliot.toml"_s, file},
                {u"hang.so"_s, QStringLiteral(HANG_PRELOAD)}},
            .users = {{u"foliot"_s, daemonId}}});
    QVERIFY2(m_manager->start(), qPrintable(m_manager->problem()));
}

void TestUnderSystemd::cleanup()
{
    if (QTest::currentTestFailed() && m_manager)
        qInfo().noquote() << logs();
}

void TestUnderSystemd::cleanupTestCase()
{
    QDBusConnection::disconnectFromBus(u"root"_s);
    m_manager.reset();
    m_server.reset();
    m_bus.reset();
}

void TestUnderSystemd::daemonWorksInItsSandbox_83()
{
    const RunResult started = m_manager->systemctl({u"start"_s, unit}); // waits until the daemon says that it is ready
    QVERIFY2(started.exitCode == 0, qPrintable(started.output));
    QTRY_VERIFY_WITH_TIMEOUT(isSynchronized(), patienceMs);
    QVERIFY(logs().contains("serving on [::1]:123"_L1)); // serves there
    const QString status = m_manager->run({u"cat"_s, u"/proc/%1/status"_s.arg(property(u"MainPID"_s))}).output;
    QVERIFY2(status.contains(u"CapEff:\t0000000000000400\n"_s) && status.contains(u"NoNewPrivs:\t1\n"_s) &&
                 status.contains(u"Seccomp:\t2\n"_s) && status.contains(u"Uid:\t%1\t"_s.arg(daemonId)),
        qPrintable(status));
    QCOMPARE(restarts(), 0);
}

void TestUnderSystemd::requestsAreServedInTheSandbox_83()
{
    const QDBusMessage added = ask(u"AddSource"_s, {u"127.0.0.2:9"_s, QVariantMap{{u"keep"_s, true}}});
    QCOMPARE(added.errorMessage(), QString());
    const QString path = added.arguments().value(0).value<QDBusObjectPath>().path();
    QCOMPARE(ask(u"Refresh"_s).errorMessage(), QString());
    QCOMPARE(ask(u"History"_s, {60.0, 10U}).errorMessage(), QString());
    QCOMPARE(ask(u"StepClock"_s, {10.0}).errorMessage(), QString());
    QCOMPARE(ask(u"RemoveSource"_s, {QVariant::fromValue(QDBusObjectPath(path))}).errorMessage(), QString());
    QCOMPARE(restarts(), 0);
}

void TestUnderSystemd::reloadIsWaitedFor()
{
    const QString process = property(u"MainPID"_s);
    const RunResult reloaded = m_manager->systemctl({u"reload"_s, unit});
    QVERIFY2(reloaded.exitCode == 0, qPrintable(reloaded.output));
    QTRY_VERIFY_WITH_TIMEOUT(logs().contains("configuration read again"_L1), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(property(u"SubState"_s), u"running"_s, patienceMs);
    QCOMPARE(property(u"MainPID"_s), process);
}

void TestUnderSystemd::hungLoopIsEndedAndTheDaemonStartedAgain_83()
{
    const QString process = property(u"MainPID"_s);
    const RunResult hung = m_manager->systemctl({u"kill"_s, u"--kill-whom=main"_s, u"--signal=RTMAX"_s, unit});
    QVERIFY2(hung.exitCode == 0, qPrintable(hung.output));
    QTRY_COMPARE_WITH_TIMEOUT(restarts(), 1, patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(property(u"SubState"_s), u"running"_s, patienceMs);
    QVERIFY(property(u"MainPID"_s) != process);
    QCOMPARE(results(), u"watchdog"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isSynchronized(), patienceMs);
}

void TestUnderSystemd::killedDaemonIsStartedAgain()
{
    for (const QString& signal : {u"KILL"_s, u"TERM"_s}) { // the second one is a clean end that nobody asked for
        const QString process = property(u"MainPID"_s);
        const int before = restarts();
        QCOMPARE(m_manager->systemctl({u"kill"_s, u"--kill-whom=main"_s, u"--signal="_s + signal, unit}).exitCode, 0);
        QTRY_COMPARE_WITH_TIMEOUT(restarts(), before + 1, patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(property(u"SubState"_s), u"running"_s, patienceMs);
        QVERIFY(property(u"MainPID"_s) != process);
    }
}

void TestUnderSystemd::stoppedDaemonHasKeptItsState()
{
    QTRY_VERIFY_WITH_TIMEOUT(isSynchronized(), patienceMs);
    QCOMPARE(m_manager->systemctl({u"stop"_s, unit}).exitCode, 0);
    QCOMPARE(results(), u"watchdog signal success success"_s);
    QCOMPARE(property(u"ExecMainStatus"_s), u"0"_s);
    const QString files = m_manager->run({u"ls"_s, u"-l"_s, u"/var/lib/foliot"_s}).output;
    QVERIFY2(files.contains("source-ids"_L1) && files.contains("sources.toml"_L1), qPrintable(files));
    QVERIFY2(files.contains(u" foliot foliot "_s) || files.contains(QString::number(daemonId)), qPrintable(files));
}

// The clock `kernel` without the variant of the unit that lets it set the clock.
void TestUnderSystemd::clockThatMayNotBeSetIsMeasured_72()
{
    QCOMPARE(m_manager
                 ->run({u"sed"_s, u"-i"_s, u"-e"_s, u"s/\"simulated\"/\"kernel\"/"_s, u"-e"_s,
                     u"/simulation/,/frequency/d"_s, PrivateSystemd::filesFolder + u"/foliot.toml"_s})
                 .exitCode,
        0);
    const RunResult started = m_manager->systemctl({u"start"_s, unit});
    QVERIFY2(started.exitCode == 0, qPrintable(started.output + logs()));
    const auto clock = [this](const QString& name) {
        auto call = QDBusMessage::createMethodCall(
            bus::serviceName, bus::rootPath, u"org.freedesktop.DBus.Properties"_s, u"Get"_s);
        call << QString(bus::clockInterface) << name;
        return m_root.call(call).arguments().value(0).value<QDBusVariant>().variant();
    };
    QTRY_COMPARE_WITH_TIMEOUT(clock(u"ClockFault"_s), QVariant(u"not-permitted"_s), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(clock(u"Condition"_s), QVariant(u"clock-failed"_s), patienceMs);
    // It goes on measuring, and does not try again and again.
    const auto asOf = clock(u"AsOfBoottimeUSec"_s).toULongLong();
    QTRY_VERIFY_WITH_TIMEOUT(clock(u"AsOfBoottimeUSec"_s).toULongLong() > asOf + 2'000'000, patienceMs);
    QCOMPARE(logs().count("the clock cannot be changed"_L1), 1);
    QVERIFY2(property(u"CPUUsageNSec"_s).toLongLong() < 1'000'000'000, qPrintable(property(u"CPUUsageNSec"_s)));
    QCOMPARE(m_manager->systemctl({u"stop"_s, unit}).exitCode, 0);
}

void TestUnderSystemd::wrongConfigurationIsNotTriedAgain()
{
    QCOMPARE(m_manager->run({u"sh"_s, u"-c"_s, u"echo '[clok]' >%1/foliot.toml"_s.arg(PrivateSystemd::filesFolder)})
                 .exitCode,
        0);
    QVERIFY(m_manager->systemctl({u"start"_s, unit}).exitCode != 0);
    QCOMPARE(property(u"ActiveState"_s), u"failed"_s);
    QCOMPARE(property(u"ExecMainStatus"_s), u"1"_s);
    QVERIFY(logs().contains("foliot.toml:1:"_L1));
}

QTEST_GUILESS_MAIN(TestUnderSystemd)
#include "test_under_systemd.moc"
