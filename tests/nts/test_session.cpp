// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A client's protected exchange, answered by the server's side or by somebody who would like to be the server. RFC 8915
// section 5.7, FAULTS rows 2 and 26 to 34.

#include "exchange_parts.h"
#include "ntp/octet_text.h"

#include "ntp/extension_field.h"
#include "ntp/octets.h"

#include <QTest>

#include <set>

using namespace foliot::nts;
using foliot::ntp::Octets;
using foliot::ntp::Rejection;

namespace {

constexpr std::uint32_t kissNtsn = 0x4e54534e;
constexpr std::uint32_t kissRate = 0x52415445;
constexpr std::uint32_t kissDeny = 0x44454e59;

QByteArray word(const Session::Verdict& verdict)
{
    if (const auto* rejection = std::get_if<Rejection>(&verdict)) {
        const auto text = rejectionWord(*rejection);
        return {text.data(), static_cast<qsizetype>(text.size())};
    }
    return std::holds_alternative<Session::Kissed>(verdict) ? "kissed" : "authentic";
}

Octets octetsOf(std::span<const std::byte> octets)
{
    return {octets.begin(), octets.end()};
}

// A reply that holds this beside its cookies' place: what the encrypted part is made of is the test's.
Octets sealedReply(const Session& session, const RequestRandom& random, const Octets& plaintext)
{
    Octets reply = octetsOf(replyHeader());
    appendField(reply, FieldType::UniqueIdentifier, random.uniqueIdentifier);
    const Octets nonce(nonceLength(session.algorithm()), std::byte{9});
    appendAuthenticator(reply, session.algorithm(), session.keys().serverToClient.octets(), nonce, plaintext);
    return reply;
}

Octets unprotectedReply(std::uint8_t stratum, std::uint32_t code, const RequestRandom& random)
{
    Octets reply = octetsOf(replyHeader(stratum, code));
    appendField(reply, FieldType::UniqueIdentifier, random.uniqueIdentifier);
    return reply;
}

Octets cookieFields(int count, std::size_t length)
{
    Octets fields;
    for (int i = 0; i < count; ++i) {
        foliot::ntp::appendExtensionField(fields, static_cast<std::uint16_t>(FieldType::NtsCookie), Octets(length), 4);
    }
    return fields;
}

} // namespace

class TestSession : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void exchangesKeepEightCookies_data();
    void exchangesKeepEightCookies();
    void placeholdersBringCookiesBack();
    void packetStaysWithinWhatIsNeverFragmented();
    void noCookieIsSentTwice();
    void withoutCookieThereIsNoRequest();
    void oneBitAnywhereIsRejected_data();
    void oneBitAnywhereIsRejected();
    void whatFollowsTheAuthenticatorIsIgnored();
    void unprotectedReplyIsRejected();
    void onlyHarmlessKissesAreHeardUnprotected();
    void anotherRequestsReplyIsRejected();
    void repeatedReplyIsADuplicate();
    void malformedFieldsAreRejected_data();
    void malformedFieldsAreRejected();
    void tooManyOrTooLongCookiesAreDropped();
    void strangeEncryptedFieldsSpoilNothing();
};

void TestSession::exchangesKeepEightCookies_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    for (const Algorithm algorithm : allAlgorithms) {
        QTest::newRow(algorithmName(algorithm).data()) << algorithm;
    }
}

void TestSession::exchangesKeepEightCookies()
{
    QFETCH(const Algorithm, algorithm);
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(algorithm, keys);
    for (int i = 0; i < 20; ++i) {
        const auto request = session.protect(requestHeader(), someRandom(i));
        QVERIFY(request);
        QCOMPARE(session.cookieCount(), wantedCookies - 1);
        const Octets reply = replyTo(*request, keys, i);
        QCOMPARE(reply.size(), request->size()); // nothing to gain for who forges the sender
        const auto verdict = session.judge(reply);
        QCOMPARE(word(verdict), QByteArray("authentic"));
        QCOMPARE(std::get<Session::Authentic>(verdict).length, 48UZ + 36UZ); // header and unique identifier
        QCOMPARE(session.cookieCount(), wantedCookies);
    }
}

void TestSession::placeholdersBringCookiesBack()
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    for (int lost = 0; lost < 5; ++lost) {
        session.protect(requestHeader(), someRandom(lost));
    }
    QCOMPARE(session.cookieCount(), 3UZ);
    const auto request = session.protect(requestHeader(), someRandom(9));
    const auto fields = findProtectedFields(*request);
    QVERIFY(fields);
    QVERIFY(std::ranges::equal(fields->placeholders(), std::vector(5, cookieLengthFor(Algorithm::SivCmac256))));
    QCOMPARE(word(session.judge(replyTo(*request, keys))), QByteArray("authentic"));
    QCOMPARE(session.cookieCount(), wantedCookies);
}

