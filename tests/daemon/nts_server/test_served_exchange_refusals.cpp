// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whom the server's side of a key exchange refuses, and with which answer, without the network between them. FAULTS rows 38 and 41 to
// 44.

#include "served_exchange_rig.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

class TestServedExchangeRefusals : public QObject, private ServedExchangeRig {
    Q_OBJECT

private Q_SLOTS:
    void requestIsAnsweredAsItDeserves_data();
    void requestIsAnsweredAsItDeserves();
    void othersAreRefusedBeforeACertificateIsShown_data();
    void othersAreRefusedBeforeACertificateIsShown();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void octetsAreBounded();
    void keyUpdatesAreBounded();
    void whoLeavesEarlyIsToldSo();
    void whoIsTooSlowIsToldSo();
    void whatComesAfterTheEndIsNotLookedAt();
    void withoutACertificateNobodyIsServed();
};

void TestServedExchangeRefusals::requestIsAnsweredAsItDeserves_data()
{
    QTest::addColumn<Octets>("request");
    QTest::addColumn<QString>("ended");
    QTest::addColumn<Octets>("answer"); // empty: cookies
    const Octets bad = errorRecord(nts::ErrorCode::BadRequest);
    const Octets unknown = errorRecord(nts::ErrorCode::UnrecognizedCriticalRecord);
    const Octets some(3000, std::byte{1});
    QTest::newRow("good") << goodRequest << u"granted"_s << Octets{};
    QTest::newRow("row 42: longer than any may be")
        << joined({ntpv4, siv, record(0x2000, false, some), record(0x2000, false, some), end}) << u"bad-request"_s
        << bad;
    QTest::newRow("row 42: a record that ends beyond it")
        << joined({ntpv4, siv, numbers({0x2000, 0xffff}), some}) << u"bad-request"_s << bad;
    QTest::newRow("row 42: an end with a body")
        << joined({ntpv4, siv, record(0, true, numbers({1}))}) << u"bad-request"_s << bad;
    QTest::newRow("row 42: half a number")
        << joined({ntpv4, record(4, true, Octets(3)), end}) << u"bad-request"_s << bad;
    QTest::newRow("row 42: a port of three octets")
        << joined({ntpv4, siv, record(7, false, Octets(3)), end}) << u"bad-request"_s << bad;
    QTest::newRow("row 42: an unknown one of 3000 octets")
        << joined({ntpv4, siv, record(0x2000, false, some), end}) << u"granted"_s << Octets{};
    QTest::newRow("row 43: an unknown critical one")
        << joined({ntpv4, siv, record(0x2000, true, {}), end}) << u"bad-request"_s << unknown;
    QTest::newRow("row 43: an unknown one")
        << joined({record(0x7fff, false, {}), ntpv4, siv, end}) << u"granted"_s << Octets{};
    QTest::newRow("row 44: no algorithm") << joined({ntpv4, end}) << u"bad-request"_s << bad;
    QTest::newRow("row 44: an empty list of algorithms")
        << joined({ntpv4, record(4, true, {}), end}) << u"bad-request"_s << bad;
    QTest::newRow("row 44: no protocol") << joined({siv, end}) << u"bad-request"_s << bad;
    QTest::newRow("row 44: an empty list of protocols")
        << joined({record(1, true, {}), siv, end}) << u"bad-request"_s << bad;
    QTest::newRow("row 44: the end alone") << end << u"bad-request"_s << bad;
    QTest::newRow("row 44: no end") << joined({ntpv4, siv}) << u"open"_s << Octets{};
    QTest::newRow("protocols twice") << joined({ntpv4, ntpv4, siv, end}) << u"bad-request"_s << bad;
    QTest::newRow("a cookie") << joined({ntpv4, siv, record(5, false, Octets(100)), end}) << u"bad-request"_s << bad;
    QTest::newRow("an error") << joined({record(2, true, numbers({1})), end}) << u"bad-request"_s << bad;
    QTest::newRow("a server and a port that it would like")
        << joined({ntpv4, siv, record(6, false, Octets(4, std::byte{'a'})), record(7, false, numbers({123})), end})
        << u"granted"_s << Octets{};
    QTest::newRow("NTPv5 alone") << joined({record(1, true, numbers({0x8001})), siv, end}) << u"nothing-in-common"_s
                                 << nts::keyExchangeRefusal(false);
    QTest::newRow("algorithms of others") << joined({ntpv4, record(4, true, numbers({1, 31, 999})), end})
                                          << u"nothing-in-common"_s << nts::keyExchangeRefusal(true);
}

