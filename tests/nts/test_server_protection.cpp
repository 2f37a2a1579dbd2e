// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A server's side of a protected exchange, and requests that are none. RFC 8915 section 5.7, FAULTS rows 36, 51 and 53 to 55.

#include "exchange_parts.h"
#include "ntp/octet_text.h"

#include <QTest>

using namespace foliot::nts;
using foliot::ntp::Octets;
using foliot::ntp::toHex;

namespace {

QByteArray word(const std::expected<ProtectedRequest, RequestFault>& request)
{
    if (request) {
        return "authentic";
    }
    switch (request.error()) {
    case RequestFault::NotProtected:
        return "plain";
    case RequestFault::Malformed:
        return "malformed";
    case RequestFault::UnreadableCookie:
        return "unreadable";
    case RequestFault::NotAuthentic:
        return "not authentic";
    }
    return {};
}

Octets octetsOf(std::span<const std::byte> octets)
{
    return {octets.begin(), octets.end()};
}

// A request of the test's own making: what stands before the authenticator is given.
Octets requestWith(const Octets& fields, Algorithm algorithm, std::size_t nonce)
{
    Octets request = octetsOf(requestHeader());
    request.insert(request.end(), fields.begin(), fields.end());
    appendAuthenticator(
        request, algorithm, someClient(algorithm).keys.clientToServer.octets(), Octets(nonce, std::byte{5}), {});
    return request;
}

Octets ordinaryFields(const CookieKeys& keys, Algorithm algorithm = Algorithm::SivCmac256)
{
    Octets fields;
    appendField(fields, FieldType::UniqueIdentifier, Octets(32, std::byte{3}));
    appendField(fields, FieldType::NtsCookie, *keys.make(someClient(algorithm), Octets(cookieNonceLength)));
    return fields;
}

} // namespace

class TestServerProtection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void plainRequestIsNotForUs();
    void cookieOfAnEarlierKeyIsReadUntilItIsGone();
    void refusalIsWhatAClientBelieves();
    void replyIsNeverLongerThanItsRequest();
    void replyThatWouldBeLongerIsNotProtected();
    void floodOfPlaceholdersGivesEightCookies();
    void shortNonceNeedsPadding();
    void requestThatIsNoneGetsSilence_data();
    void requestThatIsNoneGetsSilence();
    void oneBitAnywhereIsRejected();
    void oneProtectionServesManyClients();
    void manyAtOnceAreThoseOfEach();
};

void TestServerProtection::plainRequestIsNotForUs() // row 53
{
    QCOMPARE(word(openRequest(octetsOf(requestHeader()), someCookieKeys())), QByteArray("plain"));
    Octets foreign = octetsOf(requestHeader());
    foliot::ntp::appendExtensionField(foreign, 0x4242, Octets(24));
    QCOMPARE(word(openRequest(foreign, someCookieKeys())), QByteArray("plain"));
}

void TestServerProtection::cookieOfAnEarlierKeyIsReadUntilItIsGone() // row 36
{
    CookieKeys keys = someCookieKeys();
    Session session = someSession(Algorithm::SivCmac256, keys);
    for (std::uint32_t id = 2; id <= 3; ++id) {
        keys.rotate({.id = id, .secret = someSecret(cookieKeyLength, static_cast<int>(id))}, 3);
    }
    QCOMPARE(word(openRequest(*session.protect(requestHeader(), someRandom(1)), keys)), QByteArray("authentic"));
    keys.rotate({.id = 4, .secret = someSecret(cookieKeyLength, 4)}, 3);
    QCOMPARE(word(openRequest(*session.protect(requestHeader(), someRandom(2)), keys)), QByteArray("unreadable"));
}

void TestServerProtection::refusalIsWhatAClientBelieves() // row 55
{
    Session session = someSession(Algorithm::SivCmac256, someCookieKeys());
    const CookieKeys others{{.id = 1, .secret = someSecret(cookieKeyLength, 7)}};
    const auto request = session.protect(requestHeader(), someRandom(1));
    QCOMPARE(word(openRequest(*request, others)), QByteArray("unreadable"));
    const auto nak = nakReply(replyHeader(), *request);
    QVERIFY(nak && nak->size() < request->size());
    QVERIFY(std::holds_alternative<Session::Kissed>(session.judge(*nak)));
    QCOMPARE(foliot::ntp::parseHeader(*nak)->origin.bits(), 0x1234UL);
    QVERIFY(!nakReply(replyHeader(), octetsOf(requestHeader())));
}

