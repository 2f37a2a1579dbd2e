// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd as a client of chronyd, ntpd-rs and ntpsec. Its simulated clock starts 50 ms wrong and 20 ppm fast; it is right
// when another implementation, measuring it over the network, finds it within a millisecond of this machine's clock.

#include "interop/foliot_daemon.h"
#include "interop/machine_clock.h"
#include "interop/network_of_its_own.h"
#include "interop/peers.h"

#include <QFile>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

// Out of others' reach, as foliotd insists.
QString keyFile(const QTemporaryDir& folder, const QString& keys)
{
    QFile file(folder.filePath(u"keys"_s));
    if (!file.open(QIODevice::WriteOnly) || file.write(keys.toUtf8()) < 0 ||
        !file.setPermissions(QFile::ReadOwner | QFile::WriteOwner))
        qFatal("cannot write %s: %s", qPrintable(file.fileName()), qPrintable(file.errorString()));
    return file.fileName();
}

} // namespace

class ClientOfPeers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void synchronizesTo_data();
    void synchronizesTo();
    void chronydIsAuthenticatedByAKey_data();
    void chronydIsAuthenticatedByAKey();
    void chronydAnswersInInterleavedMode_data();
    void chronydAnswersInInterleavedMode();
    void foliotdAnswersInInterleavedMode();

private:
    template<typename Server>
    void followInInterleavedMode(const QString& configuration, const QString& option, Server& server);

    MachineClock m_before;
};

