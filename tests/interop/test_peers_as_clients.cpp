// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Other implementations as clients of foliotd's server: each accepts its answers and finds them right. None of them can
// touch this machine's clock.

#include "interop/foliot_daemon.h"
#include "interop/machine_clock.h"
#include "interop/network_of_its_own.h"
#include "interop/peers.h"

#include <QFile>
#include <QRegularExpression>
#include <QTest>

#include <cmath>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class PeersAsClients : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void chronydMeasuresUs();
    void chronydSelectsUs();
    void chronydIsAnsweredInInterleavedMode();
    void chronydAuthenticatesUs_data();
    void chronydAuthenticatesUs();
    void ntpdigMeasuresUs();
    void ntpdRsSynchronizesToUs();
    void ntpsecSynchronizesToUs();

private:
    bool has(const QString& peer, const QString& program);

    const QString m_address = QString::fromUtf16(secondAddress);
    const QString m_keys = u"1 SHA1 HEX:0011223344556677\n2 AES128 HEX:2b7e151628aed2a6abf7158809cf4f3c\n"
                           "3 SHA512 rose\n4 AES256 0123456789abcdef0123456789ABCDEF\n5 SHA256 tulip\n"_s;
    QTemporaryDir m_folder;
    MachineClock m_before;
    std::unique_ptr<FoliotDaemon> m_foliotd;
};

void PeersAsClients::initTestCase()
{
    bus::registerTypes();
    if (const auto why = enterNetworkOfItsOwn(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_before = readMachineClock();
    QFile keys(m_folder.filePath(u"keys"_s));
    QVERIFY(keys.open(QIODevice::WriteOnly) && keys.write(m_keys.toUtf8()) > 0);
    keys.close();
    QVERIFY(keys.setPermissions(QFile::ReadOwner | QFile::WriteOwner));
    // Serves this machine's clock without ever steering it.
    m_foliotd = std::make_unique<FoliotDaemon>(
        u"[clock]\ntype = \"none\"\n\n[keys]\nfile = \"%2\"\n\n"
        "[server]\nlisten = [\"%1:123\"]\nlocal-stratum = 1\n"_s.arg(m_address, keys.fileName()));
    QTRY_VERIFY2(m_foliotd->client().clock().serverEnabled, qPrintable(m_foliotd->output()));
}

void PeersAsClients::cleanupTestCase()
{
    if (!m_foliotd)
        return;
    QCOMPARE(m_foliotd->stop(), 0);
    QCOMPARE(readMachineClock().frequency, m_before.frequency);
    QCOMPARE(readMachineClock().offset, m_before.offset);
    QCOMPARE(readMachineClock().tick, m_before.tick);
}

bool PeersAsClients::has(const QString& peer, const QString& program)
{
    return !peerProgram(peer, program).isEmpty();
}

void PeersAsClients::chronydMeasuresUs()
{
    if (!has(u"chrony"_s, u"usr/sbin/chronyd"_s))
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    QString said;
    const auto offset = measureWithChronyd(folder, m_address, 123, &said);
    QVERIFY2(offset.has_value(), qPrintable(said));
    QVERIFY2(std::abs(*offset) < 0.001, qPrintable(said));
}

void PeersAsClients::chronydSelectsUs()
{
    if (!has(u"chrony"_s, u"usr/sbin/chronyd"_s))
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto chronyd = startChronydClient(folder, m_address, 123);
    QString said;
    QTRY_VERIFY2_WITH_TIMEOUT(chronydClientSelected(folder, &said), qPrintable(said + chronyd->output()), 30'000);
}

void PeersAsClients::chronydIsAnsweredInInterleavedMode()
{
    if (!has(u"chrony"_s, u"usr/sbin/chronyd"_s))
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto chronyd = startChronydClient(folder, m_address, 123, u"xleave"_s);
    static const QRegularExpression interleaved(u"Interleaved +: Yes"_s);
    QString said;
    const auto isInterleaved = [&] {
        said = chronydClientData(folder, m_address);
        return interleaved.match(said).hasMatch();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isInterleaved(), qPrintable(said + chronyd->output()), 30'000);
    QTRY_VERIFY2_WITH_TIMEOUT(chronydClientSelected(folder, &said), qPrintable(said + chronyd->output()), 30'000);
}

void PeersAsClients::chronydAuthenticatesUs_data()
{
    QTest::addColumn<int>("key");
    QTest::newRow("SHA-1") << 1;
    QTest::newRow("AES-CMAC with 128 bits") << 2;
    QTest::newRow("SHA-512") << 3;
    QTest::newRow("AES-CMAC with 256 bits") << 4;
    QTest::newRow("SHA-256") << 5;
}

void PeersAsClients::chronydAuthenticatesUs()
{
    QFETCH(const int, key);
    if (!has(u"chrony"_s, u"usr/sbin/chronyd"_s))
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto chronyd = startChronydClient(folder, m_address, 123, u"key %1"_s.arg(key), m_keys);
    static const QRegularExpression authenticated(u"Authenticated +: Yes"_s);
    QString said;
    const auto isAuthenticated = [&] {
        said = chronydClientData(folder, m_address);
        return authenticated.match(said).hasMatch();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isAuthenticated(), qPrintable(said + chronyd->output()), 30'000);
    QTRY_VERIFY2_WITH_TIMEOUT(chronydClientSelected(folder, &said), qPrintable(said + chronyd->output()), 30'000);
}

void PeersAsClients::ntpdigMeasuresUs()
{
    QString said;
    // It stamps packets by itself, which takes milliseconds on a busy machine.
    // Once is enough.
    bool wasNear = false;
    const auto isNear = [&] {
        if (!wasNear) {
            const auto offset = measureWithNtpdig(m_address, &said);
            wasNear = offset && std::abs(*offset) < 0.001;
        }
        return wasNear;
    };
    QTRY_VERIFY2_WITH_TIMEOUT(isNear(), qPrintable(said), 30'000);
}

void PeersAsClients::ntpdRsSynchronizesToUs()
{
    if (!has(u"ntpd-rs"_s, u"usr/bin/ntp-daemon"_s))
        QSKIP("ntpd-rs is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto client = startNtpdRsClient(folder, m_address, 123);
    QString said;
    QTRY_VERIFY2_WITH_TIMEOUT(ntpdRsClientHasMeasured(folder, &said), qPrintable(said + client->output()), 60'000);
}

void PeersAsClients::ntpsecSynchronizesToUs()
{
    if (!has(u"ntpsec"_s, u"usr/sbin/ntpd"_s))
        QSKIP("ntpsec is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto client = startNtpsecClient(folder, QString::fromUtf16(firstAddress), m_address);
    QString said;
    QTRY_VERIFY2_WITH_TIMEOUT(
        ntpsecClientHasReached(u"127.0.0.1"_s, &said), qPrintable(said + client->output()), 60'000);
}

QTEST_GUILESS_MAIN(PeersAsClients)
#include "test_peers_as_clients.moc"
