// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "helper/helper_bus.h"

#include "clock/keeper.h"

#include <QDBusConnectionInterface>
#include <QDBusReply>
#include <QDir>
#include <QFileInfo>
#include <QTest>

#include <cmath>
#include <csignal>

namespace foliot::tests {

using namespace Qt::StringLiterals;

namespace {

const QString kauthPolicy = u"/usr/share/dbus-1/system.d/org.kde.kf6auth.conf"_s;
const QString shippedPolicy = QStringLiteral(STAGE "/etc/dbus-1/system.d/org.foliot.clock.conf");
const QString shippedRule = QStringLiteral(STAGE "/usr/share/polkit-1/rules.d/org.foliot.clock.rules");
const QString shippedActions = QStringLiteral(STAGE "/usr/share/polkit-1/actions/org.foliot.clock.policy");
const QString shippedService = QStringLiteral(STAGE "/usr/share/dbus-1/system-services/org.foliot.clock.service");

// The name under which the test itself is on the bus.
const QString connectionName = u"helper-bus"_s;

PrivateBus::Options optionsFor(const QString& policy, const QString& services)
{
    return {.kind = PrivateBus::Kind::System,
        .policyFiles = {kauthPolicy, policy, QStringLiteral(PUBLISHER_DIR "/org.foliot.Foliot1.conf")},
        .serviceDirs = {services},
        .withPolkit = true,
        .polkitActions = {shippedActions, QStringLiteral(PUBLISHER_DIR "/org.foliot.policy")},
        .polkitRules = {QString::fromUtf8(contentOf(shippedRule))},
        .users = {{u"foliot"_s, daemonId}, {u"stranger"_s, strangerId}, {u"person"_s, personId}}};
}

constexpr auto asUnit = AS_UNIT " " HELPER_UNIT " ";

// Whether there is somebody who knows what the unit means by its sets of system calls.
bool isUnitKnown()
{
    const RunResult tried = run(QStringLiteral(AS_UNIT), {QStringLiteral(HELPER_UNIT), u"/bin/true"_s});
    return tried.exitCode == 0 && tried.output.isEmpty();
}

void write(const QString& path, const QByteArray& text)
{
    QFile file(path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    QCOMPARE(file.write(text), text.size());
}

} // namespace

double kernelPpm()
{
    timex state{};
    ::adjtimex(&state);
    return clock::ppmOf({.frequency = state.freq, .tick = state.tick});
}

bool isNear(double ppm, double other)
{
    return std::abs(ppm - other) <= 2.0 / 65'536;
}

QByteArray contentOf(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

bool isAlive(qint64 pid)
{
    const QByteArray stat = contentOf(u"/proc/%1/stat"_s.arg(pid));
    return !stat.isEmpty() && !stat.contains(") Z "); // not one that its parent has yet to bury
}

QString pluginFolder()
{
    static const QTemporaryDir folder;
    const QFileInfo built(QStringLiteral(PLUGIN));
    const QString copy = folder.filePath(built.fileName());
    if (!QFile::exists(copy)) {
        const auto forAll = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner | QFile::ReadGroup |
                            QFile::ExeGroup | QFile::ReadOther | QFile::ExeOther;
        if (!QFile::copy(built.filePath(), copy) || !QFile::setPermissions(copy, forAll) ||
            !QFile::setPermissions(folder.path(), forAll))
            qWarning() << "cannot copy" << built.filePath() << "to" << copy;
    }
    return folder.path();
}

std::optional<QString> HelperBus::whyImpossible()
{
    if (const auto reason = PrivateBus::whyImpossible(optionsFor(shippedPolicy, {})))
        return reason;
    timex same{};
    ::adjtimex(&same);
    same.modes = ADJ_FREQUENCY;
    if (::adjtimex(&same) < 0)
        return u"Steering this machine's clock is not allowed here."_s;
    return {};
}

HelperBus::HelperBus(Policy policy)
{
    ::adjtimex(&m_before);
    m_basePpm = kernelPpm();
    for (const QString& name : {u"services"_s, u"run"_s, u"state"_s})
        QDir(m_directory.path()).mkpath(name);
    // The shipped service file, started from where the program was staged, and with what its unit leaves it.
    write(m_directory.filePath(u"services/org.foliot.clock.service"_s),
        contentOf(shippedService).replace("Exec=", QByteArray("Exec=") + (isUnitKnown() ? asUnit : "") + STAGE));
    const QString open = m_directory.filePath(u"open.conf"_s);
    write(open, "<busconfig><policy user=\"root\"><allow own=\"org.foliot.clock\"/></policy></busconfig>\n");
    m_bus = std::make_unique<PrivateBus>(
        optionsFor(policy == Policy::Shipped ? shippedPolicy : open, m_directory.filePath(u"services"_s)));
}

HelperBus::~HelperBus()
{
    if (const qint64 helper = helperPid(); helper > 0) {
        ::kill(static_cast<pid_t>(helper), SIGTERM);
        if (!QTest::qWaitFor([&] { return !isAlive(helper); }))
            qWarning("The helper did not end.");
    }
    QDBusConnection::disconnectFromBus(connectionName);
    m_bus.reset();
    timex restore{};
    restore.modes = ADJ_FREQUENCY | ADJ_TICK | ADJ_STATUS | ADJ_MAXERROR | ADJ_ESTERROR;
    restore.freq = m_before.freq;
    restore.tick = m_before.tick;
    restore.status = m_before.status;
    restore.maxerror = m_before.maxerror;
    restore.esterror = m_before.esterror;
    ::adjtimex(&restore);
}

QStringList HelperBus::helperEnvironment() const
{
    return {u"RUNTIME_DIRECTORY="_s + m_directory.filePath(u"run"_s),
        u"STATE_DIRECTORY="_s + m_directory.filePath(u"state"_s),
        u"FOLIOT_TEST_STEPS="_s + m_directory.filePath(u"steps-done"_s), u"LD_PRELOAD="_s + QStringLiteral(NO_STEP)};
}

bool HelperBus::start()
{
    // What the bus starts inherits its environment.
    const QStringList environment = helperEnvironment();
    for (const QString& pair : environment)
        qputenv(pair.section(u'=', 0, 0).toLatin1(), pair.section(u'=', 1).toUtf8());
    const bool isStarted = m_bus->start();
    for (const QString& pair : environment)
        qunsetenv(pair.section(u'=', 0, 0).toLatin1());
    return isStarted && QDBusConnection::connectToBus(m_bus->address(), connectionName).isConnected();
}

bool HelperBus::setRules(const QStringList& rules)
{
    return m_bus->setPolkitRules(QStringList{QString::fromUtf8(contentOf(shippedRule))} + rules);
}

qint64 HelperBus::helperPid() const
{
    auto* const bus = QDBusConnection(connectionName).interface();
    const QDBusReply<uint> pid = bus != nullptr ? bus->servicePid(u"org.foliot.clock"_s) : QDBusReply<uint>();
    return pid.isValid() ? pid.value() : 0;
}

void HelperBus::startHelper() const
{
    auto* const bus = QDBusConnection(connectionName).interface();
    // A bus that has not yet noticed how the last one ended would say that it is running.
    QTRY_VERIFY(!bus->isServiceRegistered(u"org.foliot.clock"_s));
    QVERIFY(bus->startService(u"org.foliot.clock"_s).isValid());
}

} // namespace foliot::tests
