// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// chronyd, ntpd-rs and ntpsec as clients of foliotd with Network Time Security: keys exchanged once, cookies renewed while
// foliotd replaces their keys every four seconds, and across a restart of it. None of them can touch this machine's clock.

#include "interop/foliot_daemon.h"
#include "interop/machine_clock.h"
#include "interop/network_of_its_own.h"
#include "interop/peers.h"
#include "support/made_certificates.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class PeersAsNtsClients : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void cleanupTestCase();
    void chronydIsServed_data();
    void chronydIsServed();
    void ntpsecIsServed();
    void ntpdRsIsServed();

private:
    quint64 counted(const char* property) const
    {
        return m_foliotd->client().serverProperties().value(QString::fromLatin1(property)).toULongLong();
    }

    const QString m_address = QString::fromUtf16(secondAddress);
    MadeAuthority m_authority;
    MachineClock m_before;
    std::unique_ptr<FoliotDaemon> m_foliotd;
};

namespace {

constexpr int patienceMs = 90'000;

} // namespace

void PeersAsNtsClients::initTestCase()
{
    bus::registerTypes();
    if (const auto why = enterNetworkOfItsOwn(); !why.isEmpty())
        QSKIP(qPrintable(why));
    m_before = readMachineClock();
}

void PeersAsNtsClients::init()
{
    const auto certificate = m_authority.sign({.names = {m_address}});
    m_foliotd = std::make_unique<FoliotDaemon>(
        u"[clock]\ntype = \"none\"\n\n[server]\nlisten = [\"%1:123\"]\nlocal-stratum = 1\n\n"
        "[nts-server]\ncertificates = [\"%2\"]\nprivate-keys = [\"%3\"]\nrotate-keys = 4\nkeep-keys = 60\n"_s.arg(
            m_address, certificate.chain, certificate.key));
    QTRY_VERIFY2(m_foliotd->client().clock().serverEnabled, qPrintable(m_foliotd->output()));
}

void PeersAsNtsClients::cleanup()
{
    if (m_foliotd)
        QCOMPARE(m_foliotd->stop(), 0);
    m_foliotd.reset();
}

void PeersAsNtsClients::cleanupTestCase()
{
    QCOMPARE(readMachineClock().frequency, m_before.frequency);
    QCOMPARE(readMachineClock().offset, m_before.offset);
    QCOMPARE(readMachineClock().tick, m_before.tick);
}

void PeersAsNtsClients::chronydIsServed_data()
{
    QTest::addColumn<int>("algorithm");
    QTest::newRow("AES-SIV-CMAC-256") << 15;
    QTest::newRow("AES-128-GCM-SIV") << 30;
}

void PeersAsNtsClients::chronydIsServed()
{
    QFETCH(const int, algorithm);
    if (peerProgram(u"chrony"_s, u"usr/sbin/chronyd"_s).isEmpty())
        QSKIP("chrony is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto chronyd = startChronydNtsClient(folder, m_address, m_authority.trustedFile(), algorithm);
    const auto why = [&] {
        return QString(
            chronydClientAuthentication(folder) + chronyd->output() + u"\n-- foliotd --\n"_s + m_foliotd->output())
            .toUtf8();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(counted("NtsProtected") >= 20, why(), patienceMs);
    QCOMPARE(counted("NtsUnreadableCookies") + counted("NtsNotAuthentic"), 0ULL);
    QCOMPARE(m_foliotd->restart(), 0);
    QTRY_VERIFY2_WITH_TIMEOUT(counted("NtsProtected") >= 3 && counted("NtsProtected") < 20, why(), patienceMs);
    QCOMPARE(counted("NtsUnreadableCookies") + counted("NtsNotAuthentic"), 0ULL);
    QString said;
    QTRY_VERIFY2_WITH_TIMEOUT(chronydClientSelected(folder, &said), why(), patienceMs);
    // address, mode, key's id, algorithm, length, last exchange, attempts, NAKs, cookies, their length
    const auto fields = chronydClientAuthentication(folder).trimmed().split(u',');
    QVERIFY2(fields.size() == 10, why());
    QCOMPARE(fields[1], u"NTS"_s);
    QCOMPARE(fields[2], u"1"_s); // keys were exchanged once
    QCOMPARE(fields[3], QString::number(algorithm));
    QCOMPARE(fields[7], u"0"_s);
    QVERIFY2(fields[8].toInt() >= 7, why()); // one may be on its way
}

void PeersAsNtsClients::ntpsecIsServed()
{
    if (peerProgram(u"ntpsec"_s, u"usr/sbin/ntpd"_s).isEmpty())
        QSKIP("ntpsec is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto client =
        startNtpsecNtsClient(folder, QString::fromUtf16(firstAddress), m_address, m_authority.trustedFile());
    const auto why = [&] { return QString(client->output() + u"\n-- foliotd --\n"_s + m_foliotd->output()).toUtf8(); };
    QTRY_VERIFY2_WITH_TIMEOUT(counted("NtsProtected") >= 20, why(), patienceMs);
    QCOMPARE(m_foliotd->restart(), 0);
    QTRY_VERIFY2_WITH_TIMEOUT(counted("NtsProtected") >= 3 && counted("NtsProtected") < 20, why(), patienceMs);
    QCOMPARE(counted("NtsUnreadableCookies") + counted("NtsNotAuthentic"), 0ULL);
    QString said;
    QTRY_VERIFY2_WITH_TIMEOUT(ntpsecClientHasReached(u"127.0.0.1"_s, &said), why(), patienceMs);
}

void PeersAsNtsClients::ntpdRsIsServed()
{
    if (peerProgram(u"ntpd-rs"_s, u"usr/bin/ntp-daemon"_s).isEmpty())
        QSKIP("ntpd-rs is not unpacked under FOLIOT_PEERS");
    const QTemporaryDir folder;
    const auto client = startNtpdRsNtsClient(folder, m_address, m_authority.trustedFile());
    QString said;
    const auto why = [&] {
        return QString(said + client->output() + u"\n-- foliotd --\n"_s + m_foliotd->output()).toUtf8();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(counted("NtsProtected") >= 20, why(), patienceMs);
    QVERIFY2(ntpdRsClientHasMeasured(folder, &said), why());
    QCOMPARE(counted("NtsUnreadableCookies") + counted("NtsNotAuthentic"), 0ULL);
    QVERIFY(m_foliotd->client().ntsServer().cookieKeys >= 3); // they were replaced meanwhile
    QCOMPARE(m_foliotd->client().ntsServer().keyExchanges, 1ULL);
    QCOMPARE(m_foliotd->restart(), 0);
    QTRY_VERIFY2_WITH_TIMEOUT(counted("NtsProtected") >= 3 && counted("NtsProtected") < 20, why(), patienceMs);
    QCOMPARE(counted("NtsUnreadableCookies") + counted("NtsNotAuthentic"), 0ULL);
    QCOMPARE(m_foliotd->client().ntsServer().keyExchanges, 0ULL); // by cookies from before
}

QTEST_GUILESS_MAIN(PeersAsNtsClients)
#include "test_peers_as_nts_clients.moc"
