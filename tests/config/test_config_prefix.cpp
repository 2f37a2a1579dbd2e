// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "config/prefix.h"

#include <QTest>

using namespace foliot::config;

class TestConfigPrefix : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void networksAreRead();
    void wordsAreRead();
    void mistakesAreToldApart_data();
    void mistakesAreToldApart();
};

void TestConfigPrefix::networksAreRead()
{
    const auto ipv4 = parsePrefix("192.0.2.0/24").value();
    QVERIFY(ipv4.kind == PrefixKind::Ipv4);
    QCOMPARE(ipv4.length, 24);
    QCOMPARE(int{ipv4.octets[0]}, 192);
    const auto ipv6 = parsePrefix("2001:db8::/32").value();
    QVERIFY(ipv6.kind == PrefixKind::Ipv6);
    QCOMPARE(ipv6.length, 32);
    QCOMPARE(int{ipv6.octets[2]}, 0x0D);
    QCOMPARE(parsePrefix("192.0.2.7")->length, 32);
    QCOMPARE(parsePrefix("::1")->length, 128);
    QCOMPARE(parsePrefix("192.0.2.7/32")->length, 32);
    QCOMPARE(parsePrefix("::1/128")->length, 128);
    QCOMPARE(parsePrefix("0.0.0.0/0")->length, 0);
    QCOMPARE(parsePrefix("::/0")->length, 0);
    QCOMPARE(parsePrefix("::fffe:0:0/96")->length, 96);
}

void TestConfigPrefix::wordsAreRead()
{
    QVERIFY(parsePrefix("all")->kind == PrefixKind::All);
    QVERIFY(parsePrefix("local")->kind == PrefixKind::Local);
}

void TestConfigPrefix::mistakesAreToldApart_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<QString>("part");
    QTest::newRow("name") << "time.example.org" << "numeric";
    QTest::newRow("port") << "192.0.2.1:123" << "numeric";
    QTest::newRow("zone") << "fe80::1%eth0" << "numeric";
    QTest::newRow("empty") << "" << "numeric";
    QTest::newRow("too long") << "192.0.2.0/33" << "0 to 32";
    QTest::newRow("too long for IPv6") << "::/129" << "0 to 128";
    QTest::newRow("no length") << "192.0.2.0/" << "0 to 32";
    QTest::newRow("netmask") << "192.0.2.0/255.255.255.0" << "0 to 32";
    QTest::newRow("a host in a network") << "192.0.2.7/24" << "bits behind the first 24";
    QTest::newRow("the first bit behind it") << "192.0.3.0/23" << "bits behind the first 23";
    QTest::newRow("the last bit") << "2001:db8::1/32" << "bits behind the first 32";
    QTest::newRow("all of IPv4 in IPv6 form") << "::ffff:0:0/96" << "; write 0.0.0.0/0";
    QTest::newRow("a network in IPv6 form") << "::ffff:192.0.2.0/120" << "; write 192.0.2.0/24";
    QTest::newRow("an address in IPv6 form") << "::ffff:192.0.2.7" << "; write 192.0.2.7";
}

void TestConfigPrefix::mistakesAreToldApart()
{
    QFETCH(QString, text);
    QFETCH(QString, part);
    const auto prefix = parsePrefix(text.toStdString());
    QVERIFY(!prefix);
    QVERIFY2(QString::fromStdString(prefix.error()).contains(part), prefix.error().c_str());
}

QTEST_GUILESS_MAIN(TestConfigPrefix)
#include "test_config_prefix.moc"
