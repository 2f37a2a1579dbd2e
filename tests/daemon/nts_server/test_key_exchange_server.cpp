// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The key exchange server on real sockets: whom it serves and how.

#include "key_exchange_rig.h"

#include "daemon/nts/key_exchange.h"
#include "support/machine_time.h"

#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/socket.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

class TestKeyExchangeServer : public QObject, private KeyExchangeRig {
    Q_OBJECT

private Q_SLOTS:
    void ourOwnClientIsGrantedKeys();
    void manyClientsAtOnceOnSeveralThreads();
    void answersDoNotWaitForAcknowledgements();
    void halfClosedClientIsAnswered();
    void takenPortIsSaid();
};

void TestKeyExchangeServer::ourOwnClientIsGrantedKeys()
{
    auto wanted = settings();
    wanted.told = {.name = "192.0.2.9", .port = 4123};
    const auto server = start(wanted);
    KeyExchange exchange(
        {.server = endpointOf(server),
            .tls = {.host = "nts.test",
                .trustedFile = m_authority.trustedFile().toStdString(),
                .dates = {.now = machineTime(), .notBefore = machineTime() - 24h, .isClockRight = true}},
            .offered = {nts::allAlgorithms.begin(), nts::allAlgorithms.end()},
            .deadline = 20s},
        [this](KeyExchange::Outcome outcome) {
            QVERIFY2(outcome, outcome ? "" : qPrintable(outcome.error().why));
            QCOMPARE(outcome->agreement.algorithm, nts::allAlgorithms.front());
            QCOMPARE(outcome->agreement.server, std::string("192.0.2.9"));
            QCOMPARE(outcome->agreement.port, 4123);
            QCOMPARE(outcome->agreement.cookies.size(), nts::wantedCookies);
            const auto content = m_cookieKeys.value()->read(outcome->agreement.cookies.front());
            QVERIFY(content);
            QVERIFY(std::ranges::equal(content->keys.clientToServer.octets(), outcome->keys.clientToServer.octets()));
        });
    exchange.start();
    QTRY_COMPARE(count(server, KeyExchangeEnd::Granted), 1U);
    QTRY_COMPARE(server->counters().open, 0U);
    const auto report = server->report();
    QCOMPARE(report.addresses, QStringList{endpointText(endpointOf(server))});
    QCOMPARE(report.threads, 1U);
    QCOMPARE(report.counters.refused(), 0U);
    QCOMPARE(report.identities.front().certificate.value().names, QStringList{u"nts.test"_s});
    QCOMPARE(report.identities.front().problem, QString());
}

void TestKeyExchangeServer::manyClientsAtOnceOnSeveralThreads()
{
    auto wanted = settings();
    wanted.threads = 3;
    const auto server = start(wanted);
    const Endpoint endpoint = endpointOf(server);
    constexpr int threads = 4;
    constexpr int each = 12;
    std::atomic<int> granted = 0;
    std::vector<std::thread> clients;
    for (int i = 0; i < threads; ++i)
        clients.emplace_back([&, i] {
            for (int k = 0; k < each; ++k)
                granted += SocketClient(endpoint, addressOf(100 * i + k)).exchange() ? 1 : 0;
        });
    for (std::thread& client : clients)
        client.join();
    QCOMPARE(granted, threads * each);
    QCOMPARE(count(server, KeyExchangeEnd::Granted), std::uint64_t{threads} * each);
}

void TestKeyExchangeServer::answersDoNotWaitForAcknowledgements()
{
    const auto server = start(settings());
    SocketClient client(endpointOf(server));
    QVERIFY(client.shakeHands());
    // Nobody but the server holds the other end: the kernel says of which kind it is.
    const auto opened = server->served().front();
    QCOMPARE(opened.sockets, 1);
    int isDelayed = -1;
    for (int descriptor = 3; descriptor < 256; ++descriptor) {
        SocketAddress peer;
        SocketAddress mine;
        if (::getpeername(descriptor, peer.get(), &peer.length) != 0 ||
            ::getsockname(client.descriptor(), mine.get(), &mine.length) != 0 ||
            fromSocketAddress(peer) != fromSocketAddress(mine))
            continue;
        int noDelay = 0;
        socklen_t length = sizeof noDelay;
        QCOMPARE(::getsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &noDelay, &length), 0);
        isDelayed = noDelay == 0;
    }
    QCOMPARE(isDelayed, 0);
}

void TestKeyExchangeServer::halfClosedClientIsAnswered()
{
    const auto server = start(settings());
    SocketClient client(endpointOf(server));
    QVERIFY(client.shakeHands());
    client.tls().say(nts::keyExchangeRequest(nts::allAlgorithms));
    client.tls().sayGoodbye();
    QVERIFY(client.speak());
    client.halfClose();
    QVERIFY(client.hearTheEnd());
    QVERIFY(nts::parseKeyExchangeResponse(client.tls().heard(), nts::allAlgorithms));

    // One that closes before it has asked is told what it did.
    SocketClient early(endpointOf(server));
    QVERIFY(early.shakeHands());
    early.halfClose();
    QVERIFY(early.hearTheEnd());
    QCOMPARE(early.tls().heard(), nts::keyExchangeError(nts::ErrorCode::BadRequest));
    QTRY_COMPARE(count(server, KeyExchangeEnd::LeftEarly), 1U);
    QTRY_COMPARE(server->counters().open, 0U);
}

void TestKeyExchangeServer::takenPortIsSaid()
{
    for (const unsigned threads : {1U, 2U}) {
        auto wanted = settings();
        wanted.threads = threads;
        const auto first = start(wanted);
        wanted.addresses = {endpointOf(first), {.address = QHostAddress(u"192.0.2.1"_s), .port = 4460}};
        KeyExchangeServer second(wanted, m_cookieKeys);
        second.start();
        QCOMPARE(second.served().size(), 0U);
        QCOMPARE(second.problems(),
            (QStringList{u"cannot exchange keys on %1: Address already in use"_s.arg(endpointText(endpointOf(first))),
                u"cannot exchange keys on 192.0.2.1:4460: Cannot assign requested address"_s}));
    }
    // A server that has ended leaves the port to the next, whatever connections there were.
    Endpoint endpoint;
    {
        const auto first = start(settings());
        endpoint = endpointOf(first);
        QVERIFY(SocketClient(endpoint).exchange());
    }
    auto wanted = settings();
    wanted.addresses = {endpoint};
    QVERIFY(SocketClient(endpointOf(start(wanted))).descriptor() >= 0);
}

QTEST_GUILESS_MAIN(TestKeyExchangeServer)
#include "test_key_exchange_server.moc"
