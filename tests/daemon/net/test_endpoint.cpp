// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Addresses between people, Qt and the kernel.

#include "daemon/net/endpoint.h"

#include <QTest>

using namespace foliot::daemon;

class TestEndpoint : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void numericAddressesAreReadWithTheirPort_data()
    {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("written");
        QTest::newRow("IPv4") << "192.0.2.1" << "192.0.2.1:123";
        QTest::newRow("IPv4 and port") << "192.0.2.1:4123" << "192.0.2.1:4123";
        QTest::newRow("IPv6") << "2001:DB8::1" << "[2001:db8::1]:123";
        QTest::newRow("IPv6 and port") << "[2001:db8::1]:4123" << "[2001:db8::1]:4123";
        // One server, however written: as two it would have two votes.
        QTest::newRow("IPv4 in IPv6") << "[::ffff:192.0.2.1]:4123" << "192.0.2.1:4123";
        QTest::newRow("any IPv6") << "::" << "[::]:123";
        QTest::newRow("loopback IPv6") << "::1" << "[::1]:123";
    }
    void numericAddressesAreReadWithTheirPort()
    {
        QFETCH(const QString, text);
        const auto endpoint = numericEndpoint(text.toStdString(), 123);
        QVERIFY(endpoint);
        QTEST(endpointText(*endpoint), "written");
    }

    void nameIsNoNumericAddress() { QVERIFY(!numericEndpoint("time.example", 123)); }

    void kernelFormThereAndBackIsTheSame()
    {
        for (const char* text : {"192.0.2.1:123", "[2001:db8::1]:65535", "[::1]:1"}) {
            const auto endpoint = numericEndpoint(text, 0);
            QCOMPARE(fromSocketAddress(toSocketAddress(*endpoint)), endpoint);
        }
    }

    void linkLocalAddressKeepsItsInterface()
    {
        const auto endpoint = numericEndpoint("fe80::1%lo", 123);
        QVERIFY(endpoint);
        const auto back = fromSocketAddress(toSocketAddress(*endpoint));
        QVERIFY(back);
        QCOMPARE(back->address.scopeId(), QStringLiteral("1")); // loopback is interface 1
    }

    // RFC 5905 section 7.3; the hash of ::1 is MD5(15 zero octets and a one), by md5sum: cf404dc8...
    void referenceIdIsTheAddressOrItsHash()
    {
        QCOMPARE(referenceIdOf(QHostAddress(QStringLiteral("192.0.2.1"))), 0xC0000201U);
        QCOMPARE(referenceIdOf(QHostAddress()), 0U);
        QCOMPARE(referenceIdOf(QHostAddress(QStringLiteral("::1"))), 0xcf404dc8U);
    }
};

QTEST_GUILESS_MAIN(TestEndpoint)
#include "test_endpoint.moc"
