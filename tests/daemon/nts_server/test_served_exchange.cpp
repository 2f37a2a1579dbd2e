// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the server's side of a key exchange grants to clients by OpenSSL, without the network between them. FAULTS row 40.

#include "served_exchange_rig.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

class TestServedExchange : public QObject, private ServedExchangeRig {
    Q_OBJECT

private Q_SLOTS:
    void grantsTheKeysOfTheConnection_data();
    void grantsTheKeysOfTheConnection();
    void clientsOrderDecides_data();
    void clientsOrderDecides();
    void timeServerIsTold();
    void requestInPiecesIsReassembled();
    void everyPacketMayBeSplitAnywhere();
    void everySuiteIsServed_data();
    void everySuiteIsServed();
    void suiteIsTheCheapestForBoth_data();
    void suiteIsTheCheapestForBoth();
    void everyKindOfKeySigns_data();
    void everyKindOfKeySigns();
    void groupIsTheFirstOfTheClientsThatThereIs_data();
    void groupIsTheFirstOfTheClientsThatThereIs();
    void nothingCanBeResumed();
    void wholeChainIsShown();
    void nameChoosesTheCertificate_data();
    void nameChoosesTheCertificate();
};

void TestServedExchange::grantsTheKeysOfTheConnection_data()
{
    QTest::addColumn<nts::Algorithm>("algorithm");
    QTest::addColumn<bool>("compliant");
    for (const nts::Algorithm algorithm : nts::allAlgorithms)
        QTest::newRow(algorithmName(algorithm).data()) << algorithm << true;
    QTest::newRow("AES-128-GCM-SIV as chrony before 4.6.1") << nts::Algorithm::Gcm128Siv << false;
}

void TestServedExchange::grantsTheKeysOfTheConnection()
{
    QFETCH(const nts::Algorithm, algorithm);
    QFETCH(const bool, compliant);
    MemoryClient client;
    const auto server = serve();
    const Octets request = compliant ? nts::keyExchangeRequest(std::array{algorithm})
                                     : joined({ntpv4, record(4, true, numbers({static_cast<int>(algorithm)})), end});
    QCOMPARE(wordOf(ask(client, *server, request)), u"granted"_s);
    QVERIFY(client.isClosed()); // with a goodbye
    const auto agreement = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms);
    QVERIFY(agreement);
    QCOMPARE(agreement->algorithm, algorithm);
    QCOMPARE(agreement->compliantContext, compliant);
    QCOMPARE(agreement->cookies.size(), nts::wantedCookies);
    QCOMPARE(agreement->server, std::string());
    QVERIFY(!agreement->port);
    const auto keys = client.keys(algorithm, compliant);
    for (const nts::Cookie& cookie : agreement->cookies) {
        const auto content = m_cookieKeys.read(cookie);
        QVERIFY(content);
        QCOMPARE(content->algorithm, algorithm);
        QVERIFY(std::ranges::equal(content->keys.clientToServer.octets(), keys.clientToServer.octets()));
        QVERIFY(std::ranges::equal(content->keys.serverToClient.octets(), keys.serverToClient.octets()));
        QCOMPARE(std::ranges::count(agreement->cookies, cookie), 1); // nobody can follow the client by them
    }
}

void TestServedExchange::clientsOrderDecides_data()
{
    QTest::addColumn<Octets>("offered");
    QTest::addColumn<int>("chosen");
    QTest::newRow("what every server has") << numbers({15}) << 15;
    QTest::newRow("two") << numbers({17, 15}) << 17;
    QTest::newRow("all, short keys last") << numbers({16, 17, 15, 30}) << 16;
    QTest::newRow("unknown ones first") << numbers({31, 33, 30, 15}) << 30;
    QTest::newRow("the same twice") << numbers({16, 16}) << 16;
}

void TestServedExchange::clientsOrderDecides()
{
    QFETCH(const Octets, offered);
    QFETCH(const int, chosen);
    MemoryClient client;
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, joined({ntpv4, record(4, true, offered), end}))), u"granted"_s);
    const auto agreement = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms);
    QVERIFY(agreement);
    QCOMPARE(static_cast<int>(agreement->algorithm), chosen);
}

