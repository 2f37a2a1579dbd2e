// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd as a client of chronyd and ntpd-rs with Network Time Security: keys exchanged, cookies renewed over twenty
// answers while the servers replace the keys of their cookies, and a server that was restarted and forgot them all.

#include "interop/foliot_daemon.h"
#include "interop/machine_clock.h"
#include "interop/network_of_its_own.h"
#include "interop/peers.h"
#include "support/made_certificates.h"

#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class NtsClientOfPeers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanupTestCase();
    void authenticatesThemAll();
    void chronydAnswersInInterleavedMode();
    void strangersCertificateIsNotBelieved();

private:
    MachineClock m_before;
    MadeAuthority m_authority;
};

namespace {

const QString local = u"127.0.0.1"_s;

QString sourceAt(const QString& address)
{
    return u"[[source]]\naddress = \"%1\"\nnts = true\nminpoll = 0\nmaxpoll = 0\n\n"_s.arg(address);
}

bus::SourceData sourceNamed(FoliotDaemon& foliotd, const QString& name)
{
    for (const auto& [id, source] : foliotd.client().sources()) {
        if (source.name == name)
            return source;
    }
    return {};
}

} // namespace

void NtsClientOfPeers::initTestCase()
{
    bus::registerTypes();
    if (const auto why = enterNetworkOfItsOwn(); !why.isEmpty())
        QSKIP(qPrintable(why));
    for (const QString& program : {u"usr/sbin/chronyd"_s, u"usr/bin/ntp-daemon"_s}) {
        if (peerProgram(program.endsWith(u"chronyd"_s) ? u"chrony"_s : u"ntpd-rs"_s, program).isEmpty())
            QSKIP("the peers are not unpacked under FOLIOT_PEERS");
    }
    m_before = readMachineClock();
}

void NtsClientOfPeers::cleanupTestCase()
{
    // Nobody has steered the machine.
    QCOMPARE(readMachineClock().frequency, m_before.frequency);
    QCOMPARE(readMachineClock().offset, m_before.offset);
    QCOMPARE(readMachineClock().tick, m_before.tick);
}