void TestServerProtection::replyIsNeverLongerThanItsRequest() // row 51
{
    const CookieKeys keys = someCookieKeys();
    for (const Algorithm algorithm : allAlgorithms) {
        for (std::size_t cookies = 1; cookies <= wantedCookies; ++cookies) {
            Session session = someSession(algorithm, keys, cookies);
            const auto request = session.protect(requestHeader(), someRandom(1));
            QVERIFY(replyTo(*request, keys).size() <= request->size());
        }
    }
}

void TestServerProtection::replyThatWouldBeLongerIsNotProtected() // row 51
{
    const CookieKeys keys = someCookieKeys();
    ServerProtection protection{keys};
    Session session = someSession(Algorithm::SivCmac256, keys);
    const Octets request = *session.protect(requestHeader(), someRandom(1));
    auto opened = protection.open(request);
    QVERIFY(opened);
    const Octets random(ServerProtection::randomLength(*opened), std::byte{6});
    Octets reply(request.size());
    const auto length = protection.protect(reply, *opened, random);
    QVERIFY(length);
    opened->length = *length;
    QVERIFY(protection.protect(reply, *opened, random));
    opened->length = *length - 1;
    QVERIFY(!protection.protect(reply, *opened, random));
}

void TestServerProtection::floodOfPlaceholdersGivesEightCookies() // row 54
{
    const CookieKeys keys = someCookieKeys();
    Octets fields = ordinaryFields(keys);
    for (int i = 0; i < 17; ++i) {
        appendField(
            fields, FieldType::NtsCookiePlaceholder, Octets(i == 0 ? 16UZ : cookieLengthFor(Algorithm::SivCmac256)));
    }
    const auto request = openRequest(requestWith(fields, Algorithm::SivCmac256, 16), keys);
    QVERIFY(request);
    QCOMPARE(request->cookiesWanted, wantedCookies);

    Octets small = ordinaryFields(keys);
    appendField(small, FieldType::NtsCookiePlaceholder, Octets(12)); // would make the reply longer than the request
    QCOMPARE(openRequest(requestWith(small, Algorithm::SivCmac256, 16), keys)->cookiesWanted, 1UZ);

    Octets cookies = ordinaryFields(keys);
    appendField(
        cookies, FieldType::NtsCookie, *keys.make(someClient(Algorithm::SivCmac256), Octets(cookieNonceLength)));
    QCOMPARE(word(openRequest(requestWith(cookies, Algorithm::SivCmac256, 16), keys)), QByteArray("malformed"));
}

void TestServerProtection::shortNonceNeedsPadding()
{
    // Section 5.6: who sends a nonce of 8 octets to AES-SIV has to make room for the 16 of the answer.
    const CookieKeys keys = someCookieKeys();
    for (const std::size_t nonce : {8UZ, 12UZ}) {
        QCOMPARE(word(openRequest(requestWith(ordinaryFields(keys), Algorithm::SivCmac256, nonce), keys)),
            QByteArray("malformed"));
    }
    const Octets gcm = requestWith(ordinaryFields(keys, Algorithm::Gcm128Siv), Algorithm::Gcm128Siv, 12);
    QCOMPARE(word(openRequest(gcm, keys)), QByteArray("authentic"));
}

void TestServerProtection::requestThatIsNoneGetsSilence_data()
{
    QTest::addColumn<Octets>("request");
    const CookieKeys keys = someCookieKeys();
    const Octets good = requestWith(ordinaryFields(keys), Algorithm::SivCmac256, 16);
    Octets onlyIdentifier = octetsOf(requestHeader());
    appendField(onlyIdentifier, FieldType::UniqueIdentifier, Octets(32));
    QTest::newRow("unique identifier alone") << onlyIdentifier;
    QTest::newRow("no authenticator") << Octets{good.begin(), good.end() - 40};
    QTest::newRow("cut") << Octets{good.begin(), good.end() - 1};
    QTest::newRow("shorter than a header") << Octets(47);
    Octets fields;
    appendField(fields, FieldType::UniqueIdentifier, Octets(32));
    QTest::newRow("no cookie") << requestWith(fields, Algorithm::SivCmac256, 16);
    Octets onlyCookie;
    appendField(onlyCookie, FieldType::NtsCookie, Octets(104));
    QTest::newRow("no unique identifier") << requestWith(onlyCookie, Algorithm::SivCmac256, 16);
}

void TestServerProtection::requestThatIsNoneGetsSilence()
{
    QFETCH(const Octets, request);
    QCOMPARE(word(openRequest(request, someCookieKeys())), QByteArray("malformed"));
}

