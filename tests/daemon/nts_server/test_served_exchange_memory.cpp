// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A served key exchange when the n-th piece of memory that the libraries for TLS and cryptography ask for cannot be had, for
// every n: no cookies, and nothing worse. FAULTS row 48.

#include "daemon/nts_server/served_exchange.h"

#include "memory_client.h"
#include "served_identity.h"
#include "support/scarce_memory.h"

#include <QTest>

#include <atomic>
#include <limits>
#include <thread>
#include <vector>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

namespace {

// Each name of a protocol becomes a piece of memory.
Octets helloNaming(int protocols)
{
    return MemoryClient({.alpn = "\1x"_ba.repeated(protocols) + "\7ntske/1"}).toSend();
}

} // namespace

class TestServedExchangeMemory : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exchangeSurvivesWithoutMemory();
    void noneIsTakenBeforeTheHelloIsWhole();
    void longHellosAreSurvivedWithoutMemory_data();
    void longHellosAreSurvivedWithoutMemory();
    void threadsSurviveWithoutMemory();
    void identityIsReadOrRefused();

private:
    // A whole exchange of which the server has so many pieces of memory. True when the client got its cookies.
    bool exchange(long pieces);
    // What becomes of one that begins with this, and of which the server has so many pieces.
    std::optional<KeyExchangeEnd> begin(const Octets& hello, long pieces) const;

    MadeAuthority m_authority;
    std::shared_ptr<const Identities> m_identities = identitiesFor(m_authority, {u"a.test"_s, u"b.test"_s});
    nts::CookieJar m_jar{cookieKeysOf(7)};
    int m_grantedOfTheLastPiece = 0;
};

bool TestServedExchangeMemory::exchange(long pieces)
{
    MemoryClient client({.serverName = "b.test"});
    const TimeServer told;
    ServedExchange server(m_identities, told);
    bool hasAsked = false;
    std::optional<KeyExchangeEnd> ended;
    for (Octets said = client.toSend(); !said.empty() && !ended; said = client.toSend()) {
        Octets heard;
        {
            const Scarcity scarcity(pieces);
            ended = server.received(said, m_jar);
            heard = server.toSend();
            pieces = scarcity.left();
        }
        client.received(heard);
        if (client.isEstablished() && !std::exchange(hasAsked, true))
            client.say(nts::keyExchangeRequest(std::array{nts::Algorithm::SivCmac256}));
    }
    const auto agreement = nts::parseKeyExchangeResponse(client.heard(), nts::allAlgorithms);
    const bool isGranted = ended == KeyExchangeEnd::Granted;
    if (isGranted && agreement && agreement->cookies.size() != nts::wantedCookies)
        qFatal("there are too few cookies");
    if (isGranted != agreement.has_value() || (!isGranted && ended != KeyExchangeEnd::InternalError))
        qFatal("it was not told as what it is");
    m_grantedOfTheLastPiece += isGranted && pieces == 0 ? 1 : 0;
    return isGranted && agreement && pieces > 0;
}

void TestServedExchangeMemory::exchangeSurvivesWithoutMemory()
{
    QVERIFY(exchange(std::numeric_limits<long>::max()));
    long pieces = 0;
    while (!exchange(pieces))
        ++pieces;
    QVERIFY(pieces > 80);
    QVERIFY(m_grantedOfTheLastPiece <= 1);               // the one that needed no more than there were
    QVERIFY(exchange(std::numeric_limits<long>::max())); // nothing is left of it
}

void TestServedExchangeMemory::noneIsTakenBeforeTheHelloIsWhole()
{
    MemoryClient client;
    const Octets hello = client.toSend();
    const TimeServer told;
    ServedExchange server(m_identities, told);
    const Scarcity scarcity(0);
    for (const std::byte& octet : std::span(hello).first(hello.size() - 1))
        QVERIFY(!server.received(std::span(&octet, 1), m_jar));
    QCOMPARE(server.received(std::span(hello).last(1), m_jar), KeyExchangeEnd::InternalError);
}

std::optional<KeyExchangeEnd> TestServedExchangeMemory::begin(const Octets& hello, long pieces) const
{
    const TimeServer told;
    nts::CookieJar jar{cookieKeysOf(7)};
    ServedExchange server(m_identities, told);
    const Scarcity scarcity(pieces);
    const auto ended = server.received(hello, jar);
    server.toSend();
    return ended;
}

void TestServedExchangeMemory::longHellosAreSurvivedWithoutMemory_data()
{
    QTest::addColumn<int>("names");
    QTest::addColumn<KeyExchangeEnd>("expected");
    QTest::newRow("allowed") << 7'500 << KeyExchangeEnd::InternalError;
    QTest::newRow("too long") << 30'000 << KeyExchangeEnd::TooLong;
}

void TestServedExchangeMemory::longHellosAreSurvivedWithoutMemory()
{
    QFETCH(const int, names);
    QFETCH(const KeyExchangeEnd, expected);
    const Octets hello = helloNaming(names);
    for (long pieces = 0; pieces < 80; ++pieces)
        QCOMPARE(begin(hello, pieces), expected);
}

void TestServedExchangeMemory::threadsSurviveWithoutMemory()
{
    const Octets hello = helloNaming(7'500);
    std::atomic<int> broken = 0;
    {
        std::vector<std::jthread> threads;
        for (int thread = 0; thread < 4; ++thread)
            threads.emplace_back([&] {
                for (long pieces = 0; pieces < 80; ++pieces)
                    broken += begin(hello, pieces) == KeyExchangeEnd::InternalError ? 1 : 0;
            });
    }
    QCOMPARE(broken, 4 * 80);
    QVERIFY(exchange(std::numeric_limits<long>::max()));
}

void TestServedExchangeMemory::identityIsReadOrRefused()
{
    const auto files = filesOf(m_authority.sign({.names = {u"a.test"_s}}));
    QVERIFY(Identity::read(files));
    for (long pieces = 0;; ++pieces) {
        long left = 0;
        bool isRead = false;
        {
            const Scarcity scarcity(pieces);
            isRead = Identity::read(files).has_value();
            left = scarcity.left();
        }
        if (isRead && left > 0)
            break;
    }
    QVERIFY(Identity::read(files));
}

int main(int argumentCount, char** arguments)
{
    // Before the library asks for its first piece.
    if (!watchMemory())
        return 1;
    QCoreApplication application(argumentCount, arguments);
    TestServedExchangeMemory test;
    return QTest::qExec(&test, argumentCount, arguments);
}
#include "test_served_exchange_memory.moc"
