// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server's side of TLS, with OpenSSL as the client: its steps, and what comes of them in another order. What a whole
// exchange of keys makes of it is in tests/daemon/nts_server.

#include "tls/connection.h"

#include "daemon/nts_server/memory_client.h"
#include "made_identity.h"

#include <QTest>

#include <algorithm>
#include <array>

using namespace foliot;
using namespace foliot::tests;
using namespace Qt::StringLiterals;
using Progress = tls::Connection::Progress;
using Heard = tls::Connection::Heard::Kind;

namespace {

// RFC 8446 section 6: the alert 120, fatal.
const Octets noApplicationProtocol{
    std::byte{21}, std::byte{3}, std::byte{3}, std::byte{0}, std::byte{2}, std::byte{2}, std::byte{120}};

} // namespace

class TestTlsConnection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void goesThroughItsSteps();
    void saysTheNameThatWasAskedFor_data();
    void saysTheNameThatWasAskedFor();
    void whoWantsSomethingElseIsShownNothing_data();
    void whoWantsSomethingElseIsShownNothing();
    void whoWantsNtsNoMoreAfterARetryIsShownNothing();
    void keepsWhatCameBeforeAnIdentityWasShown();
    void doesNothingOutOfTurn();
    void staysRefused();
    void endsAtAForgedRecord();
    void goodbyeIsHeardWhateverFollows();
    void moreThanIsHeardIsRefused();
    void longAnswersAreSentWhole();
    void whoCannotBeServedIsToldWhy_data();
    void whoCannotBeServedIsToldWhy();
    void identityNeedsAKey();

private:
    // Until the client has nothing more to say.
    static Progress converse(MemoryClient& client, tls::Connection& server)
    {
        auto progress = Progress::NeedsMore;
        for (Octets said = client.toSend(); !said.empty(); said = client.toSend()) {
            progress = server.received(said);
            client.received(server.toSend());
        }
        return progress;
    }
    Progress shakeHands(MemoryClient& client, tls::Connection& server) const
    {
        if (const auto progress = server.received(client.toSend()); progress != Progress::Greeted)
            return progress;
        server.show(m_identity);
        client.received(server.toSend());
        return converse(client, server);
    }

    MadeAuthority m_authority;
    DerIdentity m_der = derOf(m_authority.sign({.names = {u"a.test"_s}}));
    tls::Identity m_identity = *tls::Identity::make(m_der.chain, m_der.key);
};

void TestTlsConnection::goesThroughItsSteps()
{
    MemoryClient client;
    tls::Connection server;
    QCOMPARE(server.received(client.toSend()), Progress::Greeted);
    QVERIFY(server.toSend().empty()); // nothing is shown before it is chosen
    QCOMPARE(server.show(m_identity), Progress::NeedsMore);
    client.received(server.toSend());
    QVERIFY(client.isEstablished());
    QCOMPARE(client.certificateName(), "a.test"_ba);
    QCOMPARE(converse(client, server), Progress::Established);

    std::array<std::byte, 8> piece{};
    QCOMPARE(server.hear(piece).kind, Heard::NothingYet);
    const Octets request(10, std::byte{7});
    client.say(request);
    QCOMPARE(converse(client, server), Progress::Established);
    QCOMPARE(server.hear(piece).length, 8U);
    QCOMPARE(piece.front(), std::byte{7});
    QCOMPARE(server.hear(piece).length, 2U);
    QCOMPARE(server.hear(piece).kind, Heard::NothingYet);

    QVERIFY(server.sayAndClose(Octets(3, std::byte{9})));
    client.received(server.toSend());
    QCOMPARE(client.heard(), Octets(3, std::byte{9}));
    QVERIFY(client.isClosed());
    client.sayGoodbye();
    converse(client, server);
    QCOMPARE(server.hear(piece).kind, Heard::Goodbye);
}

void TestTlsConnection::saysTheNameThatWasAskedFor_data()
{
    QTest::addColumn<QByteArray>("asked");
    QTest::addColumn<QByteArray>("said");
    QTest::newRow("none") << QByteArray() << QByteArray();
    QTest::newRow("one") << "a.test"_ba << "a.test"_ba;
    const QByteArray label(49, 'x');
    const QByteArray longest = label + '.' + label + '.' + label + '.' + label + '.' + label + ".abc"; // 253
    QTest::newRow("the longest") << longest << longest;
    QTest::newRow("a numeric address") << "192.0.2.1"_ba << QByteArray(); // RFC 6066 section 3: no name
}

