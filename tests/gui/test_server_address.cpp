// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/server_address.h"

#include <QTest>

using namespace foliot::gui;

class TestServerAddress : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void addressIsUnderstood_data();
    void addressIsUnderstood();
    void nonsenseIsRefused_data();
    void nonsenseIsRefused();
};

void TestServerAddress::addressIsUnderstood_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("text"); // as the daemon takes it
    QTest::newRow("name") << "time.example.org" << "time.example.org";
    QTest::newRow("spaces around") << "  time.example.org\t" << "time.example.org";
    QTest::newRow("name in a local network") << "clockserver" << "clockserver";
    QTest::newRow("final dot") << "time.example.org." << "time.example.org";
    QTest::newRow("name and port") << "time.example.org:1123" << "time.example.org:1123";
    QTest::newRow("NTP's own port") << "time.example.org:123" << "time.example.org";
    QTest::newRow("name outside ASCII") << "zeit.bücher.example" << "zeit.xn--bcher-kva.example";
    QTest::newRow("plain scheme") << "ntp://time.example.org" << "time.example.org";
    QTest::newRow("authenticated scheme") << "NTS://time.example.org:4460" << "time.example.org";
    QTest::newRow("authenticated at another port") << "nts://[2001:db8::1]:4461" << "[2001:db8::1]:4461";
    QTest::newRow("IPv4") << "192.0.2.1" << "192.0.2.1";
    QTest::newRow("IPv4 and port") << "192.0.2.1:11123" << "192.0.2.1:11123";
    QTest::newRow("IPv6") << "2001:db8::1" << "2001:db8::1";
    QTest::newRow("IPv6 in brackets") << "[2001:db8::1]" << "2001:db8::1";
    QTest::newRow("IPv6 and port") << "[2001:db8::1]:1123" << "[2001:db8::1]:1123";
}

void TestServerAddress::addressIsUnderstood()
{
    QFETCH(QString, typed);
    const auto address = parseServerAddress(typed);
    QVERIFY(address.has_value());
    QTEST(address->toText(), "text");
}

void TestServerAddress::nonsenseIsRefused_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<AddressError>("error");
    QTest::newRow("nothing") << "  " << AddressError::Empty;
    QTest::newRow("half an IPv4") << "192.0.2" << AddressError::BadIpAddress;
    QTest::newRow("IPv4 too large") << "192.0.2.256" << AddressError::BadIpAddress;
    QTest::newRow("half an IPv6") << "2001:db8:" << AddressError::BadIpAddress;
    QTest::newRow("bracket left open") << "[2001:db8::1" << AddressError::BadIpAddress;
    QTest::newRow("text after the bracket") << "[2001:db8::1]x" << AddressError::BadIpAddress;
    QTest::newRow("space inside") << "time example org" << AddressError::BadName;
    QTest::newRow("foreign scheme") << "https://time.example.org" << AddressError::BadPort;
    QTest::newRow("markup") << "<b>time</b>" << AddressError::BadName;
    QTest::newRow("leading hyphen") << "-time.example.org" << AddressError::BadName;
    QTest::newRow("empty label") << "time..example.org" << AddressError::BadName;
    QTest::newRow("label too long") << QString(64, QLatin1Char('a')) << AddressError::BadName;
    QTest::newRow("port zero") << "time.example.org:0" << AddressError::BadPort;
    QTest::newRow("port too large") << "time.example.org:65536" << AddressError::BadPort;
    QTest::newRow("port of letters") << "time.example.org:ntp" << AddressError::BadPort;
    QTest::newRow("port missing") << "time.example.org:" << AddressError::BadPort;
}

void TestServerAddress::nonsenseIsRefused()
{
    QFETCH(QString, typed);
    const auto address = parseServerAddress(typed);
    QVERIFY(!address.has_value());
    QTEST(address.error(), "error");
}

QTEST_APPLESS_MAIN(TestServerAddress)
#include "test_server_address.moc"