void ClientOfPeers::initTestCase()
{
    bus::registerTypes();
    if (const auto why = enterNetworkOfItsOwn(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_before = readMachineClock();
}

void ClientOfPeers::cleanupTestCase()
{
    // Nobody has steered the machine.
    QCOMPARE(readMachineClock().frequency, m_before.frequency);
    QCOMPARE(readMachineClock().offset, m_before.offset);
    QCOMPARE(readMachineClock().tick, m_before.tick);
}

void ClientOfPeers::synchronizesTo_data()
{
    QTest::addColumn<QString>("peer");
    QTest::addColumn<QString>("program");
    QTest::newRow("chronyd") << u"chrony"_s << u"usr/sbin/chronyd"_s;
    QTest::newRow("ntpd-rs") << u"ntpd-rs"_s << u"usr/bin/ntp-daemon"_s;
    QTest::newRow("ntpsec") << u"ntpsec"_s << u"usr/sbin/ntpd"_s;
}

void ClientOfPeers::synchronizesTo()
{
    QFETCH(const QString, peer);
    QFETCH(const QString, program);
    if (peerProgram(peer, program).isEmpty())
        QSKIP(qPrintable(u"%1 is not unpacked under FOLIOT_PEERS"_s.arg(peer)));

    const QTemporaryDir folder;
    const auto address = QString::fromUtf16(secondAddress);
    const Peer server = peer == u"chrony"    ? startChronydServer(folder, address, 123)
                        : peer == u"ntpd-rs" ? startNtpdRsServer(folder, address, 123)
                                             : startNtpsecServer(folder, address);
    QVERIFY2(server->isRunning(), qPrintable(server->output()));

    FoliotDaemon foliotd(u"[clock]\ntype = \"simulated\"\n\n"
                         "[simulation]\noffset = 0.05\nfrequency = 20.0\n\n"
                         "[server]\nlisten = [\"127.0.0.1:11123\"]\n\n"
                         "[[source]]\naddress = \"%1\"\nminpoll = 1\nmaxpoll = 3\n"_s.arg(address));
    QVERIFY2(foliotd.isRunning(), qPrintable(foliotd.output()));
    const auto why = [&] { return QString(foliotd.output() + u"\n-- server --\n"_s + server->output()).toUtf8(); };

    QTRY_VERIFY2_WITH_TIMEOUT(foliotd.client().clock().condition == bus::Condition::Synchronized, why(), 60'000);
    QTRY_VERIFY2_WITH_TIMEOUT(
        std::abs(foliotd.client().clock().offsetSeconds) < 0.001 && foliotd.client().clock().lastUpdateBoottimeUSec > 0,
        why(), 60'000);
    // The clock can be right before the third answer is in.
    QTRY_VERIFY2_WITH_TIMEOUT(foliotd.source().answers >= 3, why(), 20'000);
    const auto source = foliotd.source();
    QCOMPARE(source.verdict, bus::Verdict::Selected);
    QCOMPARE(source.timestampOrigin, bus::TimestampOrigin::Kernel);
    QVERIFY(source.rejected.isEmpty());
    QVERIFY(source.rootDistanceSeconds > 0.0);

    // What it believes is true: chronyd measures it.
    QString said;
    std::optional<double> error;
    QTRY_VERIFY2_WITH_TIMEOUT(
        (error = measureWithChronyd(folder, u"127.0.0.1"_s, 11123, &said)), qPrintable(said), 20'000);
    QVERIFY2(std::abs(*error) < 0.001, qPrintable(said));
    QCOMPARE(foliotd.stop(), 0);
}

void ClientOfPeers::chronydIsAuthenticatedByAKey_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("AES-CMAC") << 1;
    QTest::newRow("SHA-512") << 2;
}

void ClientOfPeers::chronydIsAuthenticatedByAKey()
{
    QFETCH(const int, key);
    if (peerProgram(u"chrony"_s, u"usr/sbin/chronyd"_s).isEmpty())
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto address = QString::fromUtf16(secondAddress);
    const auto keys = u"1 AES128 HEX:2b7e151628aed2a6abf7158809cf4f3c\n2 SHA512 rose\n"_s;
    const Peer server = startChronydServer(folder, address, 123, keys);
    QVERIFY2(server->isRunning(), qPrintable(server->output()));

    FoliotDaemon foliotd(
        u"[clock]\ntype = \"none\"\n\n[keys]\nfile = \"%1\"\n\n"
        "[[source]]\naddress = \"%2\"\nkey = %3\nminpoll = 0\nmaxpoll = 1\n"_s.arg(keyFile(folder, keys), address)
            .arg(key));
    QVERIFY2(foliotd.isRunning(), qPrintable(foliotd.output()));
    const auto why = [&] { return QString(foliotd.output() + u"\n-- server --\n"_s + server->output()).toUtf8(); };
    QTRY_VERIFY2_WITH_TIMEOUT(foliotd.source().answers >= 3, why(), 30'000);
    QVERIFY(foliotd.source().rejected.isEmpty());
    QVERIFY(foliotd.source().authentication == bus::Authentication::Key);
    QCOMPARE(foliotd.stop(), 0);
}

void ClientOfPeers::chronydAnswersInInterleavedMode_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("plain") << 0;
    QTest::newRow("with a key") << 1;
}

void ClientOfPeers::chronydAnswersInInterleavedMode()
{
    QFETCH(const int, key);
    if (peerProgram(u"chrony"_s, u"usr/sbin/chronyd"_s).isEmpty())
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto address = QString::fromUtf16(secondAddress);
    const auto keys = u"1 AES128 HEX:2b7e151628aed2a6abf7158809cf4f3c\n"_s;
    const Peer server = startChronydServer(folder, address, 123, keys);
    QVERIFY2(server->isRunning(), qPrintable(server->output()));
    followInInterleavedMode(u"[keys]\nfile = \"%1\"\n\n"_s.arg(keyFile(folder, keys)), u"key = %1"_s.arg(key), *server);
}

void ClientOfPeers::foliotdAnswersInInterleavedMode()
{
    FoliotDaemon server(
        u"[clock]\ntype = \"none\"\n\n"
        "[server]\nlisten = [\"%1:123\"]\nlocal-stratum = 1\n"_s.arg(QString::fromUtf16(secondAddress)));
    QTRY_VERIFY2(server.client().clock().serverEnabled, qPrintable(server.output()));
    followInInterleavedMode({}, {}, server);
}

// The source is right by the kernel's stamps, and no packet is dropped on the way into interleaved mode or in it.
template<typename Server>
void ClientOfPeers::followInInterleavedMode(const QString& configuration, const QString& option, Server& server)
{
    FoliotDaemon foliotd(
        u"[clock]\ntype = \"none\"\n\n%1[[source]]\naddress = \"%2\"\nxleave = true\n"
        "minpoll = 0\nmaxpoll = 1\n%3\n"_s.arg(configuration, QString::fromUtf16(secondAddress), option));
    QVERIFY2(foliotd.isRunning(), qPrintable(foliotd.output()));
    const auto why = [&] { return QString(foliotd.output() + u"\n-- server --\n"_s + server.output()).toUtf8(); };
    QTRY_VERIFY2_WITH_TIMEOUT(foliotd.source().interleaved && foliotd.source().answers >= 8, why(), 60'000);
    QVERIFY2(foliotd.source().rejected.isEmpty(), why());
    QVERIFY2(foliotd.source().timestampOrigin == bus::TimestampOrigin::Kernel, why());
    QVERIFY2(std::abs(foliotd.source().offsetSeconds) < 1e-3, why());
    QVERIFY2(foliotd.source().lastDelaySeconds < 1e-3, why());
    QCOMPARE(foliotd.stop(), 0);
}

QTEST_GUILESS_MAIN(ClientOfPeers)
#include "test_client_of_peers.moc"
