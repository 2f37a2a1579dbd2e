// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The server's cookies: read back by whoever has the key, and by nobody else. RFC 8915 section 6, FAULTS rows 36 and 55.

#include "exchange_parts.h"
#include "ntp/octet_text.h"

#include <QTest>

using namespace foliot::nts;
using foliot::ntp::Octets;
using foliot::ntp::toHex;

class TestCookie : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comesBackAsItWas_data();
    void comesBackAsItWas();
    void eightAtOnceAreThoseOfEach_data();
    void eightAtOnceAreThoseOfEach();
    void forgedCookieIsNotRead();
    void rotationForgetsTheOldest();
    void jarReadsTheCookiesOfAllItsKeys();
    void cookiesOfSeveralKeysAreReadTogether();
    void badCookieLeavesNothingOfTheClientBefore_data();
    void badCookieLeavesNothingOfTheClientBefore();
    void serverWithoutAKeyHasNoCookies();
    void movedSecretIsGoneFromWhereItWas();
    void textSaysWhatItsContentSays_data();
    void textSaysWhatItsContentSays();
    void movedTextIsGoneFromWhereItWas();
    void textOfAnotherLengthOrAlgorithmIsNone();
};

void TestCookie::comesBackAsItWas_data()
{
    QTest::addColumn<Algorithm>("algorithm");
    for (const Algorithm algorithm : allAlgorithms) {
        QTest::newRow(algorithmName(algorithm).data()) << algorithm;
    }
}

void TestCookie::comesBackAsItWas()
{
    QFETCH(const Algorithm, algorithm);
    const CookieKeys keys = someCookieKeys();
    const auto cookie = keys.make(someClient(algorithm), Octets(cookieNonceLength, std::byte{4}));
    QVERIFY(cookie);
    QCOMPARE(cookie->size(), cookieLengthFor(algorithm));
    QCOMPARE(cookie->size() % 4, 0UZ);
    QVERIFY(cookie->size() <= maxCookieLength);
    const auto content = keys.read(*cookie);
    QVERIFY(content);
    QCOMPARE(content->algorithm, algorithm);
    QCOMPARE(toHex(content->keys.clientToServer.octets()), toHex(someClient(algorithm).keys.clientToServer.octets()));
    QCOMPARE(toHex(content->keys.serverToClient.octets()), toHex(someClient(algorithm).keys.serverToClient.octets()));
    // Nobody can tell from two cookies that they are one client's.
    const auto other = keys.make(someClient(algorithm), Octets(cookieNonceLength, std::byte{5}));
    QVERIFY(!std::ranges::equal(std::span{*cookie}.subspan(4, 16), std::span{*other}.subspan(4, 16)));
    QVERIFY(!std::ranges::equal(std::span{*cookie}.subspan(20), std::span{*other}.subspan(20)));
}

void TestCookie::eightAtOnceAreThoseOfEach_data()
{
    comesBackAsItWas_data();
}

void TestCookie::eightAtOnceAreThoseOfEach()
{
    QFETCH(const Algorithm, algorithm);
    const CookieKeys keys = someCookieKeys();
    CookieJar jar{keys};
    const std::size_t length = cookieLengthFor(algorithm);
    for (std::size_t count = 1; count <= wantedCookies; ++count) {
        Octets nonces(count * cookieNonceLength);
        for (std::size_t i = 0; i < nonces.size(); ++i) {
            nonces[i] = static_cast<std::byte>(7 * i + count);
        }
        Octets cookies(count * length);
        QVERIFY(jar.make(someClient(algorithm), nonces, cookies));
        for (std::size_t i = 0; i < count; ++i) {
            const auto nonce = std::span{nonces}.subspan(i * cookieNonceLength, cookieNonceLength);
            QVERIFY(std::ranges::equal(
                *keys.make(someClient(algorithm), nonce), std::span{cookies}.subspan(i * length, length)));
        }
    }
}

