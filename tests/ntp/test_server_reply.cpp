// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server's answer: RFC 5905 section 9.2 (FXMIT) and figure 31, FAULTS rows 50 to 53.

#include "octet_text.h"
#include "whole_reply.h"

#include "ntp/exchange.h"
#include "ntp/packet.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace foliot;
using namespace foliot::ntp;
using namespace std::chrono_literals;

namespace {

constexpr RealTime received{1'780'000'000s + 250ms};
constexpr RealTime transmitted{1'780'000'000s + 500ms};

ServerState synchronizedState()
{
    return {
        .leap = LeapIndicator::DeleteSecond,
        .stratum = 3,
        .precision = -22,
        .rootDelay = Seconds{0.5},
        .rootDispersion = Seconds{0.25},
        .referenceId = 0xc000'0207,
        .referenceTime = RealTime{1'779'999'900s},
    };
}

Header validRequest()
{
    return {.version = 4, .mode = Mode::Client, .poll = 10, .transmit = Timestamp{0xfeed'f00d'cafe'beef}};
}

Octets octetsOf(const Header& header)
{
    const auto octets = serializeHeader(header);
    return {octets.begin(), octets.end()};
}

Header replyTo(const Octets& request, RealTime receivedAt = received, RealTime transmittedAt = transmitted,
    const ServerState& state = synchronizedState())
{
    return parseHeader(serverReply(request, receivedAt, transmittedAt, state).value()).value();
}

QByteArray verdictOn(const Octets& request)
{
    const auto reply = serverReply(request, received, transmitted, synchronizedState());
    if (reply) {
        return "answered";
    }
    const auto word = rejectionWord(reply.error());
    return {word.data(), static_cast<qsizetype>(word.size())};
}

} // namespace

class TestServerReply : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldHasItsOctets();
    void requestIsEchoed();
    void onlyClientRequestsAreAnswered_data();
    void onlyClientRequestsAreAnswered();
    void requestOfVersion1NeedsAPortOfItsOwn();
    void malformedRequestIsNotAnswered_data();
    void malformedRequestIsNotAnswered();
    void extensionFieldsAndMacAreNotAnswered_data();
    void extensionFieldsAndMacAreNotAnswered();
    void replyToAReplyIsSilence();
    void unsynchronizedStateIsSaid();
    void stampsAreNeverZero();
    void stampsAreDistinct();
    void boundsAreRoundedUp();
    void hostileStateIsClamped();
    void clientMeasuresWhatTheServerMeant();
};

// Laid out by hand from figure 8; 1780000000 + 2208988800 = 0xedc32380.
void TestServerReply::everyFieldHasItsOctets()
{
    const auto reply = serverReply(octetsOf(validRequest()), received, transmitted, synchronizedState());
    QCOMPARE(toHex(reply.value()), toHex(fromHex("a4 03 0a ea" // leap 2, version 4, mode 4; stratum; poll; precision
                                                 "00 00 80 00" // root delay
                                                 "00 00 40 00" // root dispersion
                                                 "c0 00 02 07" // reference identifier
                                                 "ed c3 23 1c 00 00 00 00"     // reference
                                                 "fe ed f0 0d ca fe be ef"     // origin
                                                 "ed c3 23 80 40 00 00 00"     // receive
                                                 "ed c3 23 80 80 00 00 00"))); // transmit
}

void TestServerReply::requestIsEchoed()
{
    for (const std::uint8_t version : {1, 2, 3, 4}) {
        for (const std::int8_t poll : {-128, -6, 0, 3, 17, 127}) {
            Header request = validRequest();
            request.version = version;
            request.poll = poll;
            const Header reply = replyTo(octetsOf(request));
            QCOMPARE(reply.version, version);
            QCOMPARE(reply.poll, poll);
            QCOMPARE(reply.origin, request.transmit);
            QCOMPARE(reply.mode, Mode::Server);
        }
    }
}

void TestServerReply::onlyClientRequestsAreAnswered_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("mode");
    for (int version = 0; version < 8; ++version) {
        for (int mode = 0; mode < 8; ++mode) {
            QTest::addRow("version %d mode %d", version, mode) << version << mode;
        }
    }
}

// FAULTS row 50.
void TestServerReply::onlyClientRequestsAreAnswered()
{
    QFETCH(int, version);
    QFETCH(int, mode);
    Header request = validRequest();
    request.version = static_cast<std::uint8_t>(version);
    request.mode = static_cast<Mode>(mode);
    const bool isKnown = version >= 1 && version <= 4;
    const QByteArray expected = !isKnown ? "bad-version" : mode != 3 ? "bad-mode" : "answered";
    QCOMPARE(verdictOn(octetsOf(request)), expected);
}

// FAULTS rows 50 and 52: version 1 had no modes. What comes from a server's port is a server's, and stays unanswered.
void TestServerReply::requestOfVersion1NeedsAPortOfItsOwn()
{
    const auto verdict = [](std::uint8_t version, std::uint16_t port) {
        const Octets request = octetsOf({.version = version, .mode = Mode::Reserved, .transmit = Timestamp{1}});
        return serverReply(request, received, transmitted, synchronizedState(), port);
    };
    QVERIFY(verdict(1, 123) == std::unexpected(Rejection::BadMode));
    for (const std::uint8_t version : {2, 3, 4}) {
        QVERIFY(verdict(version, 50'000) == std::unexpected(Rejection::BadMode));
    }
    const auto reply = verdict(1, 50'000);
    QVERIFY(reply.has_value());
    QCOMPARE(std::to_integer<int>(reply->front()), 2 << 6 | 1 << 3 | 4); // never mode 0 itself
}

void TestServerReply::malformedRequestIsNotAnswered_data()
{
    QTest::addColumn<Octets>("request");
    QTest::addColumn<QByteArray>("reason");
    const Octets good = octetsOf(validRequest());
    QTest::newRow("empty") << Octets{} << QByteArray{"too-short"};
    QTest::newRow("47 octets") << Octets{good.begin(), good.end() - 1} << QByteArray{"too-short"};
    QTest::newRow("1233 octets") << joined(good, Octets(1185)) << QByteArray{"too-long"};
    QTest::newRow("mode 6 readvar") << fromHex("160200010000000000000000") << QByteArray{"too-short"};
    QTest::newRow("mode 7 monlist") << joined(fromHex("1700032a"), Octets(188)) << QByteArray{"bad-mode"};
    QTest::newRow("field of length 0") << joined(good, Octets(40)) << QByteArray{"malformed-extension"};
    QTest::newRow("one octet more") << joined(good, Octets(1)) << QByteArray{"malformed-extension"};
}

// FAULTS rows 24 and 50.
void TestServerReply::malformedRequestIsNotAnswered()
{
    QFETCH(Octets, request);
    QFETCH(QByteArray, reason);
    QCOMPARE(verdictOn(request), reason);
}

void TestServerReply::extensionFieldsAndMacAreNotAnswered_data()
{
    QTest::addColumn<Octets>("tail");
    Octets nts; // unique identifier, cookie, authenticator: RFC 8915 section 5
    appendExtensionField(nts, 0x0104, Octets(32, std::byte{1}));
    appendExtensionField(nts, 0x0204, Octets(100, std::byte{2}));
    appendExtensionField(nts, 0x0404, Octets(36, std::byte{3}));
    QTest::newRow("row 53: NTS request") << nts;
    QTest::newRow("MAC of an unknown key") << Octets(20, std::byte{5});
    QTest::newRow("crypto-NAK") << Octets(4);
}

void TestServerReply::extensionFieldsAndMacAreNotAnswered()
{
    QFETCH(Octets, tail);
    const Octets plain = octetsOf(validRequest());
    const auto reply = serverReply(joined(plain, tail), received, transmitted, synchronizedState());
    QVERIFY(reply.has_value());
    QVERIFY(reply == serverReply(plain, received, transmitted, synchronizedState()));
}

// FAULTS row 52.
void TestServerReply::replyToAReplyIsSilence()
{
    const auto reply = serverReply(octetsOf(validRequest()), received, transmitted, synchronizedState());
    QCOMPARE(verdictOn({reply->begin(), reply->end()}), QByteArray{"bad-mode"});
}

// FAULTS row 58; a server that never was synchronized has no reference time.
void TestServerReply::unsynchronizedStateIsSaid()
{
    const Header reply = replyTo(octetsOf(validRequest()), received, transmitted, ServerState{});
    QCOMPARE(reply.leap, LeapIndicator::Unsynchronized);
    QCOMPARE(int{reply.stratum}, 0);
    QVERIFY(reply.reference.isZero());

    ServerState state = synchronizedState();
    state.stratum = 200;
    QCOMPARE(int{replyTo(octetsOf(validRequest()), received, transmitted, state).stratum}, 0);
}

// The first instant of era 1 is 0 on the wire, which would mean unknown.
void TestServerReply::stampsAreNeverZero()
{
    const RealTime eraStart{2'085'978'496s};
    const Header both = replyTo(octetsOf(validRequest()), eraStart, eraStart);
    QCOMPARE(both.receive.bits(), 1U);
    QCOMPARE(both.transmit.bits(), 2U);
    const Header transmit = replyTo(octetsOf(validRequest()), eraStart - 1ns, eraStart);
    QCOMPARE(transmit.transmit.bits(), 1U);
}

// RFC 9769: a client must be able to tell them apart.
void TestServerReply::stampsAreDistinct()
{
    const Header reply = replyTo(octetsOf(validRequest()), received, received);
    QCOMPARE((reply.transmit - reply.receive).count(), 1);
}

void TestServerReply::boundsAreRoundedUp()
{
    ServerState state = synchronizedState();
    state.rootDelay = 1ns;
    state.rootDispersion = Seconds{1.0 + 1e-9};
    const Header reply = replyTo(octetsOf(validRequest()), received, transmitted, state);
    QCOMPARE(reply.rootDelay.count(), 1U);
    QCOMPARE(reply.rootDispersion.count(), 0x1'0001U);
}

void TestServerReply::hostileStateIsClamped()
{
    ServerState state = synchronizedState();
    state.rootDelay = Seconds{-1.0};
    state.rootDispersion = Seconds{std::numeric_limits<double>::quiet_NaN()};
    const Header reply = replyTo(octetsOf(validRequest()), RealTime::min(), RealTime::max(), state);
    QCOMPARE(reply.rootDelay.count(), 0U);
    QCOMPARE(reply.rootDispersion, ShortInterval::max());
}

// Both ends of the protocol against each other: the client is 80 ms behind, 10 ms each way, 250 ms of thought.
void TestServerReply::clientMeasuresWhatTheServerMeant()
{
    for (const std::uint8_t version : {3, 4}) {
        Exchange client{version};
        const auto request = client.request(0x0102'0304'0506'0708);
        client.transmitted({.raw = RawTime{1s}, .real = received - 90ms});
        const auto reply = serverReply(request, received, transmitted, synchronizedState());
        QVERIFY(reply.has_value());
        const auto answer = client.reply(*reply, {.raw = RawTime{1s + 270ms}, .real = received + 180ms}, RealTime{});
        const Measurement m = std::get<Measurement>(answer.value());
        QVERIFY(std::abs(offset(m).count() - 0.080) < 1e-9);
        QVERIFY(std::abs(delay(m).count() - 0.020) < 1e-9);
        QCOMPARE(m.leap, LeapIndicator::DeleteSecond);
        QCOMPARE(m.rootDelay.count(), 0.5);
        QCOMPARE(m.rootDispersion.count(), 0.25);
        QCOMPARE(m.referenceTime, synchronizedState().referenceTime);
    }
}

QTEST_APPLESS_MAIN(TestServerReply)
#include "test_server_reply.moc"
