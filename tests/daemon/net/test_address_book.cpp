// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which address a name gives: never one twice, never a bad one while there are others.

#include "daemon/net/address_book.h"

#include <QTest>

using namespace foliot::daemon;

namespace {

const auto name = QStringLiteral("pool.example");

QList<QHostAddress> addresses(std::initializer_list<const char*> texts)
{
    QList<QHostAddress> list;
    for (const char* text : texts)
        list.append(QHostAddress(QString::fromLatin1(text)));
    return list;
}

Endpoint endpoint(const char* text, std::uint16_t port = 123)
{
    return {.address = QHostAddress(QString::fromLatin1(text)), .port = port};
}

} // namespace

class TestAddressBook : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void addressesComeInTheResolversOrderAndOnce()
    {
        AddressBook book;
        book.learn(name, 123, addresses({"192.0.2.7", "2001:db8::7", "192.0.2.7"}));
        QCOMPARE(book.take(name, 123), endpoint("192.0.2.7"));
        QCOMPARE(book.take(name, 123), endpoint("2001:db8::7"));
        QVERIFY(!book.take(name, 123));
    }

    void addressInUseUnderAnotherNameIsNotGiven()
    {
        AddressBook book;
        QVERIFY(book.take(endpoint("192.0.2.7")));
        book.learn(name, 123, addresses({"192.0.2.7", "192.0.2.8"}));
        QCOMPARE(book.take(name, 123), endpoint("192.0.2.8"));
        book.giveBack(endpoint("192.0.2.7"));
        QCOMPARE(book.take(name, 123), endpoint("192.0.2.7"));
    }

    void ipv4InIpv6FormIsTheSameServer()
    {
        AddressBook book;
        QVERIFY(book.take(endpoint("192.0.2.7")));
        book.learn(name, 123, addresses({"::ffff:192.0.2.7"}));
        QVERIFY(!book.take(name, 123));
    }

    void otherPortIsAnotherServer()
    {
        AddressBook book;
        QVERIFY(book.take(endpoint("192.0.2.7", 123)));
        QVERIFY(book.take(endpoint("192.0.2.7", 124)));
        QVERIFY(!book.take(endpoint("192.0.2.7", 124)));
    }

    void badAddressIsGivenAgainOnlyAfterAPardon()
    {
        AddressBook book;
        book.learn(name, 123, addresses({"192.0.2.7"}));
        QCOMPARE(book.take(name, 123), endpoint("192.0.2.7"));
        book.markBad(endpoint("192.0.2.7"));
        book.giveBack(endpoint("192.0.2.7"));
        QVERIFY(!book.take(name, 123));
        book.pardon(name, 123);
        QCOMPARE(book.take(name, 123), endpoint("192.0.2.7"));
    }

    void addressesOfNoSingleHostAreLeftOut()
    {
        AddressBook book;
        book.learn(name, 123, addresses({"0.0.0.0", "255.255.255.255", "224.0.1.1", "ff02::101", "::"}));
        QVERIFY(!book.take(name, 123));
    }

    // A forged answer with dozens of addresses could otherwise fill a pool for good (FAULTS, DNS poisoning).
    void longAnswersAreCut()
    {
        AddressBook book;
        QList<QHostAddress> many;
        for (quint32 i = 1; i <= 100; ++i)
            many.append(QHostAddress(0xC0000200 + i));
        book.learn(name, 123, many);
        std::size_t given = 0;
        while (book.take(name, 123))
            ++given;
        QCOMPARE(given, AddressBook::mostPerName);
    }
};

QTEST_GUILESS_MAIN(TestAddressBook)
#include "test_address_book.moc"
