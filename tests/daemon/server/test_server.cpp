// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server on real sockets: who is answered, from where, with which stamps. Numbers in the names are rows of
// the fault list.

#include "daemon/clocks/none_clock.h"
#include "daemon/clocks/simulated_clock.h"
#include "daemon/server/server.h"
#include "ntp/timestamp.h"

#include <QSignalSpy>
#include <QTest>
#include <QUdpSocket>

#include <cstdlib>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr std::uint16_t anyPort = 0;
constexpr std::uint64_t transmitCookie = 0x0123'4567'89AB'CDEF;

// A client request as RFC 5905 figure 8 lays it out: first octet LI, version and mode; transmit timestamp last.
QByteArray request(int version, int mode)
{
    QByteArray octets(48, '\0');
    octets[0] = static_cast<char>((version << 3) | mode);
    for (int i = 0; i < 8; ++i)
        octets[40 + i] = static_cast<char>(transmitCookie >> (56 - 8 * i));
    return octets;
}

std::uint64_t field64(const QByteArray& octets, qsizetype at)
{
    std::uint64_t value = 0;
    for (qsizetype i = 0; i < 8; ++i)
        value = value << 8 | static_cast<std::uint8_t>(octets.at(at + i));
    return value;
}

// What a client that asks at this address gets, octet for octet; empty when that is nothing.
QByteArray reply(const Server& server, const QByteArray& request, const QHostAddress& address = QHostAddress::LocalHost)
{
    QUdpSocket client;
    QSignalSpy answered(&client, &QUdpSocket::readyRead);
    client.bind(address, 0);
    client.writeDatagram(request, address, server.endpoints().front().port);
    if (!answered.wait())
        return {};
    QByteArray octets(1500, '\0');
    octets.resize(client.readDatagram(octets.data(), octets.size()));
    return octets;
}

// Seconds since 1900 with 32 fraction bits, to Unix seconds; good until 2036.
double unixSeconds(std::uint64_t timestamp)
{
    return double(timestamp >> 32) - 2'208'988'800.0 + double(timestamp & 0xFFFF'FFFF) * 0x1p-32;
}

} // namespace

class TestServer : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clientIsAnsweredInItsVersion_data();
    void clientIsAnsweredInItsVersion();
    void everythingButAClientIsMetWithSilence_50();
    void twoServersDoNotAnswerEachOther_52();
    void requestForNtsIsAnsweredPlainly_53();
    void replyComesFromTheAddressThatWasAsked();
    void replyIsNeverLongerThanTheRequest();
    void addressThatCannotBeServedIsSaid();
    void addressThatComesLaterIsServed();
    void invalidPacketsWriteNoLog_60();
    void simulatedPathLooksSymmetric();
    void lostRequestsAreCounted();

private:
    config::Server settings(const std::string& listen) { return {.listen = {listen}, .localStratum = 2}; }
    const sync::State m_state;
    std::function<const sync::State&()> m_source = [this]() -> const sync::State& { return m_state; };
};

void TestServer::clientIsAnsweredInItsVersion_data()
{
    QTest::addColumn<QString>("address");
    QTest::addColumn<int>("version");
    QTest::newRow("IPv4, version 3") << "127.0.0.1" << 3;
    QTest::newRow("IPv4, version 4") << "127.0.0.1" << 4;
    QTest::newRow("IPv6, version 4") << "::1" << 4;
}

void TestServer::clientIsAnsweredInItsVersion()
{
    QFETCH(const QString, address);
    QFETCH(const int, version);
    NoneClock clock;
    const auto listen = address.contains(u':') ? "::1" : "127.0.0.1";
    Server server(settings(listen), {}, clock, m_source);
    server.start(anyPort);
    if (!server.isServing() && address == u"::1")
        QSKIP("there is no IPv6 on this machine's loopback");
    QVERIFY(server.isServing());

    const double before = double(QDateTime::currentMSecsSinceEpoch()) / 1000.0;
    const QByteArray answer = reply(server, request(version, 3), QHostAddress(address));
    QCOMPARE(answer.size(), 48);
    QCOMPARE(answer.at(0), static_cast<char>((version << 3) | 4)); // leap none, mode server
    QCOMPARE(answer.at(1), char(2));
    QCOMPARE(field64(answer, 24), transmitCookie);
    const double received = unixSeconds(field64(answer, 32));
    const double transmitted = unixSeconds(field64(answer, 40));
    QVERIFY(received >= before - 0.002);
    QVERIFY(transmitted >= received);
    QVERIFY(transmitted <= double(QDateTime::currentMSecsSinceEpoch()) / 1000.0 + 0.002);
    QCOMPARE(server.counters().answered, std::uint64_t(1));
}

