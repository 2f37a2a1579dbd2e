// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The answering threads on real sockets: which one answers whom, and that they come and go. Its requests are sent by plain
// sockets, because a client of ours is one address and one port a request.

#include "daemon/clocks/none_clock.h"
#include "daemon/net/message.h"
#include "daemon/net/socket.h"
#include "daemon/server/server.h"
#include "daemon/server/worker_answering.h"
#include "ntp/packet.h"

#include <QTest>

#include <algorithm>
#include <array>
#include <atomic>
#include <cmath>
#include <cstdlib>
#include <thread>

#include <netinet/in.h>
#include <poll.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr int patienceMs = 30'000;

using PacketBuffer = std::array<std::byte, 1233>; // longer than any of the replies

const auto request = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{0x0123'4567}});

FileDescriptor socketAt(const QString& address)
{
    return std::move(*openBound({.address = QHostAddress(address), .port = 0}));
}

// Also at an address that the machine has by a route alone.
std::optional<FileDescriptor> ipv6SocketAt(const QString& address)
{
    FileDescriptor descriptor{::socket(AF_INET6, SOCK_DGRAM, 0)};
    constexpr int on = 1;
    ::setsockopt(descriptor.get(), IPPROTO_IPV6, IPV6_FREEBIND, &on, sizeof on);
    const auto local = toSocketAddress({.address = QHostAddress(address), .port = 0});
    if (::bind(descriptor.get(), local.get(), local.length) != 0)
        return std::nullopt;
    return descriptor;
}

void send(const FileDescriptor& socket, const Endpoint& server, std::span<const std::byte> octets = request)
{
    const auto to = toSocketAddress(server);
    ::sendto(socket.get(), octets.data(), octets.size(), 0, to.get(), to.length);
}

bool isAnswered(const FileDescriptor& socket)
{
    pollfd waited{.fd = socket.get(), .events = POLLIN, .revents = 0};
    PacketBuffer buffer;
    return ::poll(&waited, 1, patienceMs) == 1 && receiveMessage(socket.get(), buffer, false).has_value();
}

const AccessList everybody({{.length = 0, .isAllowed = true}, {.address = {.isIpv6 = true}, .isAllowed = true}});

bool ask(const QString& address, const Endpoint& server)
{
    const auto socket = socketAt(address);
    send(socket, server);
    return isAnswered(socket);
}

} // namespace

class TestWorkers : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void oneAddressReachesOneWorkerFromAnyPort();
    void manyAddressesAreSharedEvenly();
    void hostsOfAnIpv6NetworkReachOneWorker();
    void floodedWorkersEndAtOnce();
    void claimsChangeUnderLoad();
    void takenPortIsSaid();
    void sharedPortIsNotShared();
    void receiveBufferIsSaid();
    void wholeBatchIsAnswered();
    void clientsOfABatchAreToldApart();
    void interleavedReplySaysWhenTheEarlierOneLeft();
    void accessChangesWhileRequestsAreAnswered_57();
    void limitIsTheSameForOneAndFourWorkers_56();
    void clientsOfAllWorkersAreListed();

private:
    struct Rig {
        explicit Rig(int workers, const QString& address = QStringLiteral("127.0.0.1"))
            : answering({.localStratum = 2, .workers = workers, .rateLimit = 0}, clock,
                  [this]() -> const sync::State& { return state; })
            , endpoint(answering.open({.address = QHostAddress(address), .port = 0}).value().endpoint)
        {
            answering.admit(everybody);
        }
        std::vector<std::uint64_t> answered() const
        {
            std::vector<std::uint64_t> counts;
            for (const auto& counters : answering.countersOfEach())
                counts.push_back(counters.answered);
            return counts;
        }
        sync::State state;
        NoneClock clock;
        WorkerAnswering answering;
        Endpoint endpoint;
    };
};

