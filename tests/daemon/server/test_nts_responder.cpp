// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What becomes of requests with Network Time Security, without any socket: RFC 8915 section 5.7. Numbers in the names are
// rows of the fault list.

#include "nts_rig.h"

#include "ntp/extension_field.h"
#include "ntp/kiss.h"
#include "ntp/packet.h"

#include <QTest>

#include <algorithm>
#include <random>

#include <malloc.h>

using namespace foliot;
using namespace foliot::tests;

class TestNtsResponder : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void protectedRequestGetsAProtectedReply_data();
    void protectedRequestGetsAProtectedReply();
    void cookieOfAnEarlierKeyIsGoodUntilItIsGone_36();
    void unreadableCookieIsRefused_55();
    void forgedRequestIsRefused_55();
    void refusalsAreLimited_55();
    void malformedRequestIsMetWithSilence();
    void serverWithoutKeysAnswersPlainly_53();
    void floodOfPlaceholdersGivesEightCookies_54();
    void noReplyIsLongerThanItsRequest_51();
    void memoryStaysWhateverTheClients_59();
    void deniedClientsHearNothing_57();
    void kissIsProtectedToo_56();
    void interleavedModeIsProtectedToo();
    void longRequestIsTakenUnderNtsAlone();
    void whatStandsBehindTheAuthenticatorIsIgnored();
    void symmetricKeysAreTakenBesideNts_data();
    void symmetricKeysAreTakenBesideNts();
    void otherVersionsAreNotProtected();
    void clientsAreRememberedAsAuthentic();
};

void TestNtsResponder::protectedRequestGetsAProtectedReply_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    for (const Algorithm algorithm : nts::allAlgorithms)
        QTest::newRow(nts::algorithmName(algorithm).data()) << algorithm;
}

void TestNtsResponder::protectedRequestGetsAProtectedReply()
{
    QFETCH(const Algorithm, algorithm);
    NtsRig rig;
    for (std::size_t cookies = 1; cookies <= nts::wantedCookies; ++cookies) {
        auto session = nts::someSession(algorithm, nts::someCookieKeys(), cookies);
        const auto header = rig.exchange(session);
        QVERIFY(header);
        QCOMPARE(header->stratum, std::uint8_t(3));
        QCOMPARE(header->origin.bits(), std::uint64_t(0x1234));
        QCOMPARE(header->receive, ntp::toTimestamp(received));
        QCOMPARE(header->transmit, ntp::toTimestamp(left)); // under the authenticator
        // As many as fit a packet of ours come back: with the longest keys not all of them at once.
        QVERIFY(session.cookieCount() >= std::min<std::size_t>(nts::wantedCookies, cookies + 4));
        QVERIFY(rig.exchange(session, 2)); // by a cookie of this server's
    }
    QCOMPARE(rig.counters().protectedByNts(), std::uint64_t(2 * nts::wantedCookies));
    QCOMPARE(rig.counters().protectedWith[placeOf(algorithm)], std::uint64_t(2 * nts::wantedCookies));
    QVERIFY(rig.counters().cookiesFor[placeOf(algorithm)] > rig.counters().protectedWith[placeOf(algorithm)]);
    QCOMPARE(rig.counters().ofVersion[4], std::uint64_t(2 * nts::wantedCookies));
    QCOMPARE(rig.counters().dropped(), std::uint64_t(0));
}

