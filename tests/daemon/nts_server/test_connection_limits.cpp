// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may have a connection for an exchange of keys. FAULTS rows 47, 56 and 57.

#include "daemon/nts_server/connection_limits.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const AccessList everybody({{.length = 0, .isAllowed = true}, {.address = {.isIpv6 = true}, .isAllowed = true}});
constexpr RawTime start{1'000'000s};

NetworkAddress ipv4(std::uint32_t address)
{
    return {.high = std::uint64_t{address} << 32};
}

// Without a limit of the rate.
ConnectionLimits limitsOfOne(std::size_t most)
{
    return {{.ofOne = most, .rate = {.prefixes = {.ipv4 = 32, .ipv6 = 64}}}, {1, 2}};
}

} // namespace

class TestConnectionLimits : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneClientHasSoManyAtOnce();
    void hostsOfAnIpv6NetworkAreOneClient();
    void oneClientComesSoOften();
    void whoIsNotAllowedIsDenied();
    void refusedOnesAreNotCounted();
    void nobodyIsRememberedWhoHasLeft();
};

void TestConnectionLimits::oneClientHasSoManyAtOnce() // row 47
{
    auto limits = limitsOfOne(2);
    QCOMPARE(limits.enter(ipv4(1), everybody, start), std::nullopt);
    QCOMPARE(limits.enter(ipv4(1), everybody, start), std::nullopt);
    QCOMPARE(limits.enter(ipv4(1), everybody, start), KeyExchangeEnd::TooManyOfOne);
    QCOMPARE(limits.enter(ipv4(2), everybody, start), std::nullopt);
    limits.left(ipv4(1));
    QCOMPARE(limits.enter(ipv4(1), everybody, start), std::nullopt);
    QCOMPARE(limits.enter(ipv4(1), everybody, start), KeyExchangeEnd::TooManyOfOne);
}

void TestConnectionLimits::hostsOfAnIpv6NetworkAreOneClient() // row 56
{
    auto limits = limitsOfOne(1);
    QCOMPARE(limits.enter({.high = 7, .low = 1, .isIpv6 = true}, everybody, start), std::nullopt);
    QCOMPARE(limits.enter({.high = 7, .low = 2, .isIpv6 = true}, everybody, start), KeyExchangeEnd::TooManyOfOne);
    QCOMPARE(limits.enter({.high = 8, .low = 1, .isIpv6 = true}, everybody, start), std::nullopt);
    limits.left({.high = 7, .low = 1, .isIpv6 = true});
    QCOMPARE(limits.enter({.high = 7, .low = 3, .isIpv6 = true}, everybody, start), std::nullopt);
}

void TestConnectionLimits::oneClientComesSoOften() // row 56
{
    ConnectionLimits limits(
        {.ofOne = 100, .rate = {.perSecond = 1.0, .burst = 3.0, .prefixes = {.ipv4 = 32, .ipv6 = 64}, .entries = 64}},
        {1, 2});
    for (int i = 0; i < 3; ++i)
        QCOMPARE(limits.enter(ipv4(1), everybody, start), std::nullopt);
    for (int i = 0; i < 20; ++i) // never taken by chance
        QCOMPARE(limits.enter(ipv4(1), everybody, start), KeyExchangeEnd::RateLimited);
    QCOMPARE(limits.enter(ipv4(2), everybody, start), std::nullopt);
    QCOMPARE(limits.enter(ipv4(1), everybody, start + 1s), std::nullopt);
    QCOMPARE(limits.enter(ipv4(1), everybody, start + 1s), KeyExchangeEnd::RateLimited);
}

void TestConnectionLimits::whoIsNotAllowedIsDenied() // row 57
{
    auto limits = limitsOfOne(8);
    const AccessList one({{.address = ipv4(1), .length = 32, .isAllowed = true}});
    QCOMPARE(limits.enter(ipv4(1), one, start), std::nullopt);
    QCOMPARE(limits.enter(ipv4(2), one, start), KeyExchangeEnd::Denied);
    QCOMPARE(limits.enter(ipv4(1), AccessList{}, start), KeyExchangeEnd::Denied);
}

void TestConnectionLimits::refusedOnesAreNotCounted()
{
    auto limits = limitsOfOne(1);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(limits.enter(ipv4(1), AccessList{}, start), KeyExchangeEnd::Denied);
    QCOMPARE(limits.enter(ipv4(1), everybody, start), std::nullopt);
    for (int i = 0; i < 5; ++i)
        QCOMPARE(limits.enter(ipv4(1), everybody, start), KeyExchangeEnd::TooManyOfOne);
    limits.left(ipv4(1));
    QCOMPARE(limits.enter(ipv4(1), everybody, start), std::nullopt);
}

void TestConnectionLimits::nobodyIsRememberedWhoHasLeft()
{
    auto limits = limitsOfOne(1);
    limits.left(ipv4(9)); // who was never there
    for (std::uint32_t i = 0; i < 1000; ++i) {
        QCOMPARE(limits.enter(ipv4(i), everybody, start), std::nullopt);
        limits.left(ipv4(i));
    }
    for (std::uint32_t i = 0; i < 1000; ++i)
        QCOMPARE(limits.enter(ipv4(i), everybody, start), std::nullopt);
}

QTEST_GUILESS_MAIN(TestConnectionLimits)
#include "test_connection_limits.moc"