void TestWorkers::oneAddressReachesOneWorkerFromAnyPort()
{
    for (const QString& address : {QStringLiteral("127.0.0.1"), QStringLiteral("127.9.8.7")}) {
        Rig rig(4);
        for (int i = 0; i < 1000; ++i)
            QVERIFY(ask(address, rig.endpoint));
        auto counts = rig.answered();
        std::ranges::sort(counts);
        QCOMPARE(counts, (std::vector<std::uint64_t>{0, 0, 0, 1000}));
    }
}

void TestWorkers::manyAddressesAreSharedEvenly()
{
    Rig rig(2);
    constexpr int addresses = 1000;
    for (int i = 0; i < addresses; ++i)
        QVERIFY(ask(QStringLiteral("127.0.%1.%2").arg(i / 250).arg(i % 250 + 1), rig.endpoint));
    for (const auto count : rig.answered())
        QVERIFY2(count >= 400 && count <= 600, qPrintable(QString::number(count)));
}

void TestWorkers::hostsOfAnIpv6NetworkReachOneWorker()
{
    Rig rig(4, QStringLiteral("::1"));
    // All of the loopback network's addresses are the machine's own once there is such a route.
    const bool isRouted = ::system("ip -6 route replace local 2001:db8::/32 dev lo 2>/dev/null") == 0;
    const auto hostAt = [](int network, int host) {
        const auto text = QStringLiteral("2001:db8:0:%1::%2").arg(network, 0, 16).arg(host, 0, 16);
        return ipv6SocketAt(text);
    };
    if (!isRouted || !hostAt(1, 1))
        QSKIP("no IPv6 addresses can be made here");
    for (int host = 1; host <= 64; ++host) {
        const auto socket = hostAt(1, host);
        send(*socket, rig.endpoint);
        QVERIFY(isAnswered(*socket));
    }
    auto counts = rig.answered();
    std::ranges::sort(counts);
    QCOMPARE(counts, (std::vector<std::uint64_t>{0, 0, 0, 64}));
    for (int network = 2; network < 402; ++network) {
        const auto socket = hostAt(network, 1);
        send(*socket, rig.endpoint);
        QVERIFY(isAnswered(*socket));
    }
    // 400 networks, a hundred each and five standard deviations.
    for (const auto count : rig.answered())
        QVERIFY2(count >= 56, qPrintable(QString::number(count)));
}

void TestWorkers::floodedWorkersEndAtOnce()
{
    std::atomic<bool> ends = false;
    std::optional<Rig> rig(std::in_place, 2);
    const auto endpoint = rig->endpoint;
    std::thread flood([&] {
        const auto socket = socketAt(QStringLiteral("127.0.0.1"));
        while (!ends)
            send(socket, endpoint);
    });
    for (int i = 0; i < 10; ++i) {
        QTRY_VERIFY(rig->answering.counters().answered > 100);
        rig.reset();
        rig.emplace(2);
        rig->answering.open(endpoint).value(); // free again at once
    }
    ends = true;
    flood.join();
}

void TestWorkers::claimsChangeUnderLoad()
{
    Rig rig(2);
    std::atomic<bool> ends = false;
    std::thread flood([&] {
        const auto socket = socketAt(QStringLiteral("127.0.0.1"));
        while (!ends)
            send(socket, rig.endpoint);
    });
    for (int i = 0; i < 2000; ++i) {
        rig.state.condition = sync::Condition::Synchronized;
        rig.state.estimate.stratum = static_cast<std::uint8_t>(i % 14 + 1);
        rig.answering.refresh();
        rig.answering.counters();
    }
    ends = true;
    flood.join();
    // Whoever asks now hears the newest: stratum 1999 % 14 + 1.
    const auto socket = socketAt(QStringLiteral("127.0.0.2"));
    pollfd waited{.fd = socket.get(), .events = POLLIN, .revents = 0};
    const auto isAnswered = [&] { // what is left of the flood may leave no room for a first request
        send(socket, rig.endpoint);
        return ::poll(&waited, 1, 200) == 1;
    };
    QTRY_VERIFY_WITH_TIMEOUT(isAnswered(), patienceMs);
    PacketBuffer buffer;
    const auto reply = receiveMessage(socket.get(), buffer, false);
    QCOMPARE(ntp::parseHeader(reply->octets)->stratum, std::uint8_t(12));
}

