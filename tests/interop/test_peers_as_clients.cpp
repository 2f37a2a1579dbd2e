// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Other implementations as clients of foliotd's server: each accepts its answers and finds them right. None of them can
// touch this machine's clock.

#include "interop/foliot_daemon.h"
#include "interop/machine_clock.h"
#include "interop/network_of_its_own.h"
#include "interop/peers.h"

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
    void ntpdigMeasuresUs();
    void ntpdRsSynchronizesToUs();
    void ntpsecSynchronizesToUs();

private:
    bool has(const QString& peer, const QString& program);

    const QString m_address = QString::fromUtf16(secondAddress);
    MachineClock m_before;
    std::unique_ptr<FoliotDaemon> m_foliotd;
};

void PeersAsClients::initTestCase()
{
    bus::registerTypes();
    if (const auto why = enterNetworkOfItsOwn(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_before = readMachineClock();
    // Serves this machine's clock without ever steering it.
    m_foliotd = std::make_unique<FoliotDaemon>(u"[clock]\ntype = \"none\"\n\n"
                                               "[server]\nlisten = [\"%1:123\"]\nlocal-stratum = 1\n"_s.arg(m_address));
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

void PeersAsClients::ntpdigMeasuresUs()
{
    QString said;
    const auto offset = measureWithNtpdig(m_address, &said);
    QVERIFY2(offset.has_value(), qPrintable(said));
    QVERIFY2(std::abs(*offset) < 0.001, qPrintable(said));
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
