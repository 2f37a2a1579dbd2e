// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// How much a client gets, whoever else asks. Rows 56 and 59 of the fault list.

#include "daemon/server/address_hash.h"
#include "daemon/server/rate_limiter.h"

#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr SipKey key{0x0706'0504'0302'0100, 0x0F0E'0D0C'0B0A'0908};
const RawTime start{1000s};

RateLimit limit(double perSecond, double burst, std::size_t entries = 1024)
{
    return {.perSecond = perSecond, .burst = burst, .entries = entries};
}

NetworkAddress ipv4(std::uint32_t address)
{
    return {.high = std::uint64_t{address} << 32};
}

} // namespace

class TestRateLimiter : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void hashIsSipHash();
    void hashTellsTheFamiliesApart();
    void burstAndRateAreKept();
    void pauseEarnsNoMoreThanTheBurst();
    void answerTakesAWholeToken();
    void neighboursDoNotPay();
    void ipv6NetworkIsOneClient();
    void prefixesAreConfigurable();
    void kissesAreAShareOfWhatIsTooMuch();
    void inventedAddressesDoNotFreeTheLimitedOne();
    void withoutLimitAllIsAnswered();
};

// The authors' test vectors: key 00 to 0f, message 00, 01, ...
void TestRateLimiter::hashIsSipHash()
{
    const std::array<std::uint64_t, 2> message{0x0706'0504'0302'0100, 0x0F0E'0D0C'0B0A'0908};
    QCOMPARE(siphash(key, std::span(message).first(0)), std::uint64_t(0x726F'DB47'DD0E'0E31));
    QCOMPARE(siphash(key, std::span(message).first(1)), std::uint64_t(0x93F5'F579'9A93'2462));
    QCOMPARE(siphash(key, message), std::uint64_t(0x3F2A'CC7F'57C2'9BDB));
}

void TestRateLimiter::hashTellsTheFamiliesApart()
{
    const NetworkAddress four{.high = 0xC000'0201'0000'0000};
    const NetworkAddress six{.high = 0xC000'0201'0000'0000, .low = 0, .isIpv6 = true};
    const NetworkAddress other{.high = 0xC000'0201'0000'0000, .low = 1, .isIpv6 = true};
    const std::array<std::uint64_t, 2> words{four.high, 0};
    QCOMPARE(hashOf(key, four), siphash(key, std::span(words).first(1)));
    QCOMPARE(hashOf(key, six), siphash(key, words));
    QVERIFY(hashOf(key, four) != hashOf(key, six));
    QVERIFY(hashOf(key, six) != hashOf(key, other));
}

void TestRateLimiter::burstAndRateAreKept()
{
    RateLimiter limiter(limit(2.0, 8.0), key);
    int answered = 0;
    // 100 requests a second for 100 s: the burst, and two for each second.
    for (int i = 0; i < 10'000; ++i)
        answered += limiter.judge(ipv4(1), start + i * 10ms) == Allowance::Answer ? 1 : 0;
    QVERIFY2(std::abs(answered - 208) <= 1, qPrintable(QString::number(answered)));
}

void TestRateLimiter::pauseEarnsNoMoreThanTheBurst()
{
    RateLimiter limiter(limit(2.0, 8.0), key);
    limiter.judge(ipv4(1), start);
    int answered = 0;
    for (int i = 0; i < 100; ++i)
        answered += limiter.judge(ipv4(1), start + 1h) == Allowance::Answer ? 1 : 0;
    QCOMPARE(answered, 8);
}

void TestRateLimiter::answerTakesAWholeToken()
{
    RateLimiter limiter(limit(1.0, 1.0), key);
    QCOMPARE(limiter.judge(ipv4(1), start), Allowance::Answer);
    QVERIFY(limiter.judge(ipv4(1), start + 999ms) != Allowance::Answer);
    QCOMPARE(limiter.judge(ipv4(1), start + 1s), Allowance::Answer);
}

void TestRateLimiter::neighboursDoNotPay()
{
    RateLimiter limiter(limit(1.0, 4.0), key);
    for (int i = 0; i < 1000; ++i)
        limiter.judge(ipv4(1), start);
    for (int i = 0; i < 4; ++i)
        QCOMPARE(limiter.judge(ipv4(2), start), Allowance::Answer);
    QVERIFY(limiter.judge(ipv4(2), start) != Allowance::Answer);
}

void TestRateLimiter::ipv6NetworkIsOneClient()
{
    RateLimiter limiter(limit(1.0, 4.0), key);
    int answered = 0;
    for (std::uint64_t host = 0; host < 1000; ++host) {
        const NetworkAddress client{.high = 0x2001'0DB8'0000'0001, .low = host, .isIpv6 = true};
        answered += limiter.judge(client, start) == Allowance::Answer ? 1 : 0;
    }
    QCOMPARE(answered, 4);
    QCOMPARE(limiter.judge({.high = 0x2001'0DB8'0000'0002, .isIpv6 = true}, start), Allowance::Answer);
    // 32.1.13.184 begins with the same octets as 2001:db8::
    for (int i = 0; i < 10; ++i)
        limiter.judge({.high = 0x2001'0DB8'0000'0000, .isIpv6 = true}, start);
    QCOMPARE(limiter.judge(ipv4(0x2001'0DB8), start), Allowance::Answer);
}

void TestRateLimiter::prefixesAreConfigurable()
{
    auto wide = limit(1.0, 4.0);
    wide.prefixes = {.ipv4 = 24, .ipv6 = 48};
    RateLimiter limiter(wide, key);
    int answered = 0;
    for (std::uint32_t host = 0; host < 256; ++host)
        answered += limiter.judge(ipv4(0xC000'0200 + host), start) == Allowance::Answer ? 1 : 0;
    QCOMPARE(answered, 4);
    QCOMPARE(limiter.judge(ipv4(0xC000'0300), start), Allowance::Answer);
}

void TestRateLimiter::kissesAreAShareOfWhatIsTooMuch()
{
    RateLimiter limiter(limit(0.001, 1.0), key);
    limiter.judge(ipv4(1), start);
    int kisses = 0;
    constexpr int requests = 80'000;
    for (int i = 0; i < requests; ++i) {
        const auto allowance = limiter.judge(ipv4(1), start);
        QVERIFY(allowance != Allowance::Answer);
        kisses += allowance == Allowance::Kiss ? 1 : 0;
    }
    // One in eight: 10000, and five standard deviations of 94.
    QVERIFY2(std::abs(kisses - requests / 8) < 470, qPrintable(QString::number(kisses)));
}

// The one that is limited keeps being so while a million others ask once each, in a table of 256.
void TestRateLimiter::inventedAddressesDoNotFreeTheLimitedOne()
{
    RateLimiter limiter(limit(0.01, 8.0, 256), key);
    for (int i = 0; i < 8; ++i)
        QCOMPARE(limiter.judge(ipv4(1), start), Allowance::Answer);
    int answered = 0;
    for (std::uint32_t other = 0; other < 1'000'000; ++other) {
        limiter.judge(ipv4(0x1000'0000 + other), start + other * 1us);
        if (other % 1000 == 0)
            answered += limiter.judge(ipv4(1), start + other * 1us) == Allowance::Answer ? 1 : 0;
    }
    QCOMPARE(answered, 0);
}

void TestRateLimiter::withoutLimitAllIsAnswered()
{
    RateLimiter limiter(limit(0.0, 0.0), key);
    for (int i = 0; i < 1000; ++i)
        QCOMPARE(limiter.judge(ipv4(1), start), Allowance::Answer);
}

QTEST_GUILESS_MAIN(TestRateLimiter)
#include "test_rate_limiter.moc"
