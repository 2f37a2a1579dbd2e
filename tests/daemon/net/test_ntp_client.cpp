// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The client on real sockets: stamps, forgeries, silence and errors. FAULTS rows 1 to 10 and 75.

#include "daemon/clocks/none_clock.h"
#include "daemon/net/fake_server.h"
#include "daemon/net/kernel_faults.h"
#include "daemon/net/ntp_client.h"
#include "daemon/net/socket.h"
#include "ntp/octets.h"

#include <QSignalSpy>
#include <QTest>

#include <algorithm>
#include <set>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

constexpr sync::SourceId source{7};

// Queries that end soon when nobody answers, and all that they brought about.
class Asker : public QObject {
public:
    explicit Asker(QueryTimes times = {.answer = 300ms, .afterRefusal = 50ms, .linger = 200ms})
        : client(clock, times)
    {
        connect(&client, &NtpClient::happened, this, [this](const sync::Event& event) { events.push_back(event); });
        connect(&client, &NtpClient::failed, this, [this](sync::SourceId, const QString& why) { errors.append(why); });
    }

    template<typename Kind>
    std::vector<Kind> all() const
    {
        std::vector<Kind> found;
        for (const sync::Event& event : events) {
            if (const auto* match = std::get_if<Kind>(&event))
                found.push_back(*match);
        }
        return found;
    }
    std::size_t rejections(ntp::Rejection reason) const
    {
        const auto all = this->all<sync::ReplyRejected>();
        return static_cast<std::size_t>(std::ranges::count(all, reason, &sync::ReplyRejected::reason));
    }
    // Queries that ended, which is once for each.
    std::size_t endings() const { return events.size() - all<sync::ReplyRejected>().size(); }
    std::optional<ntp::Measurement> measurement() const
    {
        const auto all = this->all<sync::MeasurementReceived>();
        return all.empty() ? std::nullopt : std::optional(all.back().measurement);
    }

    NoneClock clock;
    NtpClient client;
    std::vector<sync::Event> events;
    QStringList errors;
};

std::vector<FakeServer::Octets> answerWell(const FakeServer::Octets& request)
{
    return {goodReply(request)};
}
// What a server in interleaved mode says to the second request: the answer before left 5 us later than it said.
FakeServer::Octets interleavedReply(const FakeServer::Octets& request, const ntp::Measurement& before)
{
    FakeServer::Octets reply = goodReply(request);
    std::copy_n(request.begin() + 32, 8, reply.begin() + 24);
    ntp::writeBigEndian(std::span(reply), 40, ntp::toTimestamp(before.serverTransmit + 5us).bits());
    return reply;
}
std::vector<FakeServer::Octets> staySilent(const FakeServer::Octets&)
{
    return {};
}

// True when the kernel has begun to stamp what arrives.
bool arrivesStamped()
{
    const auto socket = openBound({.address = QHostAddress(QHostAddress::LocalHost)});
    const SocketAddress self = toSocketAddress(localEndpoint(socket->get()).value());
    const std::byte octet{};
    ::sendto(socket->get(), &octet, 1, 0, self.get(), self.length);
    PacketBuffer buffer;
    const auto message = receiveMessage(socket->get(), buffer, false);
    return message && message->stamp;
}

} // namespace