void TestServer::everythingButAClientIsMetWithSilence_50()
{
    NoneClock clock;
    Server server(settings("127.0.0.1"), {}, clock, m_source);
    server.start(anyPort);
    QUdpSocket client;
    QVERIFY(client.bind(QHostAddress::LocalHost, 0));
    const auto port = server.endpoints().front().port;
    QSignalSpy answered(&client, &QUdpSocket::readyRead);
    for (const int mode : {0, 1, 2, 4, 5, 6, 7})
        client.writeDatagram(request(4, mode), QHostAddress::LocalHost, port);
    client.writeDatagram(request(4, 3).left(47), QHostAddress::LocalHost, port); // too short
    client.writeDatagram(request(5, 3), QHostAddress::LocalHost, port);          // a version from the future
    // Requests are taken in their order, so once this one is answered, the others have been judged.
    client.writeDatagram(request(4, 3), QHostAddress::LocalHost, port);
    QVERIFY(answered.wait());
    QCOMPARE(server.counters().received, std::uint64_t(10));
    QCOMPARE(server.counters().answered, std::uint64_t(1));
    QCOMPARE(server.counters().dropped(), std::uint64_t(9));
    client.readDatagram(nullptr, 0);
    QVERIFY(!client.hasPendingDatagrams());
}

// Each is told that the other had asked: with what a server sends, and with what could be taken for an old client's.
void TestServer::twoServersDoNotAnswerEachOther_52()
{
    NoneClock clock;
    Server first(settings("127.0.0.1"), {}, clock, m_source);
    Server second(settings("127.0.0.2"), {}, clock, m_source);
    first.start(anyPort);
    second.start(anyPort);
    const QByteArray answer = reply(first, request(4, 3));
    QCOMPARE(answer.size(), 48);
    QUdpSocket client;
    QVERIFY(client.bind(QHostAddress::LocalHost, 0));
    const auto port = second.endpoints().front().port;
    client.writeDatagram(answer, QHostAddress(QStringLiteral("127.0.0.2")), port);
    for (const int mode : {1, 2, 4, 5})
        client.writeDatagram(request(4, mode), QHostAddress(QStringLiteral("127.0.0.2")), port);
    QTRY_COMPARE(second.counters().received, std::uint64_t(5));
    QTRY_COMPARE(second.counters().dropped(), std::uint64_t(5));
    QCOMPARE(second.counters().answered, std::uint64_t(0));
    QVERIFY(!client.hasPendingDatagrams());
}

// Unique identifier, cookie and authenticator as RFC 8915 has them; what we do not know is left out of the reply.
void TestServer::requestForNtsIsAnsweredPlainly_53()
{
    NoneClock clock;
    Server server(settings("127.0.0.1"), {}, clock, m_source);
    server.start(anyPort);
    auto nts = request(4, 3);
    nts.append(QByteArray::fromHex("01040024")).append(QByteArray(32, 'u'));
    nts.append(QByteArray::fromHex("02040068")).append(QByteArray(100, 'c'));
    nts.append(QByteArray::fromHex("04040028")).append(QByteArray::fromHex("00100010")).append(QByteArray(32, 'a'));
    const QByteArray answer = reply(server, nts);
    QCOMPARE(answer.size(), 48);
    QCOMPARE(field64(answer, 24), transmitCookie);
}

void TestServer::replyComesFromTheAddressThatWasAsked()
{
    NoneClock clock;
    Server server(settings("0.0.0.0"), {}, clock, m_source);
    server.start(anyPort);
    QVERIFY(server.isServing());
    QUdpSocket client;
    QVERIFY(client.bind(QHostAddress(QStringLiteral("127.0.0.1")), 0));
    QSignalSpy answered(&client, &QUdpSocket::readyRead);
    // Left to itself, the kernel would answer from 127.0.0.1.
    client.writeDatagram(request(4, 3), QHostAddress(QStringLiteral("127.0.0.9")), server.endpoints().front().port);
    QVERIFY(answered.wait());
    QHostAddress from;
    client.readDatagram(nullptr, 0, &from);
    QCOMPARE(from, QHostAddress(QStringLiteral("127.0.0.9")));
}