void TestWorkers::takenPortIsSaid()
{
    const auto taken = socketAt(QStringLiteral("127.0.0.1"));
    Rig rig(1, QStringLiteral("127.0.0.2"));
    const auto served = rig.answering.open(*localEndpoint(taken.get()));
    QVERIFY(!served);
    QVERIFY(served.error().startsWith(QStringLiteral("cannot serve on 127.0.0.1:")));
    QVERIFY(ask(QStringLiteral("127.0.0.1"), rig.endpoint)); // the rest goes on
}

// Two daemons on one port would each get half of the requests, and nobody would notice.
void TestWorkers::sharedPortIsNotShared()
{
    Rig first(2);
    Rig second(2, QStringLiteral("127.0.0.2"));
    QVERIFY(!second.answering.open(first.endpoint));
}

void TestWorkers::receiveBufferIsSaid()
{
    Rig rig(1);
    const auto served = rig.answering.open({.address = QHostAddress(QStringLiteral("127.0.0.3")), .port = 0});
    QVERIFY(served->receiveBuffer >= 100'000);
    QCOMPARE(served->sockets, 1);
}

// More than a batch at once, each to be answered with its own origin.
void TestWorkers::wholeBatchIsAnswered()
{
    Rig rig(1);
    const auto socket = socketAt(QStringLiteral("127.0.0.1"));
    constexpr std::uint64_t requests = 100;
    for (std::uint64_t i = 1; i <= requests; ++i)
        send(socket, rig.endpoint,
            ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{i << 32}}));
    std::uint64_t sum = 0;
    for (std::uint64_t i = 1; i <= requests; ++i) {
        pollfd waited{.fd = socket.get(), .events = POLLIN, .revents = 0};
        QCOMPARE(::poll(&waited, 1, patienceMs), 1);
        PacketBuffer buffer;
        const auto reply = receiveMessage(socket.get(), buffer, false);
        const auto header = ntp::parseHeader(reply->octets).value();
        sum += header.origin.bits() >> 32;
        // The transmit timestamp lies between the request's arrival and now.
        QVERIFY((header.transmit - header.receive).count() > 0);
        const auto now = ntp::toTimestamp(rig.clock.now().real + 100us);
        QVERIFY((now - header.transmit).count() > 0);
    }
    QCOMPARE(sum, requests * (requests + 1) / 2);
}

// Many at once, of which each third gets no answer.
void TestWorkers::clientsOfABatchAreToldApart()
{
    Rig rig(1);
    constexpr std::uint64_t clients = 90;
    std::vector<FileDescriptor> sockets;
    for (std::uint64_t i = 0; i < clients; ++i)
        sockets.push_back(socketAt(QStringLiteral("127.0.0.1")));
    for (std::uint64_t i = 0; i < clients; ++i) {
        const auto own = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{1 + i}});
        send(sockets[i], rig.endpoint, std::span(own).first(i % 3 == 0 ? 20 : own.size()));
    }
    for (std::uint64_t i = 0; i < clients; ++i) {
        if (i % 3 == 0)
            continue;
        pollfd waited{.fd = sockets[i].get(), .events = POLLIN, .revents = 0};
        QCOMPARE(::poll(&waited, 1, patienceMs), 1);
        PacketBuffer buffer;
        const auto reply = receiveMessage(sockets[i].get(), buffer, false);
        QCOMPARE(ntp::parseHeader(reply->octets)->origin, ntp::Timestamp{1 + i});
    }
}

