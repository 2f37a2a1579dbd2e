// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server's side of a key exchange with clients by OpenSSL, good and bad, without the network between them. FAULTS rows 38
// and 40 to 44.

#include "daemon/nts_server/served_exchange.h"

#include "memory_client.h"
#include "served_identity.h"

#include <QTest>

#include <algorithm>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

namespace {

const TimeServer nobodyTold;

Octets record(int type, bool critical, const Octets& body)
{
    Octets octets;
    nts::appendRecord(octets, static_cast<nts::RecordType>(type), critical, body);
    return octets;
}

Octets joined(std::initializer_list<Octets> parts)
{
    Octets all;
    for (const Octets& part : parts)
        all.insert(all.end(), part.begin(), part.end());
    return all;
}

Octets numbers(std::initializer_list<int> values)
{
    Octets octets;
    for (const int value : values) {
        octets.push_back(static_cast<std::byte>(value >> 8));
        octets.push_back(static_cast<std::byte>(value));
    }
    return octets;
}

const Octets ntpv4 = record(1, true, numbers({0}));
const Octets siv = record(4, true, numbers({15}));
const Octets end = record(0, true, {});
const Octets goodRequest = joined({ntpv4, siv, end});

Octets errorRecord(nts::ErrorCode code)
{
    return nts::keyExchangeError(code);
}

QString wordOf(std::optional<KeyExchangeEnd> ended)
{
    const auto word = ended ? keyExchangeEndWord(*ended) : std::string_view("open");
    return QString::fromUtf8(word.data(), static_cast<qsizetype>(word.size()));
}

} // namespace

class TestServedExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void grantsTheKeysOfTheConnection_data();
    void grantsTheKeysOfTheConnection();
    void clientsOrderDecides_data();
    void clientsOrderDecides();
    void timeServerIsTold();
    void requestInPiecesIsReassembled();
    void everyPacketMayBeSplitAnywhere();
    void requestIsAnsweredAsItDeserves_data();
    void requestIsAnsweredAsItDeserves();
    void othersAreRefusedBeforeACertificateIsShown_data();
    void othersAreRefusedBeforeACertificateIsShown();
    void garbageIsRefused_data();
    void garbageIsRefused();
    void groupIsX25519WhereItCanBe_data();
    void groupIsX25519WhereItCanBe();
    void nothingCanBeResumed();
    void nameChoosesTheCertificate_data();
    void nameChoosesTheCertificate();
    void octetsAreBounded();
    void keyUpdatesAreBounded();
    void whoLeavesEarlyIsToldSo();
    void whoIsTooSlowIsToldSo();
    void whatComesAfterTheEndIsNotLookedAt();

private:
    std::unique_ptr<ServedExchange> serve(const TimeServer& told = nobodyTold) const
    {
        return std::make_unique<ServedExchange>(m_identities, told);
    }
    // Until neither has anything more to say.
    std::optional<KeyExchangeEnd> converse(MemoryClient& client, ServedExchange& server)
    {
        std::optional<KeyExchangeEnd> ended;
        for (Octets said = client.toSend(); !said.empty() && !ended; said = client.toSend()) {
            ended = server.received(said, m_jar);
            client.received(server.toSend());
        }
        return ended;
    }
    std::optional<KeyExchangeEnd> ask(MemoryClient& client, ServedExchange& server, const Octets& request)
    {
        if (const auto ended = converse(client, server))
            return ended;
        if (!client.isEstablished())
            return std::nullopt;
        client.say(request);
        return converse(client, server);
    }

    MadeAuthority m_authority;
    std::shared_ptr<const Identities> m_identities =
        identitiesFor(m_authority, {u"first.test"_s, u"second.test"_s, u"*.wild.test"_s});
    const nts::CookieKeys m_cookieKeys = cookieKeysOf(7);
    nts::CookieJar m_jar{m_cookieKeys};
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

void TestServedExchange::requestIsAnsweredAsItDeserves_data()
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

void TestServedExchange::requestIsAnsweredAsItDeserves()
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

void TestServedExchange::othersAreRefusedBeforeACertificateIsShown_data()
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

void TestServedExchange::othersAreRefusedBeforeACertificateIsShown()
{
    QFETCH(const QByteArray, alpn);
    QFETCH(const int, version);
    QFETCH(const bool, isServed);
    MemoryClient client({.alpn = alpn, .maxVersion = version});
    const auto server = serve();
    QCOMPARE(wordOf(converse(client, *server)), isServed ? u"open"_s : u"tls-failed"_s);
    QCOMPARE(client.isEstablished(), isServed);
    QCOMPARE(client.hasFailed(), !isServed); // it was sent an alert
    QCOMPARE(client.certificateName().isEmpty(), !isServed);
}

void TestServedExchange::garbageIsRefused_data()
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

void TestServedExchange::garbageIsRefused()
{
    QFETCH(const QByteArray, octets);
    const auto server = serve();
    QCOMPARE(wordOf(server->received(std::as_bytes(std::span(octets)), m_jar)), u"tls-failed"_s);
    QVERIFY(server->toSend().size() < 16); // an alert at most
}

void TestServedExchange::groupIsX25519WhereItCanBe_data()
{
    QTest::addColumn<QByteArray>("offered");
    QTest::addColumn<int>("chosen");
    QTest::newRow("alone") << "X25519"_ba << NID_X25519;
    QTest::newRow("first") << "X25519:P-256:P-384"_ba << NID_X25519;
    QTest::newRow("the other") << "P-256"_ba << NID_X9_62_prime256v1;
    QTest::newRow("a larger one") << "P-384"_ba << NID_secp384r1;
}

void TestServedExchange::groupIsX25519WhereItCanBe()
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

void TestServedExchange::octetsAreBounded() // row 42
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

void TestServedExchange::keyUpdatesAreBounded()
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

void TestServedExchange::whoLeavesEarlyIsToldSo()
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

void TestServedExchange::whoIsTooSlowIsToldSo() // row 41
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

void TestServedExchange::whatComesAfterTheEndIsNotLookedAt()
{
    MemoryClient client;
    const auto server = serve();
    QCOMPARE(wordOf(ask(client, *server, joined({goodRequest, record(0x2000, true, Octets(50))}))), u"granted"_s);
}

QTEST_GUILESS_MAIN(TestServedExchange)
#include "test_served_exchange.moc"