void TestServedExchangeRefusals::requestIsAnsweredAsItDeserves()
{
    QFETCH(const Octets, request);
    QFETCH(const QString, ended);
    QFETCH(const Octets, answer);
    MemoryClient client;
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, request)), ended);
    QCOMPARE(client.isClosed(), ended != u"open"_s);
    const bool isGranted = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms).has_value();
    QCOMPARE(isGranted, ended == u"granted"_s);
    if (!isGranted)
        QCOMPARE(client.heard(), answer);
}

void TestServedExchangeRefusals::othersAreRefusedBeforeACertificateIsShown_data()
{
    QTest::addColumn<QByteArray>("alpn");
    QTest::addColumn<int>("version");
    QTest::addColumn<bool>("isServed");
    QTest::newRow("good") << QByteArray("\x07ntske/1") << TLS1_3_VERSION << true;
    QTest::newRow("among others") << QByteArray("\x02h2\x07ntske/1\x08http/1.1") << TLS1_3_VERSION << true;
    QTest::newRow("row 38: no ALPN") << QByteArray() << TLS1_3_VERSION << false;
    QTest::newRow("row 38: another ALPN") << QByteArray("\x02h2\x08http/1.1") << TLS1_3_VERSION << false;
    QTest::newRow("row 38: a later one") << QByteArray("\x07ntske/2") << TLS1_3_VERSION << false;
    QTest::newRow("row 38: the beginning of it") << QByteArray("\x05ntske") << TLS1_3_VERSION << false;
    QTest::newRow("row 38: TLS 1.2") << QByteArray("\x07ntske/1") << TLS1_2_VERSION << false;
}

void TestServedExchangeRefusals::othersAreRefusedBeforeACertificateIsShown()
{
    QFETCH(const QByteArray, alpn);
    QFETCH(const int, version);
    QFETCH(const bool, isServed);
    MemoryClient client({.alpn = alpn, .version = version});
    const auto server = serve();
    QCOMPARE(wordOf(converse(client, *server)), isServed ? u"open"_s : u"tls-failed"_s);
    QCOMPARE(client.isEstablished(), isServed);
    QCOMPARE(client.hasFailed(), !isServed); // it was sent an alert
    QCOMPARE(client.certificateName().isEmpty(), !isServed);
}

void TestServedExchangeRefusals::garbageIsRefused_data()
{
    QTest::addColumn<QByteArray>("octets");
    QTest::newRow("HTTP") << "GET / HTTP/1.1\r\nHost: time.test\r\n\r\n"_ba;
    QTest::newRow("zeros") << QByteArray(2000, '\0');
    QTest::newRow("an NTP request") << QByteArray(1, '\x23') + QByteArray(47, '\0');
    QTest::newRow("a record of TLS that is too long") << "\x16\x03\x01\xff\xff"_ba + QByteArray(64, 'x');
    QTest::newRow("an alert first") << "\x15\x03\x03\x00\x02\x02\x28"_ba;
    QTest::newRow("data first") << "\x17\x03\x03\x00\x10"_ba + QByteArray(16, 'x');
    QTest::newRow("a hello that is none") << "\x16\x03\x01\x00\x08\x01\x00\x00\x04"_ba + QByteArray(4, 'x');
}

