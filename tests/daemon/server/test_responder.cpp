// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether and what a datagram is answered, without any socket. Numbers in the names are rows of
// the fault list.

#include "daemon/server/responder.h"
#include "ntp/packet.h"

#include <QTest>

#include <malloc.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const Now start{.raw = RawTime(1000s), .boot = BootTime(1000s), .real = RealTime(1'800'000'000s)};

// The clock `gained` on its oscillator meanwhile.
Now after(Nanoseconds passed, Nanoseconds gained = {})
{
    return {.raw = start.raw + passed, .boot = start.boot + passed, .real = start.real + passed + gained};
}

Claim synchronizedClaim(std::uint8_t stratum = 3, std::uint32_t epoch = 0)
{
    return {.state = {.leap = ntp::LeapIndicator::None, .stratum = stratum, .rootDispersion = 1ms},
        .at = start.raw,
        .growthPpm = 15.0,
        .validUntil = start.raw + claimValidity,
        .clockEpoch = epoch};
}

constexpr NetworkAddress client{.high = 0x7F00'0001'0000'0000};
const RealTime left = start.real + 500ms;

struct Rig {
    explicit Rig(const ResponderSettings& settings = {.interleavedReplies = 64})
        : responder(published, settings)
    {
        published.claim.write(synchronizedClaim());
        published.access.publish(AccessList({{.length = 0, .isAllowed = true}}));
    }

    std::optional<Reply> reply(std::span<const std::byte> octets, RealTime received = start.real + 250ms)
    {
        Reply made;
        const Arrival arrival{.octets = octets, .from = {.address = client, .port = 50'000}, .received = received};
        if (!responder.answer(arrival, made))
            return std::nullopt;
        responder.finish(made, ntp::toTimestamp(left));
        return made;
    }
    std::optional<ntp::Header> ask(std::span<const std::byte> octets, RealTime received = start.real + 250ms)
    {
        const auto made = reply(octets, received);
        return made ? std::optional(ntp::parseHeader(made->octets).value()) : std::nullopt;
    }

    Published published;
    Responder responder;
};

const auto request = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{0x0123'4567}});

} // namespace

class TestResponder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void requestIsAnsweredByTheClaim();
    void newClaimIsSaidAtOnce();
    void dispersionGrowsWithoutANewClaim();
    void silenceIsCountedByReason();
    void deniedClientsHearNothing_57();
    void tooMuchIsKissedOrSilent_56();
    void unsynchronizedServerIsSilentWhereWanted_58();
    void interleavedModeNeedsAnEarlierReply();
    void memoryStaysWhateverTheClients_59();
    void requestsBeforeAStepAreDropped_data();
    void requestsBeforeAStepAreDropped();
    void slewIsNoStep();
    void nothingIsAnsweredWhileTheClockIsStepped();
};

void TestResponder::requestIsAnsweredByTheClaim()
{
    Rig rig;
    QVERIFY(rig.responder.begin(start));
    const auto reply = rig.ask(request);
    QVERIFY(reply.has_value());
    QCOMPARE(reply->stratum, std::uint8_t(3));
    QCOMPARE(reply->leap, ntp::LeapIndicator::None);
    QCOMPARE(reply->origin.bits(), std::uint64_t(0x0123'4567));
    QCOMPARE(reply->receive, ntp::toTimestamp(start.real + 250ms));
    QCOMPARE(rig.responder.counters().ofVersion[4], std::uint64_t(1));
}

void TestResponder::newClaimIsSaidAtOnce()
{
    Rig rig;
    rig.responder.begin(start);
    rig.published.claim.write(synchronizedClaim(7));
    QVERIFY(rig.responder.begin(after(1us)));
    QCOMPARE(rig.ask(request)->stratum, std::uint8_t(7));
}

void TestResponder::dispersionGrowsWithoutANewClaim()
{
    Rig rig;
    rig.responder.begin(start);
    const auto before = rig.ask(request)->rootDispersion;
    rig.responder.begin(after(100s)); // 15 ppm: 1.5 ms, about 98 units of 2^-16 s
    const auto grown = rig.ask(request)->rootDispersion - before;
    QVERIFY(grown.count() >= 97 && grown.count() <= 99);
}

void TestResponder::silenceIsCountedByReason()
{
    Rig rig;
    rig.responder.begin(start);
    QVERIFY(!rig.ask(std::span(request).first(47)));
    const auto& rejected = rig.responder.counters().rejected;
    QCOMPARE(rejected[placeOf(ntp::Rejection::TooShort)], std::uint64_t(1));
    auto control = request;
    control[0] = std::byte{4 << 3 | 6};
    QVERIFY(!rig.ask(control));
    QCOMPARE(rejected[placeOf(ntp::Rejection::BadMode)], std::uint64_t(1));
    QCOMPARE(rig.responder.counters().dropped(), std::uint64_t(2));
}

void TestResponder::deniedClientsHearNothing_57()
{
    Rig rig;
    QVERIFY(rig.responder.begin(start));
    QVERIFY(rig.ask(request).has_value());
    rig.published.access.publish(AccessList{});
    QVERIFY(!rig.ask(request));
    QVERIFY(!rig.ask(std::span(request).first(10))); // not even looked into
    QCOMPARE(rig.responder.counters().denied, std::uint64_t(2));
    QCOMPARE(rig.responder.counters().dropped(), std::uint64_t(2));
}

// A kiss has stratum 0, leap 3 and the client's own timestamp, or the client would not take it.
void TestResponder::tooMuchIsKissedOrSilent_56()
{
    Rig rig({.limit = {.perSecond = 0.001, .burst = 1, .entries = 64}});
    rig.responder.begin(start);
    QCOMPARE(rig.ask(request)->stratum, std::uint8_t(3));
    int kisses = 0;
    for (int i = 0; i < 1000; ++i) {
        const auto kiss = rig.ask(request);
        if (!kiss)
            continue;
        ++kisses;
        QCOMPARE(kiss->stratum, std::uint8_t(0));
        QCOMPARE(kiss->leap, ntp::LeapIndicator::Unsynchronized);
        QCOMPARE(kiss->referenceId, std::uint32_t(0x5241'5445)); // "RATE"
        QCOMPARE(kiss->origin.bits(), std::uint64_t(0x0123'4567));
    }
    QVERIFY(kisses > 80 && kisses < 170);
    QCOMPARE(rig.responder.counters().kisses, static_cast<std::uint64_t>(kisses));
    QCOMPARE(rig.responder.counters().rateLimited, static_cast<std::uint64_t>(1000 - kisses));
}

void TestResponder::unsynchronizedServerIsSilentWhereWanted_58()
{
    for (const bool isSilent : {false, true}) {
        Rig rig({.isSilentUnsynchronized = isSilent});
        rig.published.claim.write(Claim{});
        rig.responder.begin(start);
        const auto reply = rig.ask(request);
        QCOMPARE(reply.has_value(), !isSilent);
        if (reply)
            QCOMPARE(reply->leap, ntp::LeapIndicator::Unsynchronized);
        QCOMPARE(rig.responder.counters().unsynchronized, std::uint64_t(isSilent ? 1 : 0));
        rig.published.claim.write(synchronizedClaim());
        rig.responder.begin(after(1s));
        QVERIFY(rig.ask(request).has_value());
    }
}

// RFC 9769 section 2. The client got each reply at `noted`.
void TestResponder::interleavedModeNeedsAnEarlierReply()
{
    Rig rig;
    rig.responder.begin(start);
    const ntp::Timestamp noted{0x7777'8888};
    const auto interleaved = [&](ntp::Timestamp origin) {
        return ntp::serializeHeader(
            {.mode = ntp::Mode::Client, .origin = origin, .receive = noted, .transmit = ntp::Timestamp{9}});
    };
    const auto first = rig.ask(request, start.real + 1ms);
    const auto second = rig.ask(interleaved(first->receive), start.real + 2ms);
    QCOMPARE(second->origin, ntp::Timestamp{9}); // basic: the first reply was not remembered
    const auto third = rig.ask(interleaved(second->receive), start.real + 3ms);
    QCOMPARE(third->origin, noted);
    QCOMPARE(third->transmit, ntp::toTimestamp(left)); // of the second
    QCOMPARE(third->receive, ntp::toTimestamp(start.real + 3ms));
    // Once only: whoever sends the same again is answered in basic mode.
    QCOMPARE(rig.ask(interleaved(second->receive), start.real + 4ms)->origin, ntp::Timestamp{9});
    QCOMPARE(rig.responder.counters().interleaved, std::uint64_t(1));
    // Nor across a step of the clock.
    const auto before = rig.ask(interleaved(third->receive), start.real + 5ms);
    rig.responder.begin(after(1s, 10s));
    rig.responder.begin(after(2s, 10s));
    QCOMPARE(rig.ask(interleaved(before->receive), start.real + 12s)->origin, ntp::Timestamp{9});
}

// Ten million clients, each in interleaved mode, each limited.
void TestResponder::memoryStaysWhateverTheClients_59()
{
    Rig rig({.limit = {.perSecond = 1, .burst = 2, .entries = 1024}, .interleavedReplies = 1024});
    rig.responder.begin(start);
    const auto octets = ntp::serializeHeader({.mode = ntp::Mode::Client,
        .origin = ntp::Timestamp{1},
        .receive = ntp::Timestamp{2},
        .transmit = ntp::Timestamp{3}});
    const auto allocated = ::mallinfo2().uordblks;
    Reply reply;
    for (std::uint64_t number = 0; number < 10'000'000; ++number) {
        const Arrival arrival{
            .octets = octets, .from = {.address = {.high = number << 32}, .port = 50'000}, .received = start.real};
        if (rig.responder.answer(arrival, reply))
            rig.responder.finish(reply, ntp::toTimestamp(left));
    }
    QVERIFY(rig.responder.counters().ofVersion[4] > 9'000'000);
    QCOMPARE(::mallinfo2().uordblks, allocated);
}

void TestResponder::requestsBeforeAStepAreDropped_data()
{
    QTest::addColumn<qint64>("steppedNs");
    QTest::addColumn<std::uint32_t>("epoch");
    QTest::newRow("ours, however small") << qint64(0) << std::uint32_t(1);
    QTest::newRow("another's, forward") << qint64(100'000'000) << std::uint32_t(0);
    QTest::newRow("another's, back") << qint64(-100'000'000) << std::uint32_t(0);
}

void TestResponder::requestsBeforeAStepAreDropped()
{
    QFETCH(const qint64, steppedNs);
    QFETCH(const std::uint32_t, epoch);
    Rig rig;
    QVERIFY(rig.responder.begin(start));
    rig.published.claim.write(synchronizedClaim(3, epoch));
    QVERIFY(!rig.responder.begin(after(10ms, Nanoseconds(steppedNs))));
    QVERIFY(rig.responder.begin(after(11ms, Nanoseconds(steppedNs)))); // the next batch is on one side again
}

void TestResponder::slewIsNoStep()
{
    Rig rig;
    rig.responder.begin(start);
    QVERIFY(rig.responder.begin(after(1s, 100ms)));  // 100 000 ppm, the fastest there is
    QVERIFY(rig.responder.begin(after(2s, 0ms)));    // and back
    QVERIFY(rig.responder.begin(after(1h, 1800ms))); // 500 ppm for an hour
}

void TestResponder::nothingIsAnsweredWhileTheClockIsStepped()
{
    Rig rig;
    auto claim = synchronizedClaim();
    claim.clockIsOurs = false;
    rig.published.claim.write(claim);
    QVERIFY(!rig.responder.begin(start));
}

QTEST_GUILESS_MAIN(TestResponder)
#include "test_responder.moc"
