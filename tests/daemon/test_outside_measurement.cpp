// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd as docs/outside-measurement.md promises it to who runs it in a simulator of clock and network.

#include "daemon/foliotd_files.h"
#include "support/child_process.h"

#include <QDir>
#include <QTest>

#include <algorithm>
#include <array>
#include <csignal>

#include <sys/xattr.h>
#include <unistd.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;
const auto foliotd = QStringLiteral(FOLIOTD);

QString clientConfiguration(const Endpoint& server, const QString& state)
{
    return QStringLiteral(R"([[source]]
address = "%1"
minpoll = 0
maxpoll = 1
burst = true
[clock]
type = "kernel"
[state]
directory = "%2"
)")
        .arg(endpointText(server), state);
}

QDir folderOf(ChildProcess& process, const QString& name)
{
    return QDir(QStringLiteral("/proc/%1/%2").arg(process.process().processId()).arg(name));
}

QString linkTarget(const QString& path)
{
    std::array<char, 256> target{};
    const auto length = ::readlink(path.toLocal8Bit().constData(), target.data(), target.size());
    return QString::fromLocal8Bit(target.data(), std::max<qsizetype>(length, 0));
}

bool isUdpForIpv4(const QString& path)
{
    std::array<char, 32> protocol{};
    const auto length =
        ::getxattr(path.toLocal8Bit().constData(), "system.sockprotoname", protocol.data(), protocol.size() - 1);
    return length > 0 && QByteArrayView(protocol.data()) == "UDP";
}

QStringList targetsIn(const QDir& descriptors)
{
    QStringList targets;
    for (const QString& name : descriptors.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System))
        targets.append(linkTarget(descriptors.filePath(name)));
    return targets;
}

// What a process has open that it was not given and that is neither its folder nor a UDP socket for IPv4, one event
// descriptor of Qt's loop aside.
QStringList unexpectedDescriptors(ChildProcess& process, const QString& state)
{
    const auto eventDescriptor = QStringLiteral("anon_inode:[eventfd]");
    // Whoever started the tests may have left some open for everybody.
    QStringList expected = targetsIn(QDir(QStringLiteral("/proc/self/fd")));
    expected.removeAll(eventDescriptor);
    expected += {state, eventDescriptor};
    QStringList unexpected;
    const QDir folder = folderOf(process, QStringLiteral("fd"));
    for (const QString& name : folder.entryList(QDir::NoDotAndDotDot | QDir::AllEntries | QDir::System)) {
        const QString target = linkTarget(folder.filePath(name));
        const bool isGone = target.isEmpty();
        const bool isNew = name.toInt() > STDERR_FILENO && !expected.contains(target);
        if (isNew && !isGone && !isUdpForIpv4(folder.filePath(name)))
            unexpected.append(target);
        if (target == eventDescriptor)
            expected.removeAll(target);
    }
    return unexpected;
}

// Asks a process to end until it has; nobody wakes its event loop.
bool endsWhenAskedAgain(ChildProcess& process)
{
    const auto id = static_cast<pid_t>(process.process().processId());
    return QTest::qWaitFor([&] { return !process.isRunning() || ::kill(id, SIGTERM) != 0; }, patienceMs) &&
           process.stop() == 0;
}

} // namespace

class TestOutsideMeasurement : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clientKeepsItsClockInAnOddSystem_data()
    {
        QTest::addColumn<QString>("lacks");
        QTest::addColumn<QString>("state");
        QTest::newRow("with the kernel's stamps") << "" << "state";
        QTest::newRow("without") << "stamps" << "state";
        QTest::newRow("without a raw clock") << "raw" << "state";
        QTest::newRow("without a folder for its state") << "" << "absent/state";
    }
    void clientKeepsItsClockInAnOddSystem()
    {
        QFETCH(const QString, lacks);
        QFETCH(const QString, state);
        const Folder folder;
        ServingFoliotd server(folder);
        QTRY_VERIFY_WITH_TIMEOUT(server.isServing(), patienceMs);

        const QString clientFile =
            folder.write(QStringLiteral("client.toml"), clientConfiguration(server.endpoint(), folder.path(state)));
        ChildProcess client(foliotd, {"--no-bus", "--config", clientFile},
            {QStringLiteral("LD_PRELOAD=" ODD_SYSTEM), QStringLiteral("ODD_SYSTEM_LACKS=") + lacks});
        QTRY_VERIFY2_WITH_TIMEOUT(
            client.output().contains(QStringLiteral("synchronized: within")), qPrintable(client.output()), patienceMs);
        QVERIFY2(!client.output().contains(QStringLiteral("somebody else")), qPrintable(client.output()));
        QVERIFY2(!client.output().contains(QStringLiteral("cannot be changed")), qPrintable(client.output()));
        const QDir threads = folderOf(client, QStringLiteral("task"));
        QCOMPARE(threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        QTRY_COMPARE(unexpectedDescriptors(client, folder.path(state)), QStringList());
        QVERIFY(endsWhenAskedAgain(client));
    }

    void serverWaitsForSocketsOnly()
    {
        const Folder folder;
        const Endpoint endpoint = freeEndpoint();
        const QString file =
            folder.write(QStringLiteral("server.toml"), serverConfiguration(endpoint, QStringLiteral("kernel")));
        ChildProcess server(foliotd, {"--no-bus", "--config", file}, {QStringLiteral("LD_PRELOAD=" ODD_SYSTEM)});
        QTRY_VERIFY2_WITH_TIMEOUT(
            server.output().contains(servingLine(endpoint)), qPrintable(server.output()), patienceMs);
        const QDir threads = folderOf(server, QStringLiteral("task"));
        QCOMPARE(threads.entryList(QDir::Dirs | QDir::NoDotAndDotDot).size(), 1);
        QTRY_COMPARE(unexpectedDescriptors(server, {}), QStringList());
        QVERIFY(endsWhenAskedAgain(server)); // idle: nothing but the requests themselves ends its wait
    }
};

QTEST_GUILESS_MAIN(TestOutsideMeasurement)
#include "test_outside_measurement.moc"