// RFC 9769 on a real socket.
void TestWorkers::interleavedReplySaysWhenTheEarlierOneLeft()
{
    Rig rig(1);
    const auto socket = socketAt(QStringLiteral("127.0.0.1"));
    const auto exchange = [&](ntp::Header header) {
        header.mode = ntp::Mode::Client;
        send(socket, rig.endpoint, ntp::serializeHeader(header));
        pollfd waited{.fd = socket.get(), .events = POLLIN, .revents = 0};
        PacketBuffer buffer;
        if (::poll(&waited, 1, patienceMs) != 1)
            return ntp::Header{};
        return ntp::parseHeader(receiveMessage(socket.get(), buffer, false)->octets).value();
    };
    const ntp::Timestamp noted{0x1111'2222};
    const auto first = exchange({.transmit = ntp::Timestamp{1}});
    // The reply to the first request in interleaved mode is a basic one: nobody knew that it would come.
    auto before = exchange({.origin = first.receive, .receive = noted, .transmit = ntp::Timestamp{2}});
    QCOMPARE(before.origin, ntp::Timestamp{2});
    for (std::uint64_t i = 3; i < 103; ++i) {
        const auto reply = exchange({.origin = before.receive, .receive = noted, .transmit = ntp::Timestamp{i}});
        QCOMPARE(reply.origin, noted);
        // It left after its request came in, and before this one did.
        QVERIFY((reply.transmit - before.receive).count() > 0);
        QVERIFY((reply.receive - reply.transmit).count() > 0);
        before = reply;
    }
    QTRY_COMPARE(rig.answering.counters().interleaved, std::uint64_t(100));
}

void TestWorkers::accessChangesWhileRequestsAreAnswered_57()
{
    Rig rig(2);
    QVERIFY(ask(QStringLiteral("127.0.0.1"), rig.endpoint));
    rig.answering.admit(AccessList({{.address = {.high = 0x7F00'0002'0000'0000}, .length = 32, .isAllowed = true}}));
    const auto denied = socketAt(QStringLiteral("127.0.0.1"));
    send(denied, rig.endpoint);
    QTRY_COMPARE(rig.answering.counters().denied, std::uint64_t(1));
    QVERIFY(ask(QStringLiteral("127.0.0.2"), rig.endpoint));
    PacketBuffer buffer;
    QVERIFY(!receiveMessage(denied.get(), buffer, false));
}

// Fresh ports do not help.
void TestWorkers::limitIsTheSameForOneAndFourWorkers_56()
{
    for (const int workers : {1, 4}) {
        const sync::State state;
        NoneClock clock;
        WorkerAnswering answering({.localStratum = 2, .workers = workers, .rateLimit = 0.001, .rateBurst = 10}, clock,
            [&state]() -> const sync::State& { return state; });
        answering.admit(everybody);
        const auto endpoint =
            answering.open({.address = QHostAddress(QStringLiteral("127.0.0.1")), .port = 0}).value().endpoint;
        for (int i = 0; i < 100; ++i)
            send(socketAt(QStringLiteral("127.0.0.1")), endpoint);
        QTRY_COMPARE(answering.counters().received, std::uint64_t(100));
        const auto counters = answering.counters();
        QCOMPARE(counters.answered - counters.kisses, std::uint64_t(10));
        QCOMPARE(counters.rateLimited + counters.kisses, std::uint64_t(90));
        QVERIFY(ask(QStringLiteral("127.0.0.2"), endpoint)); // others are served
    }
}

void TestWorkers::clientsOfAllWorkersAreListed()
{
    const sync::State state;
    NoneClock clock;
    WorkerAnswering answering({.localStratum = 2, .workers = 4, .rateLimit = 0, .clientLog = 256}, clock,
        [&state]() -> const sync::State& { return state; });
    answering.admit(everybody);
    const auto endpoint =
        answering.open({.address = QHostAddress(QStringLiteral("127.0.0.1")), .port = 0}).value().endpoint;
    for (int i = 1; i <= 20; ++i)
        for (int times = 0; times < 3; ++times)
            QVERIFY(ask(QStringLiteral("127.0.7.%1").arg(i), endpoint));
    const auto clients = answering.clients();
    QCOMPARE(clients.size(), std::size_t(20));
    for (const ClientRecord& client : clients) {
        QCOMPARE(client.received, std::uint64_t(3));
        QCOMPARE(client.answered, std::uint64_t(3));
        QVERIFY(client.lastSeen >= client.firstSeen && client.firstSeen > RealTime(std::chrono::years(50)));
    }
}

QTEST_GUILESS_MAIN(TestWorkers)
#include "test_workers.moc"