void NtsClientOfPeers::authenticatesThemAll()
{
    const QTemporaryDir folder;
    const QString first = QString::fromUtf16(firstAddress);
    const QString second = QString::fromUtf16(secondAddress);
    const auto certificate = m_authority.sign({.names = {local, first, second}});
    Peer chronyd15 = startChronydNtsServer(folder, first, certificate, 15);
    const Peer chronyd30 = startChronydNtsServer(folder, second, certificate, 30);
    const Peer ntpdRs = startNtpdRsNtsServer(folder, local, certificate);

    FoliotDaemon foliotd(u"[clock]\ntype = \"simulated\"\n\n[nts]\ntrusted-file = \"%1\"\n\n"
                         "[selection]\nmin-sources = 3\nrequire-nts = true\n\n"_s.arg(m_authority.trustedFile()) +
                         sourceAt(first) + sourceAt(second) + sourceAt(local));
    const auto why = [&] {
        const QString said = foliotd.output() + u"\n-- chronyd 15 --\n"_s + chronyd15->output() +
                             u"\n-- chronyd 30 --\n"_s + chronyd30->output() + u"\n-- ntpd-rs --\n"_s +
                             ntpdRs->output();
        return said.toUtf8();
    };
    QTRY_VERIFY2_WITH_TIMEOUT(foliotd.client().clock().condition == bus::Condition::Synchronized, why(), 60'000);
    const QStringList all{first, second, local};
    for (const QString& name : all)
        QTRY_VERIFY2_WITH_TIMEOUT(sourceNamed(foliotd, name).answers >= 20, why(), 60'000);
    for (const QString& name : all) {
        const auto source = sourceNamed(foliotd, name);
        QVERIFY(source.authentication == bus::Authentication::Nts && source.ntsHasKeys);
        QVERIFY2(source.ntsCookies >= 7, why()); // one may be on its way
        QVERIFY2(source.ntsExchanges == 1 && source.ntsFailures == 0 && source.ntsRefusals == 0,
            qPrintable(u"%1: %2 exchanges, %3 failures, %4 refusals\n%5"_s.arg(name,
                QString::number(source.ntsExchanges), QString::number(source.ntsFailures),
                QString::number(source.ntsRefusals), QString::fromUtf8(why()))));
        QCOMPARE(source.ntsServer, name + u":123"_s);
        QCOMPARE(source.ntsTlsVersion, u"TLSv1.3"_s);
        QCOMPARE(source.ntsCertificateIssuer, u"Foliot test authority"_s);
        QVERIFY2(source.rejected.isEmpty(), why());
    }
    QCOMPARE(sourceNamed(foliotd, first).ntsAlgorithm, u"AES-SIV-CMAC-256"_s);
    QCOMPARE(sourceNamed(foliotd, second).ntsAlgorithm, u"AES-128-GCM-SIV"_s);

    // chronyd comes back without the keys of its cookies: it refuses them, and gives new ones.
    chronyd15->stop();
    chronyd15 = startChronydNtsServer(folder, first, certificate, 15);
    const auto answers = sourceNamed(foliotd, first).answers;
    QTRY_VERIFY2_WITH_TIMEOUT(sourceNamed(foliotd, first).ntsExchanges >= 2, why(), 60'000);
    QTRY_VERIFY2_WITH_TIMEOUT(sourceNamed(foliotd, first).answers >= answers + 2, why(), 60'000);
    QVERIFY(sourceNamed(foliotd, first).ntsRefusals >= 1);
    QCOMPARE(foliotd.stop(), 0);
}

// Authentic either way: the answer's origin, by which it is known, is among what is protected.
void NtsClientOfPeers::chronydAnswersInInterleavedMode()
{
    const QTemporaryDir folder;
    const QString address = QString::fromUtf16(firstAddress);
    const Peer chronyd = startChronydNtsServer(folder, address, m_authority.sign({.names = {address}}), 15);
    FoliotDaemon foliotd(
        u"[clock]\ntype = \"none\"\n\n[nts]\ntrusted-file = \"%1\"\n\n"_s.arg(m_authority.trustedFile()) +
        sourceAt(address) + u"xleave = true\n"_s);
    const auto why = [&] { return QString(foliotd.output() + chronyd->output()).toUtf8(); };
    QTRY_VERIFY2_WITH_TIMEOUT(foliotd.source().interleaved && foliotd.source().answers >= 8, why(), 60'000);
    QVERIFY2(foliotd.source().rejected.isEmpty(), why());
    QCOMPARE(foliotd.source().ntsExchanges, 1U);
    QVERIFY2(std::abs(foliotd.source().offsetSeconds) < 1e-3, why());
    QCOMPARE(foliotd.stop(), 0);
}

void NtsClientOfPeers::strangersCertificateIsNotBelieved()
{
    const QTemporaryDir folder;
    const QString address = QString::fromUtf16(firstAddress);
    MadeAuthority stranger;
    const Peer chronyd = startChronydNtsServer(folder, address, stranger.sign({.names = {address}}), 15);
    FoliotDaemon foliotd(
        u"[clock]\ntype = \"simulated\"\n\n[nts]\ntrusted-file = \"%1\"\n\n"_s.arg(m_authority.trustedFile()) +
        sourceAt(address));
    const auto why = [&] { return QString(foliotd.output() + chronyd->output()).toUtf8(); };
    QTRY_VERIFY2_WITH_TIMEOUT(
        foliotd.source().reason == bus::Reason::NoKeys && foliotd.source().lastError.contains(u"certificate"_s), why(),
        60'000);
    QCOMPARE(foliotd.source().answers, 0U);
    QVERIFY(!foliotd.source().ntsHasKeys);
    QCOMPARE(foliotd.stop(), 0);
}

QTEST_GUILESS_MAIN(NtsClientOfPeers)
#include "test_nts_client_of_peers.moc"
