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
    void forgedCookieIsNotRead();
    void rotationForgetsTheOldest();
    void movedSecretIsGoneFromWhereItWas();
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
    QVERIFY(!keys.read(Octets(maxCookieLength + 4)));
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

QTEST_APPLESS_MAIN(TestCookie)
#include "test_cookie.moc"