void TestSession::packetStaysWithinWhatIsNeverFragmented() // row 2
{
    Session session{Algorithm::SivCmac256, someClient(Algorithm::SivCmac256).keys, {Cookie(maxCookieLength)}};
    const auto request = session.protect(requestHeader(), someRandom(1));
    QVERIFY(request);
    QVERIFY(request->size() <= foliot::ntp::maxPacketLength);
    QCOMPARE(findProtectedFields(*request)->placeholderCount, 3UZ); // of the seven that are missing

    Octets reply =
        replyTo(*someSession(Algorithm::SivCmac256, someCookieKeys()).protect(requestHeader(), someRandom(1)),
            someCookieKeys());
    reply.resize(maxProtectedLength + 1);
    QCOMPARE(word(session.judge(reply)), QByteArray("too-long"));
}

void TestSession::noCookieIsSentTwice()
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::Gcm128Siv, keys);
    std::set<Octets> seen;
    for (int i = 0; i < 40; ++i) {
        const auto request = session.protect(requestHeader(), someRandom(i));
        const auto fields = findProtectedFields(*request);
        QCOMPARE(fields->cookieCount, 1UZ);
        QVERIFY(seen.insert(octetsOf(fields->cookie)).second);
        if (i % 3 != 0) { // a lost reply now and then
            session.judge(replyTo(*request, keys, i));
        }
    }
}

void TestSession::withoutCookieThereIsNoRequest() // row 34
{
    Session session = someSession(Algorithm::SivCmac256, someCookieKeys(), 1);
    QVERIFY(session.protect(requestHeader(), someRandom(1)));
    QVERIFY(!session.protect(requestHeader(), someRandom(2)));
}

void TestSession::oneBitAnywhereIsRejected_data()
{
    exchangesKeepEightCookies_data();
}

void TestSession::oneBitAnywhereIsRejected() // row 30
{
    QFETCH(const Algorithm, algorithm);
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(algorithm, keys);
    Octets reply = replyTo(*session.protect(requestHeader(), someRandom(1)), keys);
    const Octets good = reply;
    for (std::size_t bit = 0; bit < 8 * reply.size(); ++bit) {
        reply[bit / 8] ^= std::byte{1} << bit % 8;
        const auto verdict = session.judge(reply);
        QVERIFY2(std::holds_alternative<Rejection>(verdict), qPrintable(QString::number(bit)));
        QCOMPARE(session.cookieCount(), wantedCookies - 1);
        reply[bit / 8] ^= std::byte{1} << bit % 8;
    }
    QCOMPARE(word(session.judge(good)), QByteArray("authentic"));
}

void TestSession::whatFollowsTheAuthenticatorIsIgnored() // row 31
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    Octets reply = replyTo(*session.protect(requestHeader(), someRandom(1)), keys);
    const std::size_t authentic = 48 + 36;
    appendField(reply, FieldType::UniqueIdentifier, Octets(32, std::byte{0xee})); // a second one, and then rubbish
    reply.push_back(std::byte{1});
    const auto verdict = session.judge(reply);
    QCOMPARE(word(verdict), QByteArray("authentic"));
    QCOMPARE(std::get<Session::Authentic>(verdict).length, authentic);
}

void TestSession::unprotectedReplyIsRejected() // row 35
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    const auto random = someRandom(1);
    session.protect(requestHeader(), random);
    QCOMPARE(word(session.judge(octetsOf(replyHeader()))), QByteArray("unauthenticated"));
    QCOMPARE(word(session.judge(unprotectedReply(1, 0, random))), QByteArray("unauthenticated"));
}

void TestSession::onlyHarmlessKissesAreHeardUnprotected() // row 32
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    const auto random = someRandom(1);
    const auto request = session.protect(requestHeader(), random);
    QCOMPARE(word(session.judge(unprotectedReply(0, kissNtsn, someRandom(2)))), QByteArray("unauthenticated"));
    QCOMPARE(word(session.judge(unprotectedReply(0, kissDeny, random))), QByteArray("unauthenticated"));
    QCOMPARE(
        word(session.judge(unprotectedReply(1, kissRate, random))), QByteArray("unauthenticated")); // tells the time
    QCOMPARE(word(session.judge(unprotectedReply(0, kissRate, random))), QByteArray("kissed"));
    QCOMPARE(word(session.judge(unprotectedReply(0, kissNtsn, random))), QByteArray("kissed"));
    // The true answer may still come.
    QCOMPARE(word(session.judge(replyTo(*request, keys))), QByteArray("authentic"));
}