void TestServedExchangeRefusals::garbageIsRefused()
{
    QFETCH(const QByteArray, octets);
    const auto server = serve();
    QCOMPARE(wordOf(server->received(std::as_bytes(std::span(octets)), m_jar)), u"tls-failed"_s);
    QVERIFY(server->toSend().size() < 16); // an alert at most
}

void TestServedExchangeRefusals::octetsAreBounded() // row 42
{
    MemoryClient client;
    const auto server = serve();
    QVERIFY(!converse(client, *server));
    // One octet in each record of TLS, of a request that never ends.
    client.say(numbers({0x2000, 4000}));
    std::size_t sent = 0;
    std::optional<KeyExchangeEnd> ended;
    while (!ended && sent < 2 * ServedExchange::maxOctets) {
        client.say(Octets(1));
        const Octets said = client.toSend();
        sent += said.size();
        ended = server->received(said, m_jar);
    }
    QCOMPARE(wordOf(ended), u"too-long"_s);
    QVERIFY(sent <= ServedExchange::maxOctets + 64);
}

void TestServedExchangeRefusals::keyUpdatesAreBounded()
{
    MemoryClient client;
    const auto server = serve();
    QVERIFY(!converse(client, *server));
    std::size_t sent = 0;
    std::optional<KeyExchangeEnd> ended;
    while (!ended && sent < 2 * ServedExchange::maxOctets) {
        client.updateKey();
        const Octets said = client.toSend();
        QVERIFY(!said.empty());
        sent += said.size();
        ended = server->received(said, m_jar);
        client.received(server->toSend());
    }
    QVERIFY(ended);
    QVERIFY(sent <= ServedExchange::maxOctets + 64);
}

void TestServedExchangeRefusals::whoLeavesEarlyIsToldSo()
{
    MemoryClient client;
    const auto server = serve();
    QVERIFY(!ask(client, *server, joined({ntpv4, siv})));
    client.sayGoodbye();
    QCOMPARE(wordOf(converse(client, *server)), u"left-early"_s);
    QCOMPARE(client.heard(), errorRecord(nts::ErrorCode::BadRequest));

    // Without a goodbye, and before there is TLS to say something in.
    MemoryClient other;
    const auto unfinished = serve();
    const Octets hello = other.toSend();
    QVERIFY(!unfinished->received(std::span(hello).first(20), m_jar));
    QCOMPARE(wordOf(unfinished->ended()), u"left-early"_s);
    QCOMPARE(unfinished->toSend(), Octets{});
}

void TestServedExchangeRefusals::whoIsTooSlowIsToldSo() // row 41
{
    MemoryClient client;
    const auto server = serve();
    QVERIFY(!ask(client, *server, joined({ntpv4, siv})));
    QCOMPARE(wordOf(server->timeUp()), u"too-slow"_s);
    client.received(server->toSend());
    QCOMPARE(client.heard(), errorRecord(nts::ErrorCode::BadRequest));
    QVERIFY(client.isClosed());

    const auto silent = serve();
    QCOMPARE(wordOf(silent->timeUp()), u"too-slow"_s);
    QCOMPARE(silent->toSend(), Octets{});
}

void TestServedExchangeRefusals::whatComesAfterTheEndIsNotLookedAt()
{
    MemoryClient client;
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, joined({goodRequest, record(0x2000, true, Octets(50))}))), u"granted"_s);
}

void TestServedExchangeRefusals::withoutACertificateNobodyIsServed()
{
    MemoryClient client;
    ServedExchange server(std::make_shared<const Identities>(), nobodyTold);
    QCOMPARE(wordOf(server.received(client.toSend(), m_jar)), u"internal-error"_s);
    QCOMPARE(server.toSend(), Octets{});
}

QTEST_GUILESS_MAIN(TestServedExchangeRefusals)
#include "test_served_exchange_refusals.moc"
