// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/address.h"

#include <QTest>

#include <algorithm>
#include <vector>

using namespace foliot::config;

namespace {

std::vector<int> octetsOf(const Address& address)
{
    const auto count = address.kind == HostKind::Ipv6 ? 16 : address.kind == HostKind::Ipv4 ? 4 : 0;
    return {address.octets.begin(), address.octets.begin() + count};
}

} // namespace

class TestConfigAddress : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressIsTakenApart_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("host");
        QTest::addColumn<int>("port"); // 0: none
        const auto name = static_cast<int>(HostKind::Name);
        const auto ipv4 = static_cast<int>(HostKind::Ipv4);
        const auto ipv6 = static_cast<int>(HostKind::Ipv6);
        QTest::newRow("name") << "time.example.org" << name << "time.example.org" << 0;
        QTest::newRow("name with port") << "time.example.org:1123" << name << "time.example.org" << 1123;
        QTest::newRow("name with final dot") << "time.example.org." << name << "time.example.org." << 0;
        QTest::newRow("name that starts with a digit")
            << "2.debian.pool.ntp.org" << name << "2.debian.pool.ntp.org" << 0;
        QTest::newRow("international name") << "xn--bcher-kva.example" << name << "xn--bcher-kva.example" << 0;
        QTest::newRow("single label") << "router" << name << "router" << 0;
        QTest::newRow("IPv4") << "192.0.2.1" << ipv4 << "192.0.2.1" << 0;
        QTest::newRow("IPv4 with port") << "192.0.2.1:65535" << ipv4 << "192.0.2.1" << 65535;
        QTest::newRow("IPv6") << "2001:db8::1" << ipv6 << "2001:db8::1" << 0;
        QTest::newRow("IPv6 in brackets") << "[2001:db8::1]" << ipv6 << "2001:db8::1" << 0;
        QTest::newRow("IPv6 with port") << "[2001:db8::1]:1" << ipv6 << "2001:db8::1" << 1;
        QTest::newRow("IPv6 with zone") << "fe80::1%eth0.5" << ipv6 << "fe80::1%eth0.5" << 0;
        QTest::newRow("IPv6 with zone and port") << "[fe80::1%eth0]:123" << ipv6 << "fe80::1%eth0" << 123;
    }
    void addressIsTakenApart()
    {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QString, host);
        QFETCH(int, port);
        const auto address = parseAddress(text.toStdString());
        QVERIFY2(address.has_value(), address ? "" : address.error().c_str());
        QCOMPARE(static_cast<int>(address->kind), kind);
        QCOMPARE(QString::fromStdString(address->host), host);
        QCOMPARE(static_cast<int>(address->port.value_or(0)), port);
    }

    // Origin of the octets: Python's ipaddress.ip_address(TEXT).packed
    void numericAddressHasItsOctets_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<std::vector<int>>("octets");
        QTest::newRow("IPv4") << "127.0.0.11" << std::vector{127, 0, 0, 11};
        QTest::newRow("any") << "::" << std::vector<int>(16, 0);
        QTest::newRow("loopback") << "::1" << std::vector{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
        QTest::newRow("in full") << "2001:0db8:85a3:0000:0000:8a2e:0370:7334"
                                 << std::vector{
                                        0x20, 1, 0x0d, 0xb8, 0x85, 0xa3, 0, 0, 0, 0, 0x8a, 0x2e, 3, 0x70, 0x73, 0x34};
        QTest::newRow("gap at the end") << "2001:db8::"
                                        << std::vector{0x20, 1, 0x0d, 0xb8, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0};
        QTest::newRow("gap of one group")
            << "1:2:3::5:6:7:8" << std::vector{0, 1, 0, 2, 0, 3, 0, 0, 0, 5, 0, 6, 0, 7, 0, 8};
        QTest::newRow("IPv4 in IPv6") << "::ffff:192.0.2.128"
                                      << std::vector{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff, 192, 0, 2, 128};
        QTest::newRow("IPv4 without gap")
            << "1:2:3:4:5:6:1.2.3.4" << std::vector{0, 1, 0, 2, 0, 3, 0, 4, 0, 5, 0, 6, 1, 2, 3, 4};
    }
    void numericAddressHasItsOctets()
    {
        QFETCH(QString, text);
        QFETCH(std::vector<int>, octets);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(address.has_value());
        QCOMPARE(octetsOf(*address), octets);
    }

    void malformedAddressIsRefused_data()
    {
        QTest::addColumn<QString>("text");
        for (const char* text : {"", " ", "time example.org", "time.example.org:", "time.example.org:0",
                 "time.example.org:65536", "time.example.org:123x", "time.example.org:-1", "time.example.org:+5",
                 "1.2.3", "1.2.3.4.5", "256.1.1.1", "010.1.1.1", "1.2.3.4:99999", "0x7f.1", "0x7f000001", "0X7F000001",
                 "127.0X1", "2130706433", "a..b", ".a", ".", "-a.example", "a-.example",
                 "b\xc3\xbc"
                 "cher.example",
                 "a/b", "<b>", "ntp://time.example.org", ":::", "1::2::3", "1:2:3:4:5:6:7:8:9", "1:2:3:4:5:6:7",
                 "12345::1", "::g", "::1.2.3", "1.2.3.4::", "1.2.3.4::5", "[::1", "::1]", "[::1]123", "[1.2.3.4]", "[]",
                 "[]:1", "fe80::1%", "fe80::1%et/0", "fe80::1%interface-too-long",
                 "1:2:3:4:5:6:7:8::", "::1:2:3:4:5:6:7:8", ":1:2:3:4:5:6:7", "a:b"})
            QTest::newRow(text) << QString::fromUtf8(text);
        QTest::newRow("long name") << QString(300, 'a');
        QTest::newRow("long label") << QString(64, 'a') + ".example";
        QTest::newRow("NUL") << QString::fromLatin1("a\0b", 3);
        QTest::newRow("line end") << "a\nb";
    }
    void malformedAddressIsRefused()
    {
        QFETCH(QString, text);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(!address.has_value());
        QVERIFY(!address.error().empty());
    }

    // Each of these would take many times its own size to take apart, and some would come back in the error.
    void hugeAddressIsRefusedInAFewWords_data()
    {
        QTest::addColumn<QString>("text");
        constexpr qsizetype huge = 100'000;
        QTest::newRow("colons") << QString(huge, ':');
        QTest::newRow("dots") << QString(huge, '.');
        QTest::newRow("scheme") << QString(huge, 'x') + "://time.example.org";
        QTest::newRow("bracket") << '[' + QString(huge, ':') + "]:123";
        QTest::newRow("port") << "time.example.org:" + QString(huge, '1');
    }
    void hugeAddressIsRefusedInAFewWords()
    {
        QFETCH(QString, text);
        const auto address = parseAddress(text.toStdString());
        QVERIFY(!address.has_value());
        QVERIFY2(address.error().starts_with("longer than any address"), address.error().substr(0, 100).c_str());
    }

    void longestAddressIsTaken()
    {
        const std::string label(62, 'a');
        const std::string name = label + '.' + label + '.' + label + '.' + label + 'a'; // 252 characters and a dot
        QCOMPARE(name.size() + 1, std::size_t{253});
        const auto address = parseAddress('b' + name + ".:65535");
        QVERIFY2(address.has_value(), address ? "" : address.error().c_str());
        QCOMPARE(address->port, std::uint16_t{65535});
    }

    void sameHostIsRecognizedHoweverWritten_data()
    {
        QTest::addColumn<QString>("a");
        QTest::addColumn<QString>("b");
        QTest::addColumn<bool>("isSame");
        QTest::newRow("letter case") << "Time.Example.org" << "time.example.ORG" << true;
        QTest::newRow("final dot") << "time.example.org." << "time.example.org" << true;
        QTest::newRow("zeros") << "0:0::1" << "[::1]:5" << true;
        QTest::newRow("other name") << "a.example" << "b.example" << false;
        QTest::newRow("other address") << "192.0.2.1" << "192.0.2.2" << false;
        QTest::newRow("other interface") << "fe80::1%eth0" << "fe80::1%eth1" << false;
        QTest::newRow("IPv4 and mapped") << "192.0.2.1" << "::ffff:192.0.2.1" << false;
    }
    void sameHostIsRecognizedHoweverWritten()
    {
        QFETCH(QString, a);
        QFETCH(QString, b);
        QFETCH(bool, isSame);
        QCOMPARE(isSameHost(*parseAddress(a.toStdString()), *parseAddress(b.toStdString())), isSame);
    }

    void serverIsOneHost_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<bool>("isOfOne");
        QTest::newRow("name") << "time.example.org" << true;
        QTest::newRow("IPv4") << "192.0.2.1:123" << true;
        QTest::newRow("loopback") << "127.0.0.1" << true;
        QTest::newRow("IPv6") << "2001:db8::1" << true;
        QTest::newRow("IPv6 loopback") << "::1" << true;
        QTest::newRow("link-local") << "fe80::1%eth0" << true;
        QTest::newRow("mapped") << "::ffff:192.0.2.1" << true;
        QTest::newRow("any IPv4") << "0.0.0.0" << false;
        QTest::newRow("this network") << "0.0.0.1:123" << false;
        QTest::newRow("any IPv6") << "[::]:123" << false;
        QTest::newRow("IPv4 multicast") << "224.0.1.1" << false; // ntp.mcast.net
        QTest::newRow("last IPv4 multicast") << "239.255.255.255" << false;
        QTest::newRow("IPv6 multicast") << "ff02::101" << false;
        QTest::newRow("broadcast") << "255.255.255.255" << false;
        QTest::newRow("any, mapped") << "::ffff:0.0.0.0" << false;
        QTest::newRow("multicast, mapped") << "::ffff:224.0.1.1" << false;
    }
    void serverIsOneHost()
    {
        QFETCH(QString, text);
        QFETCH(bool, isOfOne);
        QVERIFY(parseAddress(text.toStdString()).has_value());
        QCOMPARE(parseServerAddress(text.toStdString()).has_value(), isOfOne);
    }

    void writtenAddressReadsBack()
    {
        for (const char* host : {"time.example.org", "192.0.2.1", "2001:db8::1", "fe80::1%eth0"}) {
            const auto address = parseAddress(writeAddress(host, 1123));
            QVERIFY(address.has_value());
            QCOMPARE(address->host, std::string(host));
            QCOMPARE(address->port, std::uint16_t(1123));
        }
        QCOMPARE(writeAddress("::1", 123), std::string("[::1]:123"));
    }
};

QTEST_APPLESS_MAIN(TestConfigAddress)
#include "test_config_address.moc"