void TestServedExchange::timeServerIsTold()
{
    const TimeServer told{.name = "time.test", .port = 4123};
    MemoryClient client;
    const auto server = serve(told);
    QCOMPARE(wordOf(ask(client, *server, goodRequest)), u"granted"_s);
    const auto agreement = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms);
    QVERIFY(agreement);
    QCOMPARE(agreement->server, std::string("time.test"));
    QCOMPARE(agreement->port, 4123);
}

void TestServedExchange::requestInPiecesIsReassembled() // row 40
{
    MemoryClient client;
    const auto server = serve();
    QVERIFY(!converse(client, *server));
    for (std::size_t i = 0; i + 1 < goodRequest.size(); ++i) {
        client.say(std::span(goodRequest).subspan(i, 1));
        QCOMPARE(wordOf(converse(client, *server)), u"open"_s);
    }
    client.say(std::span(goodRequest).last(1));
    QCOMPARE(wordOf(converse(client, *server)), u"granted"_s);
    QVERIFY(nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms));
}

void TestServedExchange::everyPacketMayBeSplitAnywhere() // row 40
{
    MemoryClient client;
    const auto server = serve();
    std::optional<KeyExchangeEnd> ended;
    bool hasAsked = false;
    for (Octets said = client.toSend(); !said.empty(); said = client.toSend()) {
        for (const std::byte octet : said) {
            QVERIFY(!ended);
            ended = server->received(std::span(&octet, 1), m_jar);
            client.received(server->toSend());
        }
        if (client.isEstablished() && !std::exchange(hasAsked, true))
            client.say(goodRequest);
    }
    QCOMPARE(wordOf(ended), u"granted"_s);
    QVERIFY(nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms));
}

void TestServedExchange::everySuiteIsServed_data()
{
    QTest::addColumn<QByteArray>("suite");
    for (const char* const suite : {"TLS_AES_128_GCM_SHA256", "TLS_CHACHA20_POLY1305_SHA256", "TLS_AES_256_GCM_SHA384"})
        QTest::newRow(suite) << QByteArray(suite);
}

void TestServedExchange::everySuiteIsServed()
{
    QFETCH(const QByteArray, suite);
    MemoryClient client({.suites = suite});
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, goodRequest)), u"granted"_s);
    const auto agreement = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms);
    QVERIFY(agreement);
    const auto content = m_cookieKeys.read(agreement->cookies.front());
    QVERIFY(content);
    const auto keys = client.keys(agreement->algorithm);
    QVERIFY(std::ranges::equal(content->keys.clientToServer.octets(), keys.clientToServer.octets()));
}

void TestServedExchange::suiteIsTheCheapestForBoth_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<QByteArray>("chosen");
    const auto aes128 = "TLS_AES_128_GCM_SHA256"_ba;
    const auto aes256 = "TLS_AES_256_GCM_SHA384"_ba;
    const auto chacha20 = "TLS_CHACHA20_POLY1305_SHA256"_ba;
    QTest::newRow("OpenSSL's own order") << aes256 + ':' + chacha20 + ':' + aes128 << aes128;
    QTest::newRow("no AES-128") << aes256 + ':' + chacha20 << chacha20;
    QTest::newRow("a client without instructions for AES") << chacha20 + ':' + aes128 + ':' + aes256 << chacha20;
}

void TestServedExchange::suiteIsTheCheapestForBoth()
{
    QFETCH(const QByteArray, offered);
    QFETCH(const QByteArray, chosen);
    MemoryClient client({.suites = offered});
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, goodRequest)), u"granted"_s);
    QCOMPARE(client.suite(), chosen);
}

void TestServedExchange::everyKindOfKeySigns_data()
{
    QTest::addColumn<MadeKey>("first");
    QTest::addColumn<MadeKey>("second");
    QTest::newRow("P-256 and P-384") << MadeKey::P256 << MadeKey::P384;
    QTest::newRow("P-256 and RSA") << MadeKey::P256 << MadeKey::Rsa2048;
    QTest::newRow("RSA and P-256") << MadeKey::Rsa2048 << MadeKey::P256;
    QTest::newRow("P-384 and Ed25519") << MadeKey::P384 << MadeKey::Ed25519;
    QTest::newRow("RSA of 4096 bits and P-256") << MadeKey::Rsa4096 << MadeKey::P256;
}