void TestSession::anotherRequestsReplyIsRejected() // row 29
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    QCOMPARE(word(session.judge(octetsOf(replyHeader()))), QByteArray("unsolicited"));
    const Octets late = replyTo(*session.protect(requestHeader(), someRandom(1)), keys);
    session.protect(requestHeader(), someRandom(2));
    QCOMPARE(word(session.judge(late)), QByteArray("unauthenticated"));
}

void TestSession::repeatedReplyIsADuplicate()
{
    const CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    const Octets reply = replyTo(*session.protect(requestHeader(), someRandom(1)), keys);
    QCOMPARE(word(session.judge(reply)), QByteArray("authentic"));
    QCOMPARE(word(session.judge(reply)), QByteArray("duplicate"));
    QCOMPARE(session.cookieCount(), wantedCookies);
}

void TestSession::malformedFieldsAreRejected_data()
{
    QTest::addColumn<Octets>("reply");
    Session session = someSession(Algorithm::SivCmac256, someCookieKeys());
    const auto random = someRandom(1);
    const Octets good = sealedReply(session, random, {});
    constexpr std::size_t authenticator = 48 + 36;
    const auto with = [&](std::size_t at, std::uint16_t number) {
        Octets changed = good;
        foliot::ntp::writeBigEndian(std::span{changed}, at, number);
        return changed;
    };
    QTest::newRow("row 27: nonce beyond the field") << with(authenticator + 4, 40);
    QTest::newRow("row 27: nonce empty") << with(authenticator + 4, 0);
    QTest::newRow("row 27: ciphertext beyond the field") << with(authenticator + 6, 20);
    QTest::newRow("row 27: ciphertext shorter than its tag") << with(authenticator + 6, 15);
    QTest::newRow("row 24: field of length 0") << with(50, 0);
    QTest::newRow("row 24: field beyond the end") << with(50, 2000);
    Octets shortIdentifier = octetsOf(replyHeader());
    appendField(shortIdentifier, FieldType::UniqueIdentifier, std::span{random.uniqueIdentifier}.first(28));
    QTest::newRow("unique identifier of 28 octets") << shortIdentifier;
    Octets twice = octetsOf(replyHeader());
    appendField(twice, FieldType::UniqueIdentifier, random.uniqueIdentifier);
    twice.insert(twice.end(), good.begin() + 48, good.end());
    QTest::newRow("row 28: two unique identifiers") << twice;
    Octets many = octetsOf(replyHeader());
    for (std::size_t i = 0; i <= maxFields; ++i) {
        foliot::ntp::appendExtensionField(many, 0x4242, {});
    }
    QTest::newRow("row 25: many fields") << many;
}

void TestSession::malformedFieldsAreRejected()
{
    QFETCH(const Octets, reply);
    Session session = someSession(Algorithm::SivCmac256, someCookieKeys());
    session.protect(requestHeader(), someRandom(1));
    QCOMPARE(word(session.judge(reply)), QByteArray("malformed-extension"));
}

void TestSession::tooManyOrTooLongCookiesAreDropped() // row 33
{
    Session session = someSession(Algorithm::SivCmac256, someCookieKeys(), 1);
    session.protect(requestHeader(), someRandom(1));
    QCOMPARE(word(session.judge(sealedReply(session, someRandom(1), cookieFields(1, 260)))), QByteArray("authentic"));
    QCOMPARE(session.cookieCount(), 0UZ);

    session = someSession(Algorithm::SivCmac256, someCookieKeys(), 1);
    session.protect(requestHeader(), someRandom(1));
    QCOMPARE(word(session.judge(sealedReply(session, someRandom(1), cookieFields(9, 100)))), QByteArray("authentic"));
    QCOMPARE(session.cookieCount(), wantedCookies);
}

void TestSession::strangeEncryptedFieldsSpoilNothing() // row 26
{
    Session session = someSession(Algorithm::SivCmac256, someCookieKeys(), 2);
    Octets plaintext;
    foliot::ntp::appendExtensionField(plaintext, 0x4242, Octets(4), 4);
    const Octets cookie = cookieFields(1, 100);
    plaintext.insert(plaintext.end(), cookie.begin(), cookie.end());
    session.protect(requestHeader(), someRandom(1));
    QCOMPARE(word(session.judge(sealedReply(session, someRandom(1), plaintext))), QByteArray("authentic"));
    QCOMPARE(session.cookieCount(), 2UZ);

    session.protect(requestHeader(), someRandom(2));
    QCOMPARE(
        word(session.judge(sealedReply(session, someRandom(2), Octets(7, std::byte{1})))), QByteArray("authentic"));
    QCOMPARE(session.cookieCount(), 1UZ);
}

QTEST_APPLESS_MAIN(TestSession)
#include "test_session.moc"
