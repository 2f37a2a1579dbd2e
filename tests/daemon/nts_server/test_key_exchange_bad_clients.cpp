// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What a key exchange server on real sockets lets a client have, and that no client keeps it from the others. FAULTS rows 41, 47,
// 56 and 57.

#include "key_exchange_rig.h"

#include <QTest>

#include <algorithm>

#include <sys/resource.h>
#include <sys/socket.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

// Whether the server has ended a connection that waits for nothing else.
bool isEnded(const FileDescriptor& socket)
{
    char octet = 0;
    const ssize_t count = ::recv(socket.get(), &octet, 1, MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

} // namespace

class TestKeyExchangeBadClients : public QObject, private KeyExchangeRig {
    Q_OBJECT

private Q_SLOTS:
    void oneClientReachesOneThread();
    void slowClientCostsTheTimeLimitAndNoMore();
    void silentClientCostsTheTimeLimitAndNoMore();
    void clientThatReadsNothingIsLeftBehind();
    void garbageEndsTheConnection();
    void floodAfterTheEndIsBounded();
    void oldestMakesRoom();
    void tenThousandConnectionsAreCappedAndOthersServed();
    void shortageOfDescriptorsIsSurvived();
    void oneClientHasSoManyConnections();
    void oneClientComesSoOften();
    void deniedClientsAreReset();
};

void TestKeyExchangeBadClients::oneClientReachesOneThread() // row 56
{
    auto wanted = settings();
    wanted.threads = 4;
    wanted.limit.ofOne = 3;
    const auto server = start(wanted);
    std::vector<FileDescriptor> idle;
    for (int i = 0; i < 20; ++i) // each from a port of its own
        idle.push_back(idleConnection(endpointOf(server), local));
    QTRY_COMPARE(count(server, KeyExchangeEnd::TooManyOfOne), 17U);
    QCOMPARE(server->counters().open, 3U);
}

void TestKeyExchangeBadClients::slowClientCostsTheTimeLimitAndNoMore() // row 41
{
    auto wanted = settings();
    wanted.timeLimit = 400ms;
    const auto server = start(wanted);
    SocketClient slow(endpointOf(server));
    const Octets hello = slow.tls().toSend();
    // An octet now and then, for as long as the server takes them.
    std::size_t said = 0;
    while (said < hello.size() && slow.send(std::span(hello).subspan(said, 1))) {
        ++said;
        if (slow.hear(20) != Heard::Nothing)
            break;
    }
    QVERIFY(said < hello.size());
    QTRY_COMPARE(count(server, KeyExchangeEnd::TooSlow), 1U);
    QTRY_COMPARE(server->counters().open, 0U);
    QVERIFY(SocketClient(endpointOf(server)).exchange());
}

void TestKeyExchangeBadClients::silentClientCostsTheTimeLimitAndNoMore() // row 41
{
    auto wanted = settings();
    wanted.timeLimit = 300ms;
    const auto server = start(wanted);
    SocketClient client(endpointOf(server));
    QVERIFY(client.shakeHands()); // and then nothing
    QVERIFY(client.hearTheEnd());
    QCOMPARE(client.tls().heard(), nts::keyExchangeError(nts::ErrorCode::BadRequest));
    QTRY_COMPARE(count(server, KeyExchangeEnd::TooSlow), 1U);
}

void TestKeyExchangeBadClients::clientThatReadsNothingIsLeftBehind()
{
    auto wanted = settings();
    wanted.timeLimit = 300ms;
    const auto server = start(wanted);
    SocketClient client(endpointOf(server));
    QVERIFY(client.shakeHands());
    client.tls().say(nts::keyExchangeRequest(nts::allAlgorithms));
    QVERIFY(client.speak()); // and neither reads nor closes
    QTRY_COMPARE(count(server, KeyExchangeEnd::Granted), 1U);
    QTRY_COMPARE(server->counters().open, 0U);
    QVERIFY(nts::parseKeyExchangeResponse(
        (client.hearTheEnd(), client.tls().heard()), nts::allAlgorithms)); // it may still read
}

void TestKeyExchangeBadClients::garbageEndsTheConnection()
{
    const auto server = start(settings());
    for (const QByteArray& garbage : {"GET / HTTP/1.1\r\n\r\n"_ba, QByteArray(60'000, 'x'), QByteArray(3000, '\0')}) {
        SocketClient client(endpointOf(server));
        client.send(std::as_bytes(std::span(garbage)));
        QVERIFY(client.hearTheEnd());
    }
    QTRY_COMPARE(count(server, KeyExchangeEnd::TlsFailed), 3U);
    QVERIFY(SocketClient(endpointOf(server)).exchange());
}

void TestKeyExchangeBadClients::floodAfterTheEndIsBounded()
{
    const auto server = start(settings());
    SocketClient client(endpointOf(server));
    QVERIFY(client.exchange());
    const Octets more(4096);
    std::size_t sent = 0;
    // More than what the system has taken in when the server ends it.
    constexpr std::size_t most = 100 * 65'536;
    while (sent < most && client.send(more))
        sent += more.size();
    QVERIFY(sent < most);
    QTRY_COMPARE(server->counters().open, 0U);
}

void TestKeyExchangeBadClients::oldestMakesRoom() // row 47
{
    auto wanted = settings();
    wanted.limit.inAll = 4;
    const auto server = start(wanted);
    std::vector<FileDescriptor> idle;
    for (int i = 0; i < 6; ++i) {
        idle.push_back(idleConnection(endpointOf(server), addressOf(i)));
        QTRY_COMPARE(server->counters().open, std::min<std::uint64_t>(static_cast<std::uint64_t>(i) + 1, 4));
    }
    QTRY_COMPARE(count(server, KeyExchangeEnd::Displaced), 2U);
    QTRY_VERIFY(isEnded(idle[0]) && isEnded(idle[1]));
    for (std::size_t i = 2; i < idle.size(); ++i)
        QVERIFY(!isEnded(idle[i]));
    QVERIFY(SocketClient(endpointOf(server)).exchange()); // by one more
    QTRY_COMPARE(count(server, KeyExchangeEnd::Displaced), 3U);
}

void TestKeyExchangeBadClients::tenThousandConnectionsAreCappedAndOthersServed() // row 47
{
    constexpr int connections = FOLIOT_SANITIZED ? 1000 : 10'000;
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlim_t before = limit.rlim_cur;
    limit.rlim_cur = limit.rlim_max;
    if (limit.rlim_max < connections + 1000 || ::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        QSKIP("there are not enough descriptors");
    {
        auto wanted = settings();
        wanted.limit.inAll = 512;
        const auto server = start(wanted);
        std::vector<FileDescriptor> idle;
        for (int i = 0; i < connections; ++i)
            idle.push_back(idleConnection(endpointOf(server), addressOf(i % 2000)));
        QTRY_COMPARE(count(server, KeyExchangeEnd::Displaced), std::uint64_t{connections} - 512);
        QCOMPARE(server->counters().open, 512U);
        QVERIFY(SocketClient(endpointOf(server)).exchange());
    }
    limit.rlim_cur = before;
    ::setrlimit(RLIMIT_NOFILE, &limit);
}

void TestKeyExchangeBadClients::shortageOfDescriptorsIsSurvived() // row 47: EMFILE
{
    const auto server = start(settings());
    const auto idle = idleConnection(endpointOf(server), local);
    QTRY_COMPARE(server->counters().open, 1U);
    SocketClient client(endpointOf(server));
    rlimit limit{};
    QCOMPARE(::getrlimit(RLIMIT_NOFILE, &limit), 0);
    const rlim_t before = limit.rlim_cur;
    // No more than are open: the lowest free one is the first that may not be had.
    const FileDescriptor lowest{::dup(0)};
    limit.rlim_cur = static_cast<rlim_t>(lowest.get());
    if (::setrlimit(RLIMIT_NOFILE, &limit) != 0)
        QSKIP("the limit cannot be changed");
    QVERIFY(client.speak()); // now it is accepted, or is not
    QTRY_VERIFY(server->counters().acceptFailures > 0);
    limit.rlim_cur = before;
    QCOMPARE(::setrlimit(RLIMIT_NOFILE, &limit), 0);
    QTRY_COMPARE(count(server, KeyExchangeEnd::Displaced), 1U); // what it could give up
    QVERIFY(client.exchange());
    QVERIFY(server->counters().acceptFailures < 1000); // it did not spin
}

void TestKeyExchangeBadClients::oneClientHasSoManyConnections()
{
    auto wanted = settings();
    wanted.limit.ofOne = 2;
    const auto server = start(wanted);
    const auto first = idleConnection(endpointOf(server), local);
    auto second = idleConnection(endpointOf(server), local);
    QTRY_COMPARE(server->counters().open, 2U);
    SocketClient third(endpointOf(server));
    QVERIFY(!third.exchange());
    QTRY_COMPARE(count(server, KeyExchangeEnd::TooManyOfOne), 1U);
    QVERIFY(SocketClient(endpointOf(server), u"127.0.0.2"_s).exchange());
    second = FileDescriptor();
    QTRY_COMPARE(server->counters().open, 1U);
    QVERIFY(SocketClient(endpointOf(server)).exchange());
}

void TestKeyExchangeBadClients::oneClientComesSoOften() // row 56
{
    auto wanted = settings();
    wanted.limit.rate = {.perSecond = 0.001, .burst = 2.0, .prefixes = {.ipv4 = 32, .ipv6 = 64}, .entries = 64};
    const auto server = start(wanted);
    QVERIFY(SocketClient(endpointOf(server)).exchange());
    QVERIFY(SocketClient(endpointOf(server)).exchange());
    QVERIFY(!SocketClient(endpointOf(server)).exchange());
    QTRY_COMPARE(count(server, KeyExchangeEnd::RateLimited), 1U);
    QVERIFY(SocketClient(endpointOf(server), u"127.0.0.2"_s).exchange());
}

void TestKeyExchangeBadClients::deniedClientsAreReset() // row 57
{
    const auto server = start(settings());
    server->admit(
        AccessList({{.address = {.high = std::uint64_t{0x7f000002} << 32}, .length = 32, .isAllowed = true}}));
    SocketClient denied(endpointOf(server));
    denied.speak();
    QCOMPARE(denied.hear(), Heard::Reset);
    QTRY_COMPARE(count(server, KeyExchangeEnd::Denied), 1U);
    QVERIFY(SocketClient(endpointOf(server), u"127.0.0.2"_s).exchange());
}

QTEST_GUILESS_MAIN(TestKeyExchangeBadClients)
#include "test_key_exchange_bad_clients.moc"