void TestTlsConnection::saysTheNameThatWasAskedFor()
{
    QFETCH(const QByteArray, asked);
    QFETCH(const QByteArray, said);
    MemoryClient client({.serverName = asked});
    tls::Connection server;
    QCOMPARE(server.received(client.toSend()), Progress::Greeted);
    QCOMPARE(QByteArray::fromStdString(server.serverName()), said);
    server.show(m_identity);
    QCOMPARE(server.serverName(), std::string());
}

void TestTlsConnection::whoWantsSomethingElseIsShownNothing_data()
{
    QTest::addColumn<QByteArray>("alpn");
    QTest::newRow("nothing") << QByteArray();
    QTest::newRow("the web") << "\2h2\x08http/1.1"_ba;
    QTest::newRow("another version") << "\7ntske/2"_ba;
}

void TestTlsConnection::whoWantsSomethingElseIsShownNothing()
{
    QFETCH(const QByteArray, alpn);
    MemoryClient client({.alpn = alpn});
    tls::Connection server;
    QCOMPARE(server.received(client.toSend()), Progress::Refused);
    QCOMPARE(server.toSend(), noApplicationProtocol);
}

void TestTlsConnection::whoWantsNtsNoMoreAfterARetryIsShownNothing()
{
    MemoryClient client({.groups = "X448:X25519"});
    tls::Connection server;
    QCOMPARE(server.received(client.toSend()), Progress::Greeted);
    QCOMPARE(server.show(m_identity), Progress::NeedsMore);
    client.received(server.toSend());
    Octets hello = client.toSend();
    const auto protocol = std::as_bytes(std::span("ntske/1", 7));
    const auto found = std::ranges::search(hello, protocol);
    QVERIFY(!found.empty());
    // Before it are its length, that of the list, that of the extension, and which one it is: now one that nobody knows.
    constexpr std::ptrdiff_t toItsNumber = 1 + 2 + 2 + 2;
    found.begin()[-toItsNumber] = std::byte{0x2a};
    QCOMPARE(server.received(hello), Progress::Refused);
    QCOMPARE(server.toSend(), noApplicationProtocol);
}

void TestTlsConnection::keepsWhatCameBeforeAnIdentityWasShown()
{
    const Octets harmless{std::byte{20}, std::byte{3}, std::byte{3}, std::byte{0}, std::byte{1}, std::byte{1}};
    // More than is read at once; wrong when all of it is there.
    Octets forged{std::byte{23}, std::byte{3}, std::byte{3}, std::byte{0x20}, std::byte{0}};
    forged.resize(forged.size() + 0x2000);
    for (const auto& [octets, expected] : {std::pair(harmless, Progress::NeedsMore),
             std::pair(Octets(20, std::byte{0}), Progress::Refused), std::pair(forged, Progress::Refused)}) {
        MemoryClient behind;
        tls::Connection afterTheHello;
        Octets hello = behind.toSend();
        hello.insert(hello.end(), octets.begin(), octets.end());
        QCOMPARE(afterTheHello.received(hello), Progress::Greeted);
        QCOMPARE(afterTheHello.show(m_identity), expected);

        MemoryClient client;
        tls::Connection server;
        QCOMPARE(server.received(client.toSend()), Progress::Greeted);
        QCOMPARE(server.received(octets), Progress::Greeted);
        QCOMPARE(server.show(m_identity), expected);
    }
}

void TestTlsConnection::doesNothingOutOfTurn()
{
    std::array<std::byte, 16> piece{};
    tls::Connection server;
    const auto nothingIsDone = [&] {
        return server.hear(piece).kind == Heard::NothingYet && !server.sayAndClose(piece) &&
               !server.exportKey("EXPORTER-test", {}, piece) && server.toSend().empty();
    };
    QVERIFY(nothingIsDone());
    QCOMPARE(server.received({}), Progress::NeedsMore);
    MemoryClient client;
    QCOMPARE(server.received(client.toSend()), Progress::Greeted);
    QVERIFY(nothingIsDone());
    server.show(m_identity);
    server.toSend();
    QVERIFY(nothingIsDone()); // the client has not proved anything
    QCOMPARE(piece, (std::array<std::byte, 16>{}));
}

