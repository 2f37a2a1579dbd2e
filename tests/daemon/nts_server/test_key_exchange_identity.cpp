// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// By which certificates and cookie keys a running key exchange server serves, and that it changes them between two clients. FAULTS
// row 36.

#include "key_exchange_rig.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <atomic>
#include <thread>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestKeyExchangeIdentity : public QObject, private KeyExchangeRig {
    Q_OBJECT

private Q_SLOTS:
    void withoutCertificateNobodyIsServed();
    void renewedCertificateIsShownToTheNext();
    void nameChoosesTheCertificate();
    void onlyCertificatesChangeInPlace();
    void changedCookieKeysAreUsedForTheNext();
    void publishingDisturbsNobody();
};

void TestKeyExchangeIdentity::withoutCertificateNobodyIsServed()
{
    auto wanted = settings();
    wanted.identities = {{.chain = "/nowhere/chain.pem", .key = "/nowhere/key.pem"}};
    KeyExchangeServer server(wanted, m_cookieKeys);
    server.admit(everybody);
    server.start();
    QCOMPARE(server.problems().size(), 1);
    QVERIFY(server.problems().front().contains(u"/nowhere/chain.pem"_s));
    QVERIFY(!SocketClient(server.served().front().endpoint).exchange());
    QTRY_COMPARE(server.counters().of(KeyExchangeEnd::NotReady), 1U);
}

void TestKeyExchangeIdentity::renewedCertificateIsShownToTheNext()
{
    const QTemporaryDir folder;
    const QString chain = folder.filePath(u"chain.pem"_s);
    const QString key = folder.filePath(u"key.pem"_s);
    const auto put = [&](const CertificateFiles& files) {
        QFile::remove(chain);
        QFile::remove(key);
        QVERIFY(QFile::copy(files.chain, chain) && QFile::copy(files.key, key));
    };
    put(m_files);
    auto wanted = settings();
    wanted.identities = {{.chain = chain.toStdString(), .key = key.toStdString()}};
    const auto server = start(wanted);
    QSignalSpy changed(server.get(), &KeyExchangeServer::certificatesChanged);
    SocketClient before(endpointOf(server));
    QVERIFY(before.shakeHands());
    QCOMPARE(before.tls().certificateName(), "nts.test"_ba);

    put(m_authority.sign({.names = {u"renewed.test"_s}}));
    QVERIFY(server->change(wanted)); // as at SIGHUP: it looks at once
    SocketClient after(endpointOf(server));
    QVERIFY(after.exchange());
    QCOMPARE(after.tls().certificateName(), "renewed.test"_ba);
    QVERIFY(before.exchange()); // by the certificate that it began with

    QFile::remove(key);
    QVERIFY(server->change(wanted));
    QCOMPARE(server->problems().size(), 1);
    SocketClient still(endpointOf(server));
    QVERIFY(still.exchange());
    QCOMPARE(still.tls().certificateName(), "renewed.test"_ba);
}

void TestKeyExchangeIdentity::nameChoosesTheCertificate()
{
    auto wanted = settings();
    wanted.identities.push_back(filesOf(m_authority.sign({.names = {u"other.test"_s}})));
    const auto server = start(wanted);
    for (const QByteArray& name : {"nts.test"_ba, "other.test"_ba}) {
        SocketClient client(endpointOf(server), local, {.serverName = name});
        QVERIFY(client.exchange());
        QCOMPARE(client.tls().certificateName(), name);
    }
}

void TestKeyExchangeIdentity::onlyCertificatesChangeInPlace()
{
    const auto server = start(settings());
    auto other = settings();
    other.timeLimit = 1s;
    QVERIFY(!server->change(other));
    other = settings();
    other.identities = {filesOf(m_authority.sign({.names = {u"other.test"_s}}))};
    QVERIFY(server->change(other));
    SocketClient client(endpointOf(server));
    QVERIFY(client.exchange());
    QCOMPARE(client.tls().certificateName(), "other.test"_ba);
}

void TestKeyExchangeIdentity::changedCookieKeysAreUsedForTheNext() // row 36
{
    const auto server = start(settings());
    QVERIFY(cookieKeysOf(7).read(SocketClient(endpointOf(server)).exchange()->cookies.front()));
    m_cookieKeys.publish(cookieKeysOf(8));
    const auto cookie = SocketClient(endpointOf(server)).exchange()->cookies.front();
    QVERIFY(!cookieKeysOf(7).read(cookie));
    QVERIFY(cookieKeysOf(8).read(cookie));
    m_cookieKeys.publish(cookieKeysOf(7));
}

void TestKeyExchangeIdentity::publishingDisturbsNobody()
{
    auto wanted = settings();
    wanted.threads = 2;
    const auto server = start(wanted);
    const Endpoint endpoint = endpointOf(server);
    auto other = settings();
    other.threads = 2;
    other.identities = {filesOf(m_authority.sign({.names = {u"other.test"_s}}))};
    std::atomic<bool> isOver = false;
    std::atomic<int> granted = 0;
    std::thread clients([&] {
        for (int i = 0; i < 40; ++i)
            granted += SocketClient(endpoint, addressOf(i)).exchange() ? 1 : 0;
        isOver = true;
    });
    for (std::uint32_t round = 0; !isOver; ++round) {
        m_cookieKeys.publish(cookieKeysOf(7 + round % 2));
        server->admit(everybody);
        server->change(round % 2 == 0 ? other : wanted);
        server->report();
    }
    clients.join();
    QCOMPARE(granted, 40);
    m_cookieKeys.publish(cookieKeysOf(7));
}

QTEST_GUILESS_MAIN(TestKeyExchangeIdentity)
#include "test_key_exchange_identity.moc"