void TestServedExchange::everyKindOfKeySigns()
{
    QFETCH(const MadeKey, first);
    QFETCH(const MadeKey, second);
    std::vector<Identity> both;
    for (const auto& [name, key] : {std::pair("first.test", first), std::pair("second.test", second)})
        both.push_back(*Identity::read(filesOf(m_authority.sign({.names = {QLatin1String(name)}, .key = key}))));
    const auto identities = std::make_shared<const Identities>(std::move(both));
    for (const QByteArray& name : {"first.test"_ba, "second.test"_ba}) {
        MemoryClient client({.serverName = name});
        ServedExchange server(identities, nobodyTold);
        QCOMPARE(wordOf(ask(client, server, goodRequest)), u"granted"_s);
        QCOMPARE(client.certificateName(), name);
    }
}

void TestServedExchange::groupIsTheFirstOfTheClientsThatThereIs_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<int>("chosen");
    QTest::newRow("X25519") << "X25519:P-256:P-384"_ba << NID_X25519;
    QTest::newRow("P-256") << "P-256:X25519"_ba << NID_X9_62_prime256v1;
    QTest::newRow("P-384") << "P-384"_ba << NID_secp384r1;
    QTest::newRow("the second, after a second hello") << "P-521:X25519"_ba << NID_X25519;
}

void TestServedExchange::groupIsTheFirstOfTheClientsThatThereIs()
{
    QFETCH(const QByteArray, offered);
    QFETCH(const int, chosen);
    MemoryClient client({.groups = offered});
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, goodRequest)), u"granted"_s);
    QCOMPARE(client.group(), chosen);
}

void TestServedExchange::nothingCanBeResumed()
{
    MemoryClient client;
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, goodRequest)), u"granted"_s);
    QVERIFY(!client.isResumable());
}

void TestServedExchange::wholeChainIsShown()
{
    const auto files = m_authority.sign({.names = {u"a.test"_s}});
    const QTemporaryDir folder;
    const QString chain = folder.filePath(u"chain.pem"_s);
    QFile whole(chain);
    QVERIFY(whole.open(QIODevice::WriteOnly));
    for (const QString& path : {files.chain, m_authority.trustedFile()}) {
        QFile part(path);
        QVERIFY(part.open(QIODevice::ReadOnly));
        whole.write(part.readAll());
    }
    whole.close();
    auto identity = Identity::read({.chain = chain.toStdString(), .key = files.key.toStdString()});
    QVERIFY(identity);
    std::vector<Identity> one;
    one.push_back(*std::move(identity));
    MemoryClient client;
    ServedExchange server(std::make_shared<const Identities>(std::move(one)), nobodyTold);
    QCOMPARE(wordOf(ask(client, server, goodRequest)), u"granted"_s);
    QCOMPARE(client.certificates(), 2);
    QCOMPARE(client.certificateName(), "a.test"_ba); // its own first
}

void TestServedExchange::nameChoosesTheCertificate_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("shown");
    QTest::newRow("first") << "first.test"_ba << "first.test"_ba;
    QTest::newRow("second") << "second.test"_ba << "second.test"_ba;
    QTest::newRow("in capitals") << "SECOND.test"_ba << "second.test"_ba;
    QTest::newRow("wildcard") << "any.wild.test"_ba << "*.wild.test"_ba;
    QTest::newRow("nobody's") << "third.test"_ba << "first.test"_ba;
    QTest::newRow("none") << QByteArray() << "first.test"_ba;
}

void TestServedExchange::nameChoosesTheCertificate()
{
    QFETCH(const QByteArray, asked);
    QFETCH(const QByteArray, shown);
    MemoryClient client({.serverName = asked});
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, goodRequest)), u"granted"_s);
    QCOMPARE(client.certificateName(), shown);
}

QTEST_GUILESS_MAIN(TestServedExchange)
#include "test_served_exchange.moc"