void TestCookie::forgedCookieIsNotRead() // row 55
{
    const CookieKeys keys = someCookieKeys();
    Octets cookie = *keys.make(someClient(Algorithm::Gcm128Siv), Octets(cookieNonceLength));
    for (std::size_t bit = 0; bit < 8 * cookie.size(); ++bit) {
        cookie[bit / 8] ^= std::byte{1} << bit % 8;
        QVERIFY(!keys.read(cookie));
        cookie[bit / 8] ^= std::byte{1} << bit % 8;
    }
    QVERIFY(keys.read(cookie));
    for (std::size_t length = 0; length < cookie.size(); ++length) {
        QVERIFY(!keys.read(std::span{cookie}.first(length)));
    }
    cookie.resize(cookie.size() + 4);
    QVERIFY(!keys.read(cookie));
    cookie.resize(maxCookieLength + 100); // still by a key of ours
    QVERIFY(!keys.read(cookie));
}

void TestCookie::rotationForgetsTheOldest() // row 36
{
    CookieKeys keys = someCookieKeys();
    const Octets first = *keys.make(someClient(Algorithm::SivCmac256), Octets(cookieNonceLength));
    keys.rotate({.id = 2, .secret = someSecret(cookieKeyLength, 2)}, 2);
    QVERIFY(keys.read(first));
    QCOMPARE(keys.all().front().id, 2U);
    const Octets second = *keys.make(someClient(Algorithm::SivCmac256), Octets(cookieNonceLength));
    keys.rotate({.id = 3, .secret = someSecret(cookieKeyLength, 3)}, 2);
    QVERIFY(!keys.read(first));
    QVERIFY(keys.read(second));
    QCOMPARE(keys.all().size(), 2UZ);
}

void TestCookie::jarReadsTheCookiesOfAllItsKeys() // row 36
{
    CookieKeys keys = someCookieKeys();
    CookieJar jar{keys};
    std::vector<Octets> cookies;
    for (int i = 0; i < 6; ++i) {
        const Algorithm algorithm = allAlgorithms.at(static_cast<std::size_t>(i) % allAlgorithms.size());
        Octets cookie(cookieLengthFor(algorithm));
        QVERIFY(jar.make(someClient(algorithm), Octets(cookieNonceLength, static_cast<std::byte>(i)), cookie));
        QCOMPARE(toHex(cookie),
            toHex(*keys.make(someClient(algorithm), Octets(cookieNonceLength, static_cast<std::byte>(i)))));
        cookies.push_back(std::move(cookie));
        keys.rotate({.id = 10U + static_cast<std::uint32_t>(i), .secret = someSecret(cookieKeyLength, 7 * i)}, 4);
        jar = CookieJar{keys};
    }
    for (std::size_t i = 0; i < cookies.size(); ++i) {
        const auto content = jar.read(cookies[i]);
        QCOMPARE(content.has_value(), i >= 3); // the fourth key and those after it
        QCOMPARE(keys.read(cookies[i]).has_value(), i >= 3);
        if (content)
            QCOMPARE(content->algorithm, allAlgorithms.at(i % allAlgorithms.size()));
    }
}

void TestCookie::cookiesOfSeveralKeysAreReadTogether() // row 36
{
    CookieKeys keys = someCookieKeys();
    std::vector<Octets> cookies;
    std::vector<CookieJar::Reading> readings;
    for (int i = 0; i < 8; ++i) {
        cookies.push_back(*keys.make(someClient(Algorithm::SivCmac256, i), Octets(cookieNonceLength)));
        keys.rotate({.id = 10U + static_cast<std::uint32_t>(i), .secret = someSecret(cookieKeyLength, 7 * i)}, 7);
    }
    std::vector<CookieText> clients(cookies.size());
    for (std::size_t i = 0; i < cookies.size(); ++i)
        readings.push_back({.cookie = cookies[i], .client = &clients[i]});
    CookieJar{keys}.read(readings);
    for (std::size_t i = 0; i < clients.size(); ++i) {
        QCOMPARE(!clients[i].isEmpty(), i >= 2); // seven keys, of which the newest made none
        if (i >= 2)
            QCOMPARE(toHex(clients[i].clientToServer()),
                toHex(someClient(Algorithm::SivCmac256, static_cast<int>(i)).keys.clientToServer.octets()));
    }
}