class TestNtpClient : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        m_stamping = keepKernelStamping();
        QVERIFY(m_stamping.isValid());
        QTRY_VERIFY(arrivesStamped());
    }
    void cleanup() { kernelFaults = {}; }

    void kernelStampsBothWays_data()
    {
        QTest::addColumn<QString>("address");
        QTest::newRow("IPv4") << "127.0.0.1";
        QTest::newRow("IPv6") << "::1";
    }
    void kernelStampsBothWays()
    {
        QFETCH(const QString, address);
        FakeServer server(address, answerWell);
        Asker asker;
        const Now before = asker.clock.now();
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        const ntp::Measurement m = *asker.measurement();
        QCOMPARE(m.localTransmit.origin, StampOrigin::Kernel);
        QCOMPARE(m.localReceive.origin, StampOrigin::Kernel);
        QVERIFY(m.localTransmit.raw >= before.raw);
        QVERIFY(m.localReceive.raw > m.localTransmit.raw);
        QVERIFY(m.localReceive.raw <= asker.clock.now().raw);
        // Server and client read one clock: the truth is 0, and loopback's delay bounds the error.
        QVERIFY(std::abs(ntp::offset(m).count()) <= ntp::delay(m).count() / 2.0 + 1e-6);
        QCOMPARE(asker.endings(), 1U);
        QCOMPARE(
            asker.all<sync::MeasurementReceived>().front().serverReferenceId, referenceIdOf(server.endpoint().address));
        QCOMPARE(asker.all<sync::MeasurementReceived>().front().ourReferenceId,
            referenceIdOf(server.endpoint().address)); // both are the loopback address
    }

    void withoutKernelStampsUserSpaceIsSaid()
    {
        kernelFaults.refusesStamps = true;
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        const ntp::Measurement m = *asker.measurement();
        QCOMPARE(m.localTransmit.origin, StampOrigin::UserSpace);
        QCOMPARE(m.localReceive.origin, StampOrigin::UserSpace);
        QVERIFY(m.localReceive.error >= 100us);
        QVERIFY(ntp::dispersion(m, Seconds(0.0)) >= Seconds(100e-6));
        QVERIFY(std::abs(ntp::offset(m).count()) <= ntp::delay(m).count() / 2.0 + 1e-6);
    }

    void lateTransmitStampIsUsed()
    {
        kernelFaults.holdsTransmitStamps = true;
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker({.answer = 5s, .stamp = 5s}); // the stamp comes before either ends
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_COMPARE(server.requests().size(), 1U);
        QCoreApplication::processEvents(); // the answer is in, and waits
        QVERIFY(!asker.measurement());
        kernelFaults.holdsTransmitStamps = false;
        QTRY_VERIFY(asker.measurement());
        QCOMPARE(asker.measurement()->localTransmit.origin, StampOrigin::Kernel);
    }

    void transmitStampThatIsNotToBeHadIsDoneWithout_data()
    {
        QTest::addColumn<bool>("comes");
        QTest::newRow("it never comes") << false;
        QTest::newRow("it has the number of another datagram") << true;
    }
    void transmitStampThatIsNotToBeHadIsDoneWithout()
    {
        QFETCH(const bool, comes);
        kernelFaults.holdsTransmitStamps = !comes;
        kernelFaults.numbersStampsFromOne = comes;
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker({.answer = 5s, .stamp = 50ms});
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        QCOMPARE(asker.measurement()->localTransmit.origin, StampOrigin::UserSpace);
        QCOMPARE(asker.measurement()->localReceive.origin, StampOrigin::Kernel);
    }

    void stampWithItsDatagramIsKnownByItWhateverItsNumber()
    {
        kernelFaults.refusesStampsAlone = true;
        kernelFaults.numbersStampsFromOne = true;
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        QCOMPARE(asker.measurement()->localTransmit.origin, StampOrigin::Kernel);
    }

    void socketWithoutFlagsWillDo()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        kernelFaults.refusesSocketFlags = true;
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
    }

    void requestTellsNothingButItsVersion()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 3);
        QTRY_VERIFY(asker.measurement());
        const auto& request = server.requests().front();
        QCOMPARE(request.size(), 48U);
        QCOMPARE(request.front(), std::byte{0x1B}); // version 3, mode 3
        QVERIFY(std::all_of(request.begin() + 1, request.begin() + 40, [](std::byte b) { return b == std::byte{}; }));
    }

    void eachRequestHasItsOwnPortAndTimestamp()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        for (std::size_t i = 1; i <= 8; ++i) {
            asker.client.ask(source, server.endpoint(), 4);
            QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), i);
        }
        std::set<std::uint16_t> ports;
        std::set<std::uint64_t> timestamps;
        for (const FakeServer::Octets& request : server.requests())
            timestamps.insert(ntp::readBigEndian<std::uint64_t>(request, 40));
        for (const Endpoint& client : server.clients())
            ports.insert(client.port);
        QVERIFY(ports.size() >= 7); // two of eight may meet by chance
        QCOMPARE(timestamps.size(), 8U);
    }

    // The first is basic, the second names the first answer and is known by either of its random numbers.
    void interleavedModeIsAskedForFromTheSecondRequest()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        for (std::size_t i = 1; i <= 3; ++i) {
            asker.client.ask(source, server.endpoint(), 4, {}, QueryMode::Interleaved);
            QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), i);
        }
        const auto fieldOf = [&](std::size_t request, std::size_t offset) {
            return ntp::readBigEndian<std::uint64_t>(server.requests()[request], offset);
        };
        const auto received = [&](std::size_t answer) {
            return ntp::toTimestamp(asker.all<sync::MeasurementReceived>()[answer].measurement.serverReceive).bits();
        };
        QCOMPARE(fieldOf(0, 24), 0U);
        QCOMPARE(fieldOf(0, 32), 0U);
        QCOMPARE(fieldOf(1, 24), received(0));
        QCOMPARE(fieldOf(2, 24), received(1));
        QVERIFY(fieldOf(1, 32) != 0 && fieldOf(1, 32) != fieldOf(1, 40) && fieldOf(1, 32) != fieldOf(2, 32));
    }

    void interleavedAnswerMeasuresTheExchangeBefore()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4, {}, QueryMode::Interleaved);
        QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), 1U);
        const ntp::Measurement basic = *asker.measurement();
        server.behave(
            [&](const FakeServer::Octets& request) { return std::vector(1, interleavedReply(request, basic)); });
        asker.client.ask(source, server.endpoint(), 4, {}, QueryMode::Interleaved);
        QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), 2U);
        ntp::Measurement expected = basic;
        expected.serverTransmit += 5us;
        expected.referenceTime = asker.measurement()->referenceTime;
        expected.interleaved = true;
        QCOMPARE(*asker.measurement(), expected);
    }

    // FAULTS row 22
    void interleavedAnswerToABasicRequestIsNotTaken()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4, {}, QueryMode::Interleaved);
        QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), 1U);
        const ntp::Measurement basic = *asker.measurement();
        server.behave(
            [&](const FakeServer::Octets& request) { return std::vector(1, interleavedReply(request, basic)); });
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_COMPARE(asker.all<sync::QueryTimedOut>().size(), 1U);
        QCOMPARE(asker.rejections(ntp::Rejection::ZeroOrigin), 1U); // the request's receive timestamp is 0
    }

    void otherNetworkLearnsNothingOfTheAnswerBefore_data()
    {
        QTest::addColumn<bool>("isOtherServer");
        QTest::newRow("the network changed") << false;
        QTest::newRow("the server has another address") << true;
    }
    void otherNetworkLearnsNothingOfTheAnswerBefore()
    {
        QFETCH(const bool, isOtherServer);
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        FakeServer other(QStringLiteral("127.0.0.2"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4, {}, QueryMode::Interleaved);
        QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), 1U);
        FakeServer& asked = isOtherServer ? other : server;
        if (!isOtherServer)
            asker.client.forgetBefore();
        asker.client.ask(source, asked.endpoint(), 4, {}, QueryMode::Interleaved);
        QTRY_COMPARE(asker.all<sync::MeasurementReceived>().size(), 2U);
        QCOMPARE(ntp::readBigEndian<std::uint64_t>(asked.requests().back(), 24), 0U);
    }

    void replyFromAnotherAddressIsNotAccepted()
    {
        // The true server is silent; another one knows the request by heart and answers for it.
        FakeServer server(QStringLiteral("127.0.0.1"), staySilent);
        FakeServer impostor(QStringLiteral("127.0.0.2"), staySilent);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_COMPARE(server.requests().size(), 1U);
        impostor.send(server.clients().front(), goodReply(server.requests().front()));
        QTRY_COMPARE(asker.endings(), 1U);
        QCOMPARE(asker.all<sync::QueryTimedOut>().size(), 1U);
    }

    void garbageChangesNothingButCounters()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), [](const FakeServer::Octets& request) {
            std::vector<FakeServer::Octets> replies;
            const FakeServer::Octets good = goodReply(request);
            for (unsigned i = 0; i < 15; ++i) {
                replies.emplace_back(i, std::byte{0xAA});        // too short
                replies.emplace_back(1300 + i, std::byte{0x24}); // too long
                replies.push_back(request);                      // our own request: mode 3
                replies.push_back(good);
                replies.back()[24 + i % 8] ^= std::byte{0x55}; // bogus origin
                replies.push_back(good);
                std::fill_n(replies.back().begin() + 24, 8, std::byte{}); // zero origin
                replies.push_back(good);
                std::fill_n(replies.back().begin() + 40, 8, std::byte{}); // zero transmit timestamp
                replies.push_back(good);
                replies.back()[0] = std::byte{0x1C}; // version 3
            }
            replies.push_back(good);
            return replies;
        });
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        QCOMPARE(asker.measurement()->localReceive.origin, StampOrigin::Kernel);
        QCOMPARE(asker.endings(), 1U);
        QCOMPARE(asker.rejections(ntp::Rejection::TooShort), 15U);
        QCOMPARE(asker.rejections(ntp::Rejection::TooLong), 15U);
        QCOMPARE(asker.rejections(ntp::Rejection::BadMode), 15U);
        QCOMPARE(asker.rejections(ntp::Rejection::BogusOrigin), 15U);
        QCOMPARE(asker.rejections(ntp::Rejection::ZeroOrigin), 15U);
        QCOMPARE(asker.rejections(ntp::Rejection::ZeroTimestamp), 15U);
        QCOMPARE(asker.rejections(ntp::Rejection::BadVersion), 15U);
    }

    void replayIsADuplicate()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), [](const FakeServer::Octets& request) {
            const auto reply = goodReply(request);
            return std::vector{reply, reply, reply};
        });
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_COMPARE(asker.rejections(ntp::Rejection::Duplicate), 2U);
        QCOMPARE(asker.all<sync::MeasurementReceived>().size(), 1U);
    }

    void answerThatComesTooLateIsUnsolicited()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), staySilent);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_COMPARE(asker.all<sync::QueryTimedOut>().size(), 1U);
        server.send(server.clients().front(), goodReply(server.requests().front()));
        QTRY_COMPARE(asker.rejections(ntp::Rejection::Unsolicited), 1U);
        QCOMPARE(asker.endings(), 1U);
    }

    void newQueryEndsTheOpenOne()
    {
        FakeServer silent(QStringLiteral("127.0.0.1"), staySilent);
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, silent.endpoint(), 4);
        asker.client.ask(source, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        QCOMPARE(asker.all<sync::QueryTimedOut>().size(), 1U);
        QCOMPARE(asker.endings(), 2U);
    }

    void forgottenQueryEndsInSilence()
    {
        FakeServer server(QStringLiteral("127.0.0.1"), answerWell);
        Asker asker;
        asker.client.ask(source, server.endpoint(), 4);
        asker.client.forget(source);
        asker.client.ask({8}, server.endpoint(), 4);
        QTRY_VERIFY(asker.measurement());
        QCOMPARE(asker.events.size(), 1U);
        QCOMPARE(asker.all<sync::MeasurementReceived>().front().source, sync::SourceId{8});
    }

    void portWhereNobodyListensFailsTheQuery_data() { kernelStampsBothWays_data(); }
    void portWhereNobodyListensFailsTheQuery()
    {
        QFETCH(const QString, address);
        auto gone = std::make_unique<FakeServer>(address, staySilent);
        const Endpoint endpoint = gone->endpoint();
        gone.reset();
        Asker asker({.answer = 30s, .afterRefusal = 50ms});
        asker.client.ask(source, endpoint, 4);
        QTRY_COMPARE(asker.all<sync::QueryFailed>().size(), 1U);
        QCOMPARE(asker.all<sync::QueryFailed>().front().fault, sync::QueryFault::ConnectionRefused);
        QCOMPARE(asker.errors, QStringList(QStringLiteral("Connection refused")));
        QCOMPARE(asker.endings(), 1U);
    }

    void addressThatCannotBeReachedFailsTheQueryAtOnce()
    {
        Asker asker;
        // Link-local without an interface: the kernel refuses to connect.
        asker.client.ask(source, {.address = QHostAddress(QStringLiteral("fe80::1")), .port = 123}, 4);
        QCOMPARE(asker.all<sync::QueryFailed>().size(), 1U);
        QCOMPARE(asker.errors.size(), 1);
    }

private:
    FileDescriptor m_stamping;
};

QTEST_GUILESS_MAIN(TestNtpClient)
#include "test_ntp_client.moc"