void TestTlsConnection::staysRefused()
{
    tls::Connection unasked;
    QCOMPARE(unasked.show(m_identity), Progress::Refused);

    MemoryClient client;
    tls::Connection server;
    QCOMPARE(server.received(Octets(20)), Progress::Refused);
    const Octets alert = server.toSend();
    QVERIFY(!alert.empty() && alert.size() < 16);
    QCOMPARE(server.toSend(), Octets{}); // once
    QCOMPARE(server.received(client.toSend()), Progress::Refused);
    QCOMPARE(server.show(m_identity), Progress::Refused);

    MemoryClient other;
    tls::Connection shown;
    QCOMPARE(shakeHands(other, shown), Progress::Established);
    QCOMPARE(shown.show(m_identity), Progress::Refused); // a second time
}

void TestTlsConnection::endsAtAForgedRecord()
{
    MemoryClient client;
    tls::Connection server;
    QCOMPARE(shakeHands(client, server), Progress::Established);
    client.say(Octets(100));
    Octets said = client.toSend();
    said.back() ^= std::byte{1};
    QCOMPARE(server.received(said), Progress::Refused);
    std::array<std::byte, 128> piece{};
    QVERIFY(server.hear(piece).kind != Heard::Octets);
    client.received(server.toSend());
    QVERIFY(client.hasFailed()); // it is told
}

void TestTlsConnection::goodbyeIsHeardWhateverFollows()
{
    MemoryClient client;
    tls::Connection server;
    QCOMPARE(shakeHands(client, server), Progress::Established);
    client.sayGoodbye();
    Octets said = client.toSend();
    said.insert(said.end(), 40, std::byte{0});
    QCOMPARE(server.received(said), Progress::Established);
    QCOMPARE(server.received(Octets(40)), Progress::Established);
    std::array<std::byte, 8> piece{};
    QCOMPARE(server.hear(piece).kind, Heard::Goodbye);
}

void TestTlsConnection::moreThanIsHeardIsRefused()
{
    MemoryClient client;
    tls::Connection server;
    QCOMPARE(shakeHands(client, server), Progress::Established);
    client.say(Octets(50'000));
    QCOMPARE(server.received(client.toSend()), Progress::Refused);
}

void TestTlsConnection::longAnswersAreSentWhole()
{
    MemoryClient client;
    tls::Connection server;
    QCOMPARE(shakeHands(client, server), Progress::Established);
    Octets answer(50'000);
    std::ranges::generate(answer, [n = 0]() mutable { return static_cast<std::byte>(n++ % 251); });
    QVERIFY(server.sayAndClose(answer));
    client.received(server.toSend());
    QCOMPARE(client.heard(), answer);
    QVERIFY(client.isClosed());
}

void TestTlsConnection::whoCannotBeServedIsToldWhy_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<QByteArray>("groups");
    QTest::addColumn<int>("alert"); // RFC 8446 section 6
    QTest::newRow("TLS 1.2") << TLS1_2_VERSION << "X25519"_ba << 70;
    QTest::newRow("no group in common") << TLS1_3_VERSION << "X448"_ba << 40;
}

void TestTlsConnection::whoCannotBeServedIsToldWhy()
{
    QFETCH(const int, version);
    QFETCH(const QByteArray, groups);
    QFETCH(const int, alert);
    MemoryClient client({.version = version, .groups = groups});
    tls::Connection server;
    QCOMPARE(server.received(client.toSend()), Progress::Greeted);
    QCOMPARE(server.show(m_identity), Progress::Refused);
    const Octets fatal{std::byte{21}, std::byte{3}, std::byte{3}, std::byte{0}, std::byte{2}, std::byte{2},
        static_cast<std::byte>(alert)};
    QCOMPARE(server.toSend(), fatal);
}

void TestTlsConnection::identityNeedsAKey()
{
    QVERIFY(!tls::Identity::make(m_der.chain, {}));
    QVERIFY(!tls::Identity::make(m_der.chain, m_der.chain.front()));
    QVERIFY(!tls::Identity::make(m_der.chain, std::span(m_der.key).first(m_der.key.size() - 1)));
    QVERIFY(tls::Identity::make(m_der.chain, m_der.key));
}

QTEST_GUILESS_MAIN(TestTlsConnection)
#include "test_tls_connection.moc"
