// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whether and what a datagram is answered, without any socket. Numbers in the names are rows of
// the fault list.

#include "daemon/server/responder.h"
#include "keys/mac_computer.h"
#include "ntp/extension_field.h"
#include "ntp/octets.h"
#include "ntp/packet.h"

#include <QTest>

#include <array>
#include <random>
#include <vector>

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

ServerClaim synchronizedClaim(std::uint8_t stratum = 3, std::uint32_t epoch = 0)
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
        published.keys.publish(keys::parseKeys("1 SHA1 secret\n"
                                               "2 AES128 HEX:2b7e151628aed2a6abf7158809cf4f3c\n"
                                               "3 SHA512 secret\n",
            false)
                .value());
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
        return made ? std::optional(ntp::parseHeader(made->content()).value()) : std::nullopt;
    }

    const keys::Key& key(std::uint32_t id) const { return *published.keys.value()->find(id); }

    Published published;
    Responder responder;
};

const auto request = ntp::serializeHeader({.mode = ntp::Mode::Client, .transmit = ntp::Timestamp{0x0123'4567}});

// A request of that version, with or without an extension field, with a MAC as the key's owner makes it.
std::vector<std::byte> authenticRequest(const keys::Key& key, std::uint8_t version, bool hasField = false)
{
    const auto header =
        ntp::serializeHeader({.version = version, .mode = ntp::Mode::Client, .transmit = ntp::Timestamp{0x0123'4567}});
    std::vector<std::byte> octets(header.begin(), header.end());
    if (hasField)
        ntp::appendExtensionField(octets, 0x4242, std::array<std::byte, 24>{});
    const auto macOffset = octets.size();
    std::array<std::byte, keys::longestDigest> digest{};
    const auto length = keys::MacComputer().compute(key, octets, version, digest);
    octets.resize(octets.size() + 4);
    ntp::writeBigEndian(std::span(octets), macOffset, key.id);
    octets.insert(octets.end(), digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(length));
    return octets;
}

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
    void clientsAreRememberedWhereWanted();
    void interleavedModeNeedsAnEarlierReply();
    void authenticRequestGetsAnAuthenticReply_data();
    void authenticRequestGetsAnAuthenticReply();
    void forgedRequestIsMetWithSilence();
    void noReplyIsLongerThanItsRequest_51();
    void memoryStaysWhateverTheClients_59();
    void requestsBeforeAStepAreDropped_data();
    void requestsBeforeAStepAreDropped();
    void slewIsNoStep();
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
    Reply unused;
    QVERIFY(!rig.responder.answer({.octets = request, .isTruncated = true, .from = {.address = client}}, unused));
    QCOMPARE(rejected[placeOf(ntp::Rejection::TooLong)], std::uint64_t(1));
    QCOMPARE(rig.responder.counters().dropped(), std::uint64_t(3));
}

void TestResponder::deniedClientsHearNothing_57()
{
    Rig rig;
    QVERIFY(rig.responder.begin(start));
    QVERIFY(rig.ask(request).has_value());
    rig.published.access.publish(AccessList{});
    QVERIFY(rig.responder.begin(after(1us)));
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
        rig.published.claim.write(ServerClaim{});
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
void TestResponder::clientsAreRememberedWhereWanted()
{
    Rig rig({.limit = {.perSecond = 0.001, .burst = 3, .entries = 64}, .clientLog = 64});
    QVERIFY(rig.responder.begin(start));
    QVERIFY(rig.ask(request));
    QVERIFY(rig.ask(authenticRequest(rig.key(1), 3)));
    QVERIFY(!rig.ask(authenticRequest(
        {.id = 9, .digest = keys::Digest::Sha1, .secret = keys::Secret{std::vector{std::byte{1}}}}, 4)));
    for (int i = 0; i < 5; ++i)
        rig.ask(request);
    rig.ask(std::array<std::byte, 3>{});
    const auto clients = rig.responder.clients().records();
    QCOMPARE(clients.size(), std::size_t(1));
    QCOMPARE(clients[0].address, client);
    QCOMPARE(clients[0].received, std::uint64_t(9));
    QCOMPARE(clients[0].answered, std::uint64_t(2));
    QCOMPARE(clients[0].authenticated, std::uint32_t(1));
    QCOMPARE(clients[0].limited, std::uint64_t(5)); // the third token went to the unknown key
    QCOMPARE(clients[0].version, std::uint8_t(4));
    Rig silent({.interleavedReplies = 64});
    QVERIFY(silent.responder.begin(start));
    QVERIFY(silent.ask(request));
    QVERIFY(silent.responder.clients().records().empty());
}

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
    // Nor whose receive timestamp is a copy of its transmit timestamp, as in basic mode.
    rig.ask(ntp::serializeHeader(
                {.mode = ntp::Mode::Client, .origin = third->receive, .receive = noted, .transmit = noted}),
        start.real + 4500us);
    QCOMPARE(rig.responder.counters().interleaved, std::uint64_t(1));
    // Nor across a step of the clock.
    const auto before = rig.ask(interleaved(third->receive), start.real + 5ms);
    rig.responder.begin(after(1s, 10s));
    rig.responder.begin(after(2s, 10s));
    QCOMPARE(rig.ask(interleaved(before->receive), start.real + 12s)->origin, ntp::Timestamp{9});
}

void TestResponder::authenticRequestGetsAnAuthenticReply_data()
{
    QTest::addColumn<std::uint32_t>("id");
    QTest::addColumn<int>("version");
    QTest::addColumn<std::size_t>("length"); // RFC 7822 cuts digests to 20 octets from version 4 on
    QTest::newRow("SHA-1") << std::uint32_t(1) << 4 << std::size_t(48 + 24);
    QTest::newRow("AES-CMAC") << std::uint32_t(2) << 4 << std::size_t(48 + 20);
    QTest::newRow("SHA-512") << std::uint32_t(3) << 4 << std::size_t(48 + 24);
    QTest::newRow("SHA-512, version 3") << std::uint32_t(3) << 3 << std::size_t(48 + 68);
}

void TestResponder::authenticRequestGetsAnAuthenticReply()
{
    QFETCH(const std::uint32_t, id);
    QFETCH(const int, version);
    QFETCH(const std::size_t, length);
    Rig rig;
    rig.responder.begin(start);
    const auto octets = authenticRequest(rig.key(id), static_cast<std::uint8_t>(version));
    const auto reply = rig.reply(octets);
    QVERIFY(reply.has_value());
    QCOMPARE(reply->length, length);
    QCOMPARE(reply->length, octets.size());
    const auto packet = ntp::parsePacket(reply->content()).value();
    QCOMPARE(packet.mac->keyId, id);
    QVERIFY(keys::MacComputer().verify(
        rig.key(id), reply->content().first(packet.mac->offset), packet.header.version, packet.mac->digest));
    QCOMPARE(packet.header.transmit, ntp::toTimestamp(left)); // covered by it
    QCOMPARE(rig.responder.counters().authenticated, std::uint64_t(1));
}

void TestResponder::forgedRequestIsMetWithSilence()
{
    Rig rig;
    rig.responder.begin(start);
    auto forged = authenticRequest(rig.key(1), 4);
    forged.back() ^= std::byte{1};
    QVERIFY(!rig.reply(forged));
    const auto unknown =
        authenticRequest({.id = 9, .digest = keys::Digest::Sha1, .secret = keys::Secret{std::vector{std::byte{1}}}}, 4);
    QVERIFY(!rig.reply(unknown));
    auto changedField = authenticRequest(rig.key(1), 4, true);
    QVERIFY(rig.reply(changedField));
    changedField[ntp::headerLength + 20] ^= std::byte{1};
    QVERIFY(!rig.reply(changedField));
    QCOMPARE(rig.responder.counters().rejected[placeOf(ntp::Rejection::Unauthenticated)], std::uint64_t(3));
    const auto withdrawn = authenticRequest(rig.key(1), 4);
    rig.published.keys.publish(keys::KeyRing{});
    rig.responder.begin(after(1us));
    QVERIFY(!rig.reply(withdrawn));
}

// Whatever comes in, with keys, a limit and interleaved mode.
void TestResponder::noReplyIsLongerThanItsRequest_51()
{
    Rig rig({.limit = {.perSecond = 1, .burst = 12'000, .entries = 64}, .interleavedReplies = 64});
    rig.responder.begin(start);
    std::mt19937_64 random(7);
    int answered = 0;
    for (int i = 0; i < 20'000; ++i) {
        auto octets = authenticRequest(
            rig.key(static_cast<std::uint32_t>(random() % 3 + 1)), static_cast<std::uint8_t>(random() % 4 + 1));
        for (std::uint64_t flips = random() % 3; flips > 0; --flips)
            octets[random() % octets.size()] ^= static_cast<std::byte>(1U << random() % 8);
        octets.resize(random() % 4 == 0 ? random() % 1233 : octets.size());
        const auto reply = rig.reply(octets);
        answered += reply ? 1 : 0;
        QVERIFY(!reply || reply->length <= octets.size());
    }
    QVERIFY2(answered > 3'000, qPrintable(QString::number(answered)));
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
    constexpr std::uint64_t clients = FOLIOT_SANITIZED ? 100'000 : 10'000'000; // a sanitizer's allocator counts nothing
    const auto allocated = ::mallinfo2().uordblks;
    Reply reply;
    for (std::uint64_t number = 0; number < clients; ++number) {
        const Arrival arrival{
            .octets = octets, .from = {.address = {.high = number << 32}, .port = 50'000}, .received = start.real};
        if (rig.responder.answer(arrival, reply))
            rig.responder.finish(reply, ntp::toTimestamp(left));
    }
    QVERIFY(rig.responder.counters().ofVersion[4] > clients / 10 * 9);
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

QTEST_GUILESS_MAIN(TestResponder)
#include "test_responder.moc"
