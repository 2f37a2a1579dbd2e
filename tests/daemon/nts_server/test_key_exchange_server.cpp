// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The key exchange server on real sockets: whom it serves, whom it ends, and that nobody keeps it from the others. FAULTS rows
// 40, 41, 47, 56 and 57.

#include "daemon/nts_server/key_exchange_server.h"

#include "daemon/nts/key_exchange.h"

#include "served_identity.h"
#include "socket_client.h"

#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <algorithm>
#include <atomic>
#include <thread>

#include <netinet/in.h>
#include <netinet/tcp.h>
#include <sys/resource.h>
#include <sys/socket.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

const AccessList everybody({{.length = 0, .isAllowed = true}, {.address = {.isIpv6 = true}, .isAllowed = true}});
const QString local = u"127.0.0.1"_s;

RealTime now()
{
    return RealTime{std::chrono::system_clock::now().time_since_epoch()};
}

// One of many clients.
QString addressOf(int number)
{
    return u"127.1.%1.%2"_s.arg(number / 250).arg(number % 250 + 1);
}

// Whether the server has ended a connection that waits for nothing else.
bool isEnded(const FileDescriptor& socket)
{
    char octet = 0;
    const ssize_t count = ::recv(socket.get(), &octet, 1, MSG_DONTWAIT);
    return count == 0 || (count < 0 && errno != EAGAIN && errno != EWOULDBLOCK);
}

} // namespace

class TestKeyExchangeServer : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ourOwnClientIsGrantedKeys();
    void manyClientsAtOnceOnSeveralThreads();
    void oneClientReachesOneThread();
    void answersDoNotWaitForAcknowledgements();
    void slowClientCostsTheTimeLimitAndNoMore();
    void silentClientCostsTheTimeLimitAndNoMore();
    void halfClosedClientIsAnswered();
    void clientThatReadsNothingIsLeftBehind();
    void garbageEndsTheConnection();
    void floodAfterTheEndIsBounded();
    void oldestMakesRoom();
    void tenThousandConnectionsAreCappedAndOthersServed();
    void shortageOfDescriptorsIsSurvived();
    void oneClientHasSoManyConnections();
    void oneClientComesSoOften();
    void deniedClientsAreReset();
    void withoutCertificateNobodyIsServed();
    void renewedCertificateIsShownToTheNext();
    void nameChoosesTheCertificate();
    void changedCookieKeysAreUsedForTheNext();
    void takenPortIsSaid();
    void onlyCertificatesChangeInPlace();
    void publishingDisturbsNobody();

private:
    // A server that serves everybody, as its settings are.
    std::unique_ptr<KeyExchangeServer> start(const KeyExchangeSettings& settings)
    {
        auto server = std::make_unique<KeyExchangeServer>(settings, m_cookieKeys);
        server->admit(everybody);
        server->start();
        if (!server->problems().isEmpty())
            qFatal("%s", qPrintable(server->problems().join(u'\n')));
        return server;
    }
    KeyExchangeSettings settings() const
    {
        return {.addresses = {{.address = QHostAddress(local), .port = 0}},
            .identities = {filesOf(m_files)},
            .limit = {.inAll = 64, .ofOne = 64, .rate = {.prefixes = {.ipv4 = 32, .ipv6 = 64}}},
            .timeLimit = 20s};
    }
    static Endpoint endpointOf(const std::unique_ptr<KeyExchangeServer>& server)
    {
        return server->served().front().endpoint;
    }
    static std::uint64_t count(const std::unique_ptr<KeyExchangeServer>& server, KeyExchangeEnd end)
    {
        return server->counters().of(end);
    }

    MadeAuthority m_authority;
    CertificateFiles m_files = m_authority.sign({.names = {u"nts.test"_s}});
    Publication<nts::CookieKeys> m_cookieKeys{cookieKeysOf(7)};
};

void TestKeyExchangeServer::ourOwnClientIsGrantedKeys()
{
    auto wanted = settings();
    wanted.told = {.name = "192.0.2.9", .port = 4123};
    const auto server = start(wanted);
    KeyExchange exchange({.server = endpointOf(server),
                             .tls = {.host = "nts.test",
                                 .trustedFile = m_authority.trustedFile().toStdString(),
                                 .dates = {.now = now(), .notBefore = now() - 24h, .isClockRight = true}},
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

void TestKeyExchangeServer::oneClientReachesOneThread() // row 56
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

void TestKeyExchangeServer::slowClientCostsTheTimeLimitAndNoMore() // row 41
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

void TestKeyExchangeServer::silentClientCostsTheTimeLimitAndNoMore() // row 41
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

void TestKeyExchangeServer::clientThatReadsNothingIsLeftBehind()
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

void TestKeyExchangeServer::garbageEndsTheConnection()
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

void TestKeyExchangeServer::floodAfterTheEndIsBounded()
{
    const auto server = start(settings());
    SocketClient client(endpointOf(server));
    QVERIFY(client.exchange());
    const Octets more(4096);
    std::size_t sent = 0;
    while (sent < 100 * ServedExchange::maxOctets && client.send(more))
        sent += more.size();
    QVERIFY(sent < 100 * ServedExchange::maxOctets);
    QTRY_COMPARE(server->counters().open, 0U);
}

void TestKeyExchangeServer::oldestMakesRoom() // row 47
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

void TestKeyExchangeServer::tenThousandConnectionsAreCappedAndOthersServed() // row 47
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

void TestKeyExchangeServer::shortageOfDescriptorsIsSurvived() // row 47: EMFILE
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

void TestKeyExchangeServer::oneClientHasSoManyConnections()
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

void TestKeyExchangeServer::oneClientComesSoOften() // row 56
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

void TestKeyExchangeServer::deniedClientsAreReset() // row 57
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

void TestKeyExchangeServer::withoutCertificateNobodyIsServed()
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

void TestKeyExchangeServer::renewedCertificateIsShownToTheNext()
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

void TestKeyExchangeServer::nameChoosesTheCertificate()
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

void TestKeyExchangeServer::changedCookieKeysAreUsedForTheNext() // row 36
{
    const auto server = start(settings());
    QVERIFY(cookieKeysOf(7).read(SocketClient(endpointOf(server)).exchange()->cookies.front()));
    m_cookieKeys.publish(cookieKeysOf(8));
    const auto cookie = SocketClient(endpointOf(server)).exchange()->cookies.front();
    QVERIFY(!cookieKeysOf(7).read(cookie));
    QVERIFY(cookieKeysOf(8).read(cookie));
    m_cookieKeys.publish(cookieKeysOf(7));
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

void TestKeyExchangeServer::onlyCertificatesChangeInPlace()
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

void TestKeyExchangeServer::publishingDisturbsNobody()
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

QTEST_GUILESS_MAIN(TestKeyExchangeServer)
#include "test_key_exchange_server.moc"