void TestNtsResponder::cookieOfAnEarlierKeyIsGoodUntilItIsGone_36()
{
    NtsRig rig;
    nts::CookieKeys keys{keyNumbered(1)};
    rig.serveWith(nts::CookieKeys{keyNumbered(1)});
    auto steady = nts::someSession(Algorithm::SivCmac256, keys, 1);
    auto absent = nts::someSession(Algorithm::SivCmac256, keys, 3);
    for (std::uint32_t id = 2; id <= 4; ++id) {
        nts::CookieKeys rotated{keyNumbered(id - 1)};
        rotated.rotate(keyNumbered(id), 2);
        rig.serveWith(std::move(rotated));
        for (std::size_t i = 0; i < nts::wantedCookies; ++i)
            QVERIFY(rig.exchange(steady)); // until none is left of the key before
        if (id == 2)
            QVERIFY(rig.exchange(absent));
    }
    absent.giveUpCookies(absent.cookieCount() - 2); // the two that the first key made
    const auto request = absent.protect(nts::requestHeader(), nts::someRandom(1));
    const auto refusal = rig.reply(*request);
    QVERIFY(refusal && isRefusal(*refusal));
    QVERIFY(std::holds_alternative<Session::Kissed>(absent.judge(*refusal)));
}

void TestNtsResponder::unreadableCookieIsRefused_55()
{
    NtsRig rig;
    auto session = nts::someSession(Algorithm::SivCmac256, nts::CookieKeys{keyNumbered(9)}, 2);
    const auto request = *session.protect(nts::requestHeader(), nts::someRandom(1));
    const auto refusal = rig.reply(request);
    QVERIFY(refusal && isRefusal(*refusal));
    QVERIFY(refusal->size() < request.size());
    QVERIFY(std::holds_alternative<Session::Kissed>(session.judge(*refusal)));
    QCOMPARE(rig.counters().unreadableCookies, std::uint64_t(1));
    QCOMPARE(rig.counters().notAuthenticByNts, std::uint64_t(0));
    QCOMPARE(rig.counters().protectedByNts(), std::uint64_t(0));
}

void TestNtsResponder::forgedRequestIsRefused_55()
{
    NtsRig rig;
    auto request = protectedRequest();
    request[ntp::headerLength - 1] ^= std::byte{1}; // of the transmit timestamp
    const auto refusal = rig.reply(request);
    QVERIFY(refusal);
    QCOMPARE(ntp::parseHeader(*refusal)->stratum, std::uint8_t(0));
    QCOMPARE(rig.counters().notAuthenticByNts, std::uint64_t(1));
    QCOMPARE(rig.counters().unreadableCookies, std::uint64_t(0));
}