void TestCookie::badCookieLeavesNothingOfTheClientBefore_data() // row 55
{
    QTest::addColumn<Octets>("cookie");
    const Octets good = *someCookieKeys().make(someClient(Algorithm::SivCmac256), Octets(cookieNonceLength));
    Octets forged = good;
    forged.back() ^= std::byte{1};
    Octets ofNoKey = good;
    ofNoKey.front() ^= std::byte{1};
    QTest::newRow("none") << Octets{};
    QTest::newRow("too long") << Octets(1000);
    QTest::newRow("of a key that is gone") << ofNoKey;
    QTest::newRow("forged") << forged;
}

void TestCookie::badCookieLeavesNothingOfTheClientBefore()
{
    QFETCH(const Octets, cookie);
    CookieText client{someClient(Algorithm::SivCmac256)};
    const CookieJar::Reading reading{.cookie = cookie, .client = &client};
    CookieJar{someCookieKeys()}.read(std::span{&reading, 1});
    QVERIFY(client.isEmpty());
}

void TestCookie::serverWithoutAKeyHasNoCookies()
{
    CookieKeys keys;
    QVERIFY(keys.isEmpty());
    const auto client = someClient(Algorithm::SivCmac256);
    QVERIFY(!keys.make(client, Octets(cookieNonceLength)));
    QVERIFY(!keys.read(*someCookieKeys().make(client, Octets(cookieNonceLength))));
    keys.rotate({.id = 1, .secret = someSecret(cookieKeyLength, 1)}, 1);
    QVERIFY(keys.read(*keys.make(client, Octets(cookieNonceLength))));
}

void TestCookie::movedSecretIsGoneFromWhereItWas()
{
    Secret secret = someSecret(4, 1);
    const Secret moved = std::move(secret);
    QVERIFY(secret.isEmpty());
    QCOMPARE(toHex(moved.octets()), QByteArray("01 02 03 04"));
    Octets octets(8, std::byte{1});
    wipe(octets);
    QCOMPARE(octets, Octets(8));
}

void TestCookie::textSaysWhatItsContentSays_data()
{
    comesBackAsItWas_data();
}

void TestCookie::textSaysWhatItsContentSays()
{
    QFETCH(const Algorithm, algorithm);
    const CookieContent content = someClient(algorithm);
    const CookieText text{content};
    QCOMPARE(text.algorithm(), algorithm);
    QCOMPARE(text.octets().size(), 4 + 2 * keyLength(algorithm));
    QCOMPARE(toHex(text.clientToServer()), toHex(content.keys.clientToServer.octets()));
    QCOMPARE(toHex(text.serverToClient()), toHex(content.keys.serverToClient.octets()));
    QCOMPARE(text.content().algorithm, algorithm);
    QCOMPARE(toHex(text.content().keys.serverToClient.octets()), toHex(content.keys.serverToClient.octets()));
}

void TestCookie::movedTextIsGoneFromWhereItWas()
{
    CookieText text{someClient(Algorithm::SivCmac512)};
    const std::size_t length = text.octets().size();
    const CookieText moved = std::move(text);
    QVERIFY(text.isEmpty());
    QVERIFY(std::ranges::equal(text.room(length), Octets(length)));
    QCOMPARE(toHex(moved.octets()), toHex(CookieText{someClient(Algorithm::SivCmac512)}.octets()));
}

void TestCookie::textOfAnotherLengthOrAlgorithmIsNone()
{
    const CookieText good{someClient(Algorithm::SivCmac256)};
    const std::size_t length = good.octets().size();
    CookieText text;
    const auto fill = [&](std::byte algorithm) {
        std::ranges::copy(good.octets(), text.room(length + 32).begin());
        text.room(length)[1] = algorithm;
    };
    fill(std::byte{15});
    QVERIFY(text.accept(length));
    QCOMPARE(toHex(text.octets()), toHex(good.octets()));
    for (const std::size_t other : {4UZ, length - 1, length + 1, length + 32}) {
        fill(std::byte{15});
        QVERIFY(!text.accept(other));
        QVERIFY(text.isEmpty());
        QVERIFY(std::ranges::equal(text.room(other), Octets(other)));
    }
    fill(std::byte{17}); // known, with longer keys
    QVERIFY(!text.accept(length));
    fill(std::byte{14}); // unknown
    QVERIFY(!text.accept(length));
    QVERIFY(text.isEmpty());
}

QTEST_APPLESS_MAIN(TestCookie)
#include "test_cookie.moc"