void TestServer::replyIsNeverLongerThanTheRequest()
{
    NoneClock clock;
    Server server(settings("127.0.0.1"), {}, clock, m_source);
    server.start(anyPort);
    // An unknown extension field of 28 octets, as RFC 7822 wants it without a MAC: answered without it.
    auto longer = request(4, 3);
    longer.append(QByteArray::fromHex("f000001c")).append(QByteArray(24, 'x'));
    QCOMPARE(reply(server, longer).size(), 48);
}

void TestServer::addressThatCannotBeServedIsSaid()
{
    NoneClock clock;
    // 192.0.2.1 is for documentation; no machine has it.
    Server server({.listen = {"192.0.2.1", "127.0.0.1"}, .localStratum = 2}, {}, clock, m_source);
    server.start(anyPort);
    QCOMPARE(server.problems().size(), 1);
    QVERIFY(server.problems().front().contains(QStringLiteral("192.0.2.1")));
    QVERIFY(server.isServing());
}

void TestServer::addressThatComesLaterIsServed()
{
    // Only in a network of its own: it is the machine's loopback that gets an address more.
    if (qEnvironmentVariable("FOLIOT_ISOLATED") != u"1" || ::system("ip address show dev lo >/dev/null 2>&1") != 0)
        QSKIP("no address can be made here");
    NoneClock clock;
    Server server({.listen = {"192.0.2.1:12345"}, .localStratum = 2, .allow = {"all"}}, {}, clock, m_source);
    server.start(anyPort);
    QVERIFY(!server.isServing());
    QSignalSpy opened(&server, &Server::opened);
    if (::system("ip address add 192.0.2.1/32 dev lo 2>/dev/null") != 0)
        QSKIP("no address may be made here");
    QTRY_COMPARE(opened.size(), 1);
    QVERIFY(server.isServing());
    QVERIFY(server.problems().isEmpty());
    QUdpSocket client;
    QSignalSpy answered(&client, &QUdpSocket::readyRead);
    client.writeDatagram(request(4, 3), QHostAddress(QStringLiteral("192.0.2.1")), 12345);
    QVERIFY(answered.wait());
    QCOMPARE(::system("ip address delete 192.0.2.1/32 dev lo"), 0);
}

int linesLogged = 0;

// What strangers send is counted, not written down.
void TestServer::invalidPacketsWriteNoLog_60()
{
    NoneClock clock;
    auto unlimited = settings("127.0.0.1");
    unlimited.rateLimit = 0;
    Server server(unlimited, {}, clock, m_source);
    server.start(anyPort);
    linesLogged = 0;
    const auto before =
        qInstallMessageHandler([](QtMsgType, const QMessageLogContext&, const QString&) { ++linesLogged; });
    QUdpSocket client;
    constexpr int packets = 1000;
    for (int i = 0; i < packets; ++i)
        client.writeDatagram(
            request(i % 8, i % 7 == 3 ? 0 : i % 7), QHostAddress::LocalHost, server.endpoints().front().port);
    QTRY_COMPARE(server.counters().received, std::uint64_t(packets));
    QCoreApplication::processEvents();
    qInstallMessageHandler(before);
    QCOMPARE(linesLogged, 0);
}

void TestServer::simulatedPathLooksSymmetric()
{
    config::Simulation simulation{.pathDelay = 15ms};
    SimulatedClock clock(simulation);
    Server server(settings("127.0.0.1"), simulation, clock, m_source);
    server.start(anyPort);
    const auto sent = clock.now().real;
    const QByteArray answer = reply(server, request(4, 3));
    const auto back = clock.now().real;
    QCOMPARE(answer.size(), 48);
    // Against the very clock that the server reads: 15 ms each way and no offset, but for scheduling.
    const auto receive = ntp::fromTimestamp(ntp::Timestamp{field64(answer, 32)}, sent);
    const auto transmit = ntp::fromTimestamp(ntp::Timestamp{field64(answer, 40)}, sent);
    QVERIFY(receive - sent >= 15ms);
    QVERIFY(back - transmit >= 15ms);
    QVERIFY(transmit >= receive);
}

void TestServer::lostRequestsAreCounted()
{
    config::Simulation simulation{.loss = 1.0};
    SimulatedClock clock(simulation);
    Server server(settings("127.0.0.1"), simulation, clock, m_source);
    server.start(anyPort);
    QUdpSocket client;
    client.writeDatagram(request(4, 3), QHostAddress::LocalHost, server.endpoints().front().port);
    QTRY_COMPARE(server.counters().lostOnPurpose, std::uint64_t(1));
    QCOMPARE(server.counters().answered, std::uint64_t(0));
}

QTEST_GUILESS_MAIN(TestServer)
#include "test_server.moc"