void TestNtsResponder::refusalsAreLimited_55()
{
    NtsRig rig({.limit = {.perSecond = 0.001, .burst = 10, .entries = 64}});
    const auto forged = protectedRequest(2, nts::CookieKeys{keyNumbered(9)});
    int refusals = 0;
    for (int i = 0; i < 1000; ++i)
        refusals += rig.reply(forged) ? 1 : 0;
    QVERIFY2(refusals >= 10 && refusals <= 10 + 180, qPrintable(QString::number(refusals)));
    QCOMPARE(rig.counters().rateLimited, static_cast<std::uint64_t>(1000 - refusals));
    QVERIFY(rig.reply(protectedRequest(), {.high = 0x7F00'0002'0000'0000})); // others are served
}

void TestNtsResponder::malformedRequestIsMetWithSilence()
{
    NtsRig rig;
    const auto good = protectedRequest();
    QVERIFY(!rig.reply(std::span(good).first(good.size() - 40))); // no authenticator
    auto twoCookies = good;
    twoCookies[ntp::headerLength + 1] = std::byte{0x04}; // the unique identifier
    twoCookies[ntp::headerLength] = std::byte{0x02};     // is a cookie now
    QVERIFY(!rig.reply(twoCookies));
    QCOMPARE(rig.counters().rejected[placeOf(ntp::Rejection::MalformedExtension)], std::uint64_t(2));
}

void TestNtsResponder::serverWithoutKeysAnswersPlainly_53()
{
    NtsRig rig;
    rig.serveWith({});
    auto session = nts::someSession(Algorithm::SivCmac256, nts::someCookieKeys());
    const auto reply = rig.reply(*session.protect(nts::requestHeader(), nts::someRandom(1)));
    QVERIFY(reply);
    QCOMPARE(reply->size(), ntp::headerLength);
    const auto verdict = session.judge(*reply);
    QVERIFY(std::holds_alternative<ntp::Rejection>(verdict)); // which is what a client makes of it
    QCOMPARE(rig.counters().protectedByNts() + rig.counters().unreadableCookies, std::uint64_t(0));
}

void TestNtsResponder::floodOfPlaceholdersGivesEightCookies_54()
{
    NtsRig rig;
    const auto keys = nts::someCookieKeys();
    const std::size_t cookieLength = nts::cookieLengthFor(Algorithm::Gcm128Siv);
    const auto header = nts::requestHeader();
    Octets request{header.begin(), header.end()};
    nts::appendField(request, nts::FieldType::UniqueIdentifier, Octets(32, std::byte{3}));
    nts::appendField(request, nts::FieldType::NtsCookie,
        *keys.make(nts::someClient(Algorithm::Gcm128Siv), Octets(nts::cookieNonceLength)));
    while (request.size() + 200 < nts::maxProtectedLength)
        nts::appendField(request, nts::FieldType::NtsCookiePlaceholder, Octets(cookieLength));
    const auto content = nts::someClient(Algorithm::Gcm128Siv);
    QVERIFY(nts::appendAuthenticator(
        request, content.algorithm, content.keys.clientToServer.octets(), Octets(12, std::byte{5}), {}));
    const auto reply = rig.reply(request);
    QVERIFY(reply);
    const auto fields = nts::findProtectedFields(*reply);
    const auto plaintext =
        nts::openAuthenticator(*reply, *fields->authenticator, content.algorithm, content.keys.serverToClient.octets());
    QCOMPARE(plaintext->size(), nts::wantedCookies * (ntp::fieldHeaderLength + cookieLength));
}

// Whatever comes in.
void TestNtsResponder::noReplyIsLongerThanItsRequest_51()
{
    NtsRig rig;
    std::mt19937_64 random(7);
    int answered = 0;
    for (int i = 0; i < 20'000; ++i) {
        const auto algorithm = nts::allAlgorithms.at(random() % nts::allAlgorithms.size());
        auto session = nts::someSession(algorithm, nts::someCookieKeys(), random() % nts::wantedCookies + 1);
        auto octets = *session.protect(nts::requestHeader(), nts::someRandom(i));
        for (std::uint64_t flips = random() % 3; flips > 0; --flips)
            octets[random() % octets.size()] ^= static_cast<std::byte>(1U << random() % 8);
        octets.resize(random() % 4 == 0 ? random() % 2400 : octets.size());
        const auto reply = rig.reply(octets);
        answered += reply ? 1 : 0;
        QVERIFY(!reply || reply->size() <= octets.size());
    }
    QVERIFY2(answered > 8'000, qPrintable(QString::number(answered)));
    QVERIFY(rig.counters().protectedByNts() > 4'000);
}

void TestNtsResponder::memoryStaysWhateverTheClients_59()
{
    NtsRig rig;
    const auto request = protectedRequest(1);
    rig.reply(request);
    constexpr int requests = FOLIOT_SANITIZED ? 1'000 : 100'000;
    Reply reply;
    const auto allocated = ::mallinfo2().uordblks;
    for (int i = 0; i < requests; ++i) {
        const Arrival arrival{.octets = request, .from = {.address = client, .port = 50'000}, .received = received};
        QVERIFY(rig.responder.answer(arrival, reply));
        rig.responder.finish(reply, ntp::toTimestamp(left));
    }
    QCOMPARE(::mallinfo2().uordblks, allocated);
}

void TestNtsResponder::deniedClientsHearNothing_57()
{
    NtsRig rig;
    rig.published.access.publish(AccessList{});
    rig.responder.begin(start);
    QVERIFY(!rig.reply(protectedRequest()));
    QCOMPARE(rig.counters().denied, std::uint64_t(1));
    QCOMPARE(rig.counters().protectedByNts(), std::uint64_t(0));
}

// A client believes no other, and gets its cookie back.
void TestNtsResponder::kissIsProtectedToo_56()
{
    NtsRig rig({.limit = {.perSecond = 0.001, .burst = 1, .entries = 64}});
    int kisses = 0;
    for (int i = 0; i < 200; ++i) {
        auto session = nts::someSession(Algorithm::SivCmac256, nts::someCookieKeys());
        const auto request = session.protect(nts::requestHeader(), nts::someRandom(i));
        const auto reply = rig.reply(*request);
        if (!reply)
            continue;
        kisses += i == 0 ? 0 : 1;
        QVERIFY(std::holds_alternative<Session::Authentic>(session.judge(*reply)));
        QCOMPARE(session.cookieCount(), nts::wantedCookies);
        QCOMPARE(ntp::parseHeader(*reply)->referenceId, std::uint32_t(i == 0 ? 0 : 0x5241'5445)); // "RATE"
    }
    QVERIFY(kisses > 0);
    QCOMPARE(rig.counters().kisses, static_cast<std::uint64_t>(kisses));
}

// RFC 9769: what a reply says of the one before is under its authenticator, and a replayed request is told nothing new.
void TestNtsResponder::interleavedModeIsProtectedToo()
{
    NtsRig rig;
    auto session = nts::someSession(Algorithm::SivCmac256, nts::someCookieKeys());
    const ntp::Timestamp noted{0x7777'8888};
    const auto ask = [&](ntp::Timestamp origin) {
        const auto header = ntp::serializeHeader(
            {.mode = ntp::Mode::Client, .origin = origin, .receive = noted, .transmit = ntp::Timestamp{9}});
        const auto request = *session.protect(header, nts::someRandom(1));
        const auto octets = *rig.reply(request);
        const bool isAuthentic = std::holds_alternative<Session::Authentic>(session.judge(octets));
        return isAuthentic ? ntp::parseHeader(octets).value() : ntp::Header{};
    };
    const auto first = ask(ntp::Timestamp{5});
    QCOMPARE(first.origin, ntp::Timestamp{9}); // basic: there was none before
    const auto second = ask(first.receive);
    QCOMPARE(second.origin, noted);
    QCOMPARE(second.transmit, ntp::toTimestamp(left)); // of the first
    QCOMPARE(rig.counters().interleaved, std::uint64_t(1));
}

void TestNtsResponder::longRequestIsTakenUnderNtsAlone()
{
    NtsRig rig;
    const auto keys = nts::someCookieKeys();
    const auto content = nts::someClient(Algorithm::SivCmac512);
    const auto header = nts::requestHeader();
    Octets request{header.begin(), header.end()};
    nts::appendField(request, nts::FieldType::UniqueIdentifier, Octets(32, std::byte{3}));
    nts::appendField(request, nts::FieldType::NtsCookie, *keys.make(content, Octets(nts::cookieNonceLength)));
    for (int i = 0; i < 7; ++i)
        nts::appendField(
            request, nts::FieldType::NtsCookiePlaceholder, Octets(nts::cookieLengthFor(content.algorithm)));
    QVERIFY(nts::appendAuthenticator(
        request, content.algorithm, content.keys.clientToServer.octets(), Octets(16, std::byte{5}), {}));
    QVERIFY(request.size() > ntp::maxPacketLength);
    const auto reply = rig.reply(request);
    QVERIFY(reply && reply->size() <= request.size());
    QCOMPARE(rig.counters().protectedByNts(), std::uint64_t(1));
    request.resize(nts::maxProtectedLength + 1);
    QVERIFY(!rig.reply(request));
    request.resize(ntp::maxPacketLength + 4);
    rig.serveWith({});
    QVERIFY(!rig.reply(request));
    QCOMPARE(rig.counters().rejected[placeOf(ntp::Rejection::TooLong)], std::uint64_t(2));
}

void TestNtsResponder::whatStandsBehindTheAuthenticatorIsIgnored()
{
    NtsRig rig;
    auto session = nts::someSession(Algorithm::SivCmac256, nts::someCookieKeys());
    auto request = *session.protect(nts::requestHeader(), nts::someRandom(1));
    ntp::appendExtensionField(request, 0x4242, Octets(24, std::byte{1}));
    auto reply = rig.reply(request);
    QVERIFY(reply && std::holds_alternative<Session::Authentic>(session.judge(*reply)));
    // Nor a MAC, be it by a key that we do not have.
    request = *session.protect(nts::requestHeader(), nts::someRandom(2));
    request.resize(request.size() + 24, std::byte{7});
    reply = rig.reply(request);
    QVERIFY(reply && std::holds_alternative<Session::Authentic>(session.judge(*reply)));
    QCOMPARE(rig.counters().authenticated, std::uint64_t(0));
}

void TestNtsResponder::symmetricKeysAreTakenBesideNts_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("field"); // octets of one of somebody else's, 0: there is none
    for (const int version : {1, 2, 3, 4})
        QTest::addRow("version %d", version) << version << 0;
    QTest::newRow("behind a short field") << 4 << 16;
    QTest::newRow("behind a long field") << 4 << 400;
}

void TestNtsResponder::symmetricKeysAreTakenBesideNts()
{
    QFETCH(const int, version);
    QFETCH(const int, field);
    NtsRig rig;
    const auto& key = *rig.published.keys.value()->find(1);
    const auto header = nts::requestHeader();
    Octets request(header.begin(), header.end());
    request.front() = static_cast<std::byte>(version << 3 | 3);
    if (field > 0)
        ntp::appendExtensionField(request, 0x4242, Octets(static_cast<std::size_t>(field) - ntp::fieldHeaderLength));
    std::array<std::byte, keys::longestDigest> digest{};
    const auto length = keys::MacComputer().compute(key, request, static_cast<std::uint8_t>(version), digest);
    request.insert(request.end(), {std::byte{0}, std::byte{0}, std::byte{0}, std::byte{1}});
    request.insert(request.end(), digest.begin(), digest.begin() + static_cast<std::ptrdiff_t>(length));
    const auto reply = rig.reply(request);
    QVERIFY(reply && reply->size() <= request.size());
    const auto packet = ntp::parsePacket(*reply, ntp::maxPacketLength, 1).value();
    QVERIFY(packet.mac);
    QVERIFY(keys::MacComputer().verify(
        key, std::span(*reply).first(packet.mac->offset), packet.header.version, packet.mac->digest));
    QCOMPARE(rig.counters().authenticated, std::uint64_t(1));
    request.back() ^= std::byte{1};
    QVERIFY(!rig.reply(request));
    QCOMPARE(rig.counters().rejected[placeOf(ntp::Rejection::Unauthenticated)], std::uint64_t(1));
}

// NTS is of version 4 alone; the fields of a packet of version 3 are none.
void TestNtsResponder::otherVersionsAreNotProtected()
{
    NtsRig rig;
    auto request = protectedRequest();
    request.front() = std::byte{3 << 3 | 3};
    const auto reply = rig.reply(request);
    QVERIFY(!reply || reply->size() == ntp::headerLength);
    QCOMPARE(rig.counters().protectedByNts() + rig.counters().notAuthenticByNts, std::uint64_t(0));
}

void TestNtsResponder::clientsAreRememberedAsAuthentic()
{
    NtsRig rig({.clientLog = 64});
    QVERIFY(rig.reply(protectedRequest()));
    QVERIFY(rig.reply(protectedRequest(2, nts::CookieKeys{keyNumbered(9)})));
    const auto records = rig.responder.clients().records();
    QCOMPARE(records.size(), 1UZ);
    QCOMPARE(records.front().received, std::uint64_t(2));
    QCOMPARE(records.front().authenticated, std::uint64_t(1));
    QCOMPARE(records.front().answered, std::uint64_t(1)); // a refusal tells no time
}

QTEST_GUILESS_MAIN(TestNtsResponder)
#include "test_nts_responder.moc"