void TestServerProtection::oneBitAnywhereIsRejected() // row 55
{
    const CookieKeys keys = someCookieKeys();
    Octets request = requestWith(ordinaryFields(keys), Algorithm::SivCmac256, 16);
    for (std::size_t bit = 0; bit < 8 * request.size(); ++bit) {
        request[bit / 8] ^= std::byte{1} << bit % 8;
        QVERIFY2(!openRequest(request, keys), qPrintable(QString::number(bit)));
        request[bit / 8] ^= std::byte{1} << bit % 8;
    }
    QVERIFY(openRequest(request, keys));
}

// One after the other: all are opened before the first reply is protected.
void TestServerProtection::oneProtectionServesManyClients()
{
    const CookieKeys keys = someCookieKeys();
    ServerProtection protection{keys};
    for (int round = 0; round < 3; ++round) {
        std::vector<Session> sessions;
        std::vector<Octets> requests;
        std::vector<ProtectedRequest> opened;
        for (std::size_t i = 0; i < 2 * allAlgorithms.size(); ++i) {
            sessions.push_back(someSession(
                allAlgorithms.at(i % allAlgorithms.size()), keys, 1 + i % wantedCookies, static_cast<int>(i)));
            requests.push_back(*sessions.back().protect(requestHeader(), someRandom(static_cast<int>(i))));
        }
        for (const Octets& request : requests) {
            auto one = protection.open(request);
            QVERIFY(one);
            opened.push_back(*std::move(one));
        }
        for (std::size_t i = 0; i < opened.size(); ++i) {
            Octets reply = octetsOf(replyHeader());
            reply.resize(opened[i].length);
            const Octets random(ServerProtection::randomLength(opened[i]), static_cast<std::byte>(i));
            const auto length = protection.protect(reply, opened[i], random);
            QVERIFY(length && *length <= reply.size());
            reply.resize(*length);
            QVERIFY(std::holds_alternative<Session::Authentic>(sessions[i].judge(reply)));
            QCOMPARE(sessions[i].cookieCount(), wantedCookies);
        }
        protection.forget();
    }
}

// Some good, some not, of all algorithms, in groups of any size.
void TestServerProtection::manyAtOnceAreThoseOfEach()
{
    const CookieKeys keys = someCookieKeys();
    const CookieKeys others{{.id = 9, .secret = someSecret(cookieKeyLength, 9)}};
    std::vector<Session> sessions;
    std::vector<Octets> requests;
    for (std::size_t i = 0; i < 24; ++i) {
        const Algorithm algorithm = allAlgorithms.at(i % allAlgorithms.size());
        const int client = static_cast<int>(i);
        sessions.push_back(someSession(algorithm, i % 5 == 4 ? others : keys, 1 + i % wantedCookies, client));
        requests.push_back(*sessions.back().protect(requestHeader(), someRandom(client)));
        if (i % 5 == 1)
            requests.back()[20] ^= std::byte{1};
        if (i % 5 == 3)
            requests.back().resize(48 + i % 2);
    }
    for (std::size_t count = 0; count <= requests.size(); ++count) {
        ServerProtection together{keys};
        ServerProtection alone{keys};
        const std::vector<std::span<const std::byte>> views(
            requests.begin(), requests.begin() + static_cast<std::ptrdiff_t>(count));
        std::vector<ServerProtection::Opened> opened(count);
        together.open(views, opened);
        std::vector<ServerProtection::Protection> protections;
        std::vector<Octets> replies(count, octetsOf(replyHeader()));
        const Octets random(mostReplyRandom, std::byte{6});
        for (std::size_t i = 0; i < count; ++i) {
            QCOMPARE(word(opened[i]), word(alone.open(requests[i])));
            QCOMPARE(opened[i].has_value(), i % 5 == 0 || i % 5 == 2);
            replies[i].resize(requests[i].size());
            if (opened[i])
                protections.push_back({.reply = replies[i],
                    .request = &*opened[i],
                    .random = std::span{random}.first(ServerProtection::randomLength(*opened[i])),
                    .length = {}});
        }
        together.protect(protections);
        if (count == requests.size()) {
            for (const auto& [reply, request, nonces, length] : protections) {
                const auto i = static_cast<std::size_t>(request->uniqueIdentifier.front()); // someRandom()
                QVERIFY(length);
                QVERIFY(std::holds_alternative<Session::Authentic>(sessions[i].judge(reply.first(*length))));
            }
        }
        for (const auto& [reply, request, nonces, length] : protections) {
            Octets expected = octetsOf(replyHeader());
            expected.resize(request->length);
            QCOMPARE(length, alone.protect(expected, *request, nonces));
            QCOMPARE(toHex(reply), toHex(expected));
        }
    }
}

QTEST_APPLESS_MAIN(TestServerProtection)
#include "test_server_protection.moc"
