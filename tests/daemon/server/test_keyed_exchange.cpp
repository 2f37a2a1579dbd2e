// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Our client and our server with symmetric keys, over loopback: authentic is taken, nothing else is.

#include "daemon/clocks/none_clock.h"
#include "daemon/net/heard.h"
#include "daemon/net/ntp_client.h"
#include "daemon/server/server.h"
#include "ntp/whole_reply.h"

#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

constexpr sync::SourceId source{1};

keys::KeyRing ring(const char* text)
{
    return keys::parseKeys(text, false).value();
}

} // namespace

class TestKeyedExchange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void sharedKeyMakesAMeasurementAuthentic_data();
    void sharedKeyMakesAMeasurementAuthentic();
    void otherSecretIsMetWithSilence();
    void unauthenticatedReplyIsNotTaken();
    void missingKeyIsNotDoneWithout();

private:
    std::unique_ptr<Server> serverWith(const keys::KeyRing& keys)
    {
        auto server = std::make_unique<Server>(config::Server{.listen = {"127.0.0.1"}, .localStratum = 2},
            config::Simulation{}, m_clock, [this]() -> const sync::State& { return m_state; });
        server->setKeys(keys);
        server->start(0);
        return server;
    }

    sync::State m_state;
    NoneClock m_clock;
    std::unique_ptr<NtpClient> m_client;
    std::unique_ptr<Heard> m_heard;
};

void TestKeyedExchange::init()
{
    m_client = std::make_unique<NtpClient>(m_clock, QueryTimes{.answer = 300ms});
    m_heard = std::make_unique<Heard>(*m_client);
}

void TestKeyedExchange::sharedKeyMakesAMeasurementAuthentic_data()
{
    QTest::addColumn<std::uint32_t>("key");
    QTest::addColumn<int>("version");
    for (const std::uint32_t key : {1U, 2U, 3U, 4U})
        for (const int version : {3, 4})
            QTest::addRow("key %u, version %d", key, version) << key << version;
    QTest::newRow("no key") << std::uint32_t(0) << 4;
}

void TestKeyedExchange::sharedKeyMakesAMeasurementAuthentic()
{
    QFETCH(const std::uint32_t, key);
    QFETCH(const int, version);
    const auto keys =
        ring("1 SHA1 a\n2 AES128 0123456789abcdef\n3 SHA512 c\n4 AES256 0123456789abcdef0123456789abcdef\n");
    const auto server = serverWith(keys);
    m_client->setKeys(keys);
    if (key == 0)
        m_client->ask(source, server->endpoints().front(), static_cast<std::uint8_t>(version));
    else
        m_client->askWithKey(source, server->endpoints().front(), static_cast<std::uint8_t>(version), key);
    QTRY_VERIFY(!m_heard->events().empty());
    QVERIFY2(m_heard->find<sync::MeasurementReceived>(), qPrintable(m_heard->text()));
    QCOMPARE(m_heard->find<sync::MeasurementReceived>()->measurement.authenticated, key != 0);
    QCOMPARE(server->counters().authenticated, std::uint64_t(key != 0 ? 1 : 0));
}

void TestKeyedExchange::otherSecretIsMetWithSilence()
{
    const auto server = serverWith(ring("1 SHA1 right\n"));
    m_client->setKeys(ring("1 SHA1 wrong\n"));
    m_client->askWithKey(source, server->endpoints().front(), 4, 1);
    QTRY_VERIFY(m_heard->find<sync::QueryTimedOut>());
    QVERIFY(!m_heard->find<sync::MeasurementReceived>());
    QCOMPARE(server->counters().rejected[placeOf(ntp::Rejection::Unauthenticated)], std::uint64_t(1));
}

// An attacker who sees the request can answer it, but not with the key.
void TestKeyedExchange::unauthenticatedReplyIsNotTaken()
{
    QUdpSocket attacker;
    QVERIFY(attacker.bind(QHostAddress::LocalHost, 0));
    connect(&attacker, &QUdpSocket::readyRead, this, [&] {
        QByteArray request(1500, '\0');
        QHostAddress from;
        quint16 port = 0;
        request.resize(attacker.readDatagram(request.data(), request.size(), &from, &port));
        const auto now = m_clock.now().real;
        const auto plain = std::as_bytes(std::span(request.constData(), ntp::headerLength));
        const auto reply = ntp::serverReply(plain, now, now, {.leap = ntp::LeapIndicator::None, .stratum = 1}).value();
        const QByteArray octets(reinterpret_cast<const char*>(reply.data()), reply.size());
        attacker.writeDatagram(octets, from, port);
        attacker.writeDatagram(octets + request.sliced(48), from, port);  // the request's own digest
        attacker.writeDatagram(octets + QByteArray(4, '\0'), from, port); // a crypto-NAK
    });
    m_client->setKeys(ring("1 SHA1 secret\n"));
    m_client->askWithKey(
        source, {.address = QHostAddress(QStringLiteral("127.0.0.1")), .port = attacker.localPort()}, 4, 1);
    QTRY_VERIFY(m_heard->find<sync::QueryTimedOut>());
    QVERIFY(!m_heard->find<sync::MeasurementReceived>());
    const auto* rejected = m_heard->find<sync::ReplyRejected>();
    QVERIFY(rejected);
    QVERIFY(rejected->reason == ntp::Rejection::Unauthenticated);
}

void TestKeyedExchange::missingKeyIsNotDoneWithout()
{
    const auto server = serverWith({});
    m_client->askWithKey(source, server->endpoints().front(), 4, 7);
    QVERIFY(m_heard->find<sync::QueryFailed>());
    QVERIFY(m_heard->failures().join(u'\n').contains(QStringLiteral("key 7")));
    QCOMPARE(server->counters().received, std::uint64_t(0));
}

QTEST_GUILESS_MAIN(TestKeyedExchange)
#include "test_keyed_exchange.moc"
