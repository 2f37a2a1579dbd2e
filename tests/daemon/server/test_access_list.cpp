// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who may ask: the longest prefix decides. Row 57 of the fault list.

#include "daemon/server/access_list.h"
#include "daemon/server/local_networks.h"

#include <QHostAddress>
#include <QTest>

#include <random>

#include "daemon/net/endpoint.h"

using namespace foliot::daemon;

namespace {

NetworkAddress address(const QString& text)
{
    return networkEndpointOf(toSocketAddress({.address = QHostAddress(text), .port = 0}).storage).address;
}

AccessRule rule(const QString& network, int length, bool isAllowed)
{
    return {.address = address(network), .length = length, .isAllowed = isAllowed};
}

// The definition itself: of all rules that fit, the longest; of two of the same length, the one that denies.
bool allowsByDefinition(const std::vector<AccessRule>& rules, const NetworkAddress& client)
{
    int longest = -1;
    bool isAllowed = false;
    for (const AccessRule& rule : rules) {
        if (rule.address.isIpv6 != client.isIpv6 ||
            prefixOf(client, rule.length) != prefixOf(rule.address, rule.length))
            continue;
        if (rule.length > longest)
            isAllowed = rule.isAllowed;
        else if (rule.length == longest)
            isAllowed = isAllowed && rule.isAllowed;
        longest = std::max(longest, rule.length);
    }
    return isAllowed;
}

} // namespace

class TestAccessList : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void withoutRulesNobodyMayAsk();
    void longestPrefixDecides();
    void familiesAreApart();
    void denialWinsATie();
    void endsOfTheAddressSpaceAreCovered();
    void agreesWithTheDefinition();
    void localNetworksAreThisMachineAndPrivateOnes();
};

void TestAccessList::withoutRulesNobodyMayAsk()
{
    for (const AccessList& list : {AccessList{}, AccessList{{}}}) {
        QVERIFY(!list.allows(address("127.0.0.1")));
        QVERIFY(!list.allows(address("::1")));
    }
}

void TestAccessList::longestPrefixDecides()
{
    const AccessList list({rule("10.0.0.0", 8, true), rule("10.1.0.0", 16, false), rule("10.1.2.0", 24, true),
        rule("10.1.2.3", 32, false), rule("2001:db8::", 32, true), rule("2001:db8:1::", 48, false)});
    QVERIFY(list.allows(address("10.0.0.1")));
    QVERIFY(list.allows(address("10.255.255.255")));
    QVERIFY(!list.allows(address("10.1.0.1")));
    QVERIFY(list.allows(address("10.1.2.4")));
    QVERIFY(!list.allows(address("10.1.2.3")));
    QVERIFY(!list.allows(address("10.1.3.0")));
    QVERIFY(list.allows(address("10.2.0.0")));
    QVERIFY(!list.allows(address("11.0.0.0")));
    QVERIFY(!list.allows(address("9.255.255.255")));
    QVERIFY(list.allows(address("2001:db8:0:ffff::1")));
    QVERIFY(!list.allows(address("2001:db8:1:ffff::1")));
    QVERIFY(list.allows(address("2001:db8:2::")));
    QVERIFY(!list.allows(address("2001:db9::")));
}

void TestAccessList::familiesAreApart()
{
    const AccessList list({rule("0.0.0.0", 0, true)});
    QVERIFY(list.allows(address("203.0.113.9")));
    QVERIFY(!list.allows(address("::1")));
    QVERIFY(list.allows(address("::ffff:203.0.113.9")));   // IPv4 in IPv6 form
    QVERIFY(address("2001:db8::ffff:203.0.113.9").isIpv6); // and what only ends like it, as anybody may choose
}

void TestAccessList::denialWinsATie()
{
    QVERIFY(!AccessList({rule("10.0.0.0", 8, false), rule("10.0.0.0", 8, true)}).allows(address("10.0.0.1")));
    QVERIFY(!AccessList({rule("10.0.0.0", 8, true), rule("10.9.9.9", 8, false)}).allows(address("10.0.0.1")));
}

void TestAccessList::endsOfTheAddressSpaceAreCovered()
{
    const AccessList list({rule("255.255.255.255", 32, true), rule("0.0.0.0", 32, true),
        rule("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", 128, true), rule("::", 128, true)});
    QVERIFY(list.allows(address("255.255.255.255")));
    QVERIFY(!list.allows(address("255.255.255.254")));
    QVERIFY(list.allows(address("0.0.0.0")));
    QVERIFY(!list.allows(address("0.0.0.1")));
    QVERIFY(list.allows(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff")));
    QVERIFY(!list.allows(address("ffff:ffff:ffff:ffff:ffff:ffff:ffff:fffe")));
    QVERIFY(list.allows(address("::")));
    QVERIFY(!list.allows(address("::1")));
}

void TestAccessList::agreesWithTheDefinition()
{
    std::mt19937_64 random(1);
    for (int round = 0; round < 300; ++round) {
        std::vector<AccessRule> rules;
        // Few bits that differ, so that the rules lie in each other.
        const auto anyAddress = [&] {
            const bool isIpv6 = random() % 2 == 0;
            return NetworkAddress{.high = (random() & 0x0303'0303) << 32,
                .low = isIpv6 ? random() & 0x8000'0000'0000'0003 : 0,
                .isIpv6 = isIpv6};
        };
        for (std::uint64_t i = random() % 12; i > 0; --i) {
            const auto network = anyAddress();
            rules.push_back({.address = network,
                .length = static_cast<int>(random() % (network.isIpv6 ? 129 : 33)),
                .isAllowed = random() % 2 == 0});
        }
        const AccessList list(rules);
        for (int client = 0; client < 200; ++client) {
            const auto asked = anyAddress();
            QCOMPARE(list.allows(asked), allowsByDefinition(rules, asked));
        }
    }
}

void TestAccessList::localNetworksAreThisMachineAndPrivateOnes()
{
    const AccessList list(localNetworks());
    for (const char* local : {"127.0.0.1", "127.255.0.1", "::1", "10.1.2.3", "172.16.0.1", "172.31.255.255",
             "192.168.255.1", "169.254.1.1", "fd00::1", "fe80::1"})
        QVERIFY2(list.allows(address(local)), local);
    for (const char* foreign : {"203.0.113.1", "172.32.0.1", "172.15.255.255", "192.167.0.1", "::2", "2001:db8::1"})
        QVERIFY2(!list.allows(address(foreign)), foreign);
}

QTEST_GUILESS_MAIN(TestAccessList)
#include "test_access_list.moc"
