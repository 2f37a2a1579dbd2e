// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One query from request to answer: RFC 5905 section 8, FAULTS rows 11, 17 to 19 and 26.

#include "query_parts.h"

#include <QTest>

using namespace foliot;
using namespace foliot::ntp;

class TestExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestTellsNothing();
    void answerBecomesAMeasurement();
    void answerEndsTheQuery();
    void unsynchronizedServerIsHeard_data();
    void unsynchronizedServerIsHeard();
    void kissEndsTheQuery_data();
    void kissEndsTheQuery();
    void extensionFieldsAndMacAreIgnored_data();
    void extensionFieldsAndMacAreIgnored();
    void version3IsAskedAndAnsweredInVersion3();
};

// The first octet is version 4 or 3 and mode 3; RFC 5905 figure 8.
void TestExchange::requestTellsNothing()
{
    const Octets rest = joined(Octets(39), fromHex("1122334455667788"));
    QCOMPARE(toHex(Exchange{4}.request(transmitBits)), toHex(joined(fromHex("23"), rest)));
    QCOMPARE(toHex(Exchange{3}.request(transmitBits)), toHex(joined(fromHex("1b"), rest)));
}

void TestExchange::answerBecomesAMeasurement()
{
    Exchange exchange = startedExchange();
    const auto answer = answerTo(exchange, octetsOf(validReply()));
    QCOMPARE(verdict(answer), "measurement");
    const Measurement expected{
        .localTransmit = stamp(0ms),
        .serverReceive = realStart + 90ms,
        .serverTransmit = realStart + 91ms,
        .localReceive = stamp(21ms),
        .leap = LeapIndicator::None,
        .version = 4,
        .stratum = 2,
        .serverPoll = 6,
        .serverPrecision = -23,
        .referenceId = 0xc000'0201,
        .rootDelay = Seconds{0.03125},
        .rootDispersion = Seconds{0.015625},
        .referenceTime = realStart - 100s,
        .interleaved = false,
        .authenticated = false,
    };
    QVERIFY(measurementOf(answer) == expected);
}

void TestExchange::answerEndsTheQuery()
{
    Exchange exchange;
    QVERIFY(!exchange.isOutstanding());
    exchange.request(transmitBits);
    exchange.transmitted(stamp(0ms));
    QVERIFY(exchange.isOutstanding());
    answerTo(exchange, octetsOf(validReply()));
    QVERIFY(!exchange.isOutstanding());
}

void TestExchange::unsynchronizedServerIsHeard_data()
{
    QTest::addColumn<int>("leap");
    QTest::addColumn<int>("stratum");
    QTest::newRow("leap 3") << 3 << 2;
    QTest::newRow("stratum 16") << 0 << 16;
    QTest::newRow("stratum 255") << 0 << 255;
    QTest::newRow("both") << 3 << 16;
}

// FAULTS row 11. Its root distance is not held against it: it has none to speak of.
void TestExchange::unsynchronizedServerIsHeard()
{
    QFETCH(int, leap);
    QFETCH(int, stratum);
    Header header = validReply();
    header.leap = static_cast<LeapIndicator>(leap);
    header.stratum = static_cast<std::uint8_t>(stratum);
    header.rootDispersion = ShortInterval{0x0010'0000}; // 16 s
    header.reference = Timestamp{};
    Exchange exchange = startedExchange();
    const auto answer = answerTo(exchange, octetsOf(header));
    QCOMPARE(verdict(answer), "measurement");
    QVERIFY(!isSynchronized(measurementOf(answer)));
    QCOMPARE(measurementOf(answer).referenceTime, RealTime{});
}

void TestExchange::kissEndsTheQuery_data()
{
    QTest::addColumn<quint32>("referenceId");
    QTest::addColumn<KissCode>("code");
    QTest::newRow("row 17: DENY") << 0x4445'4e59U << KissCode::Deny;
    QTest::newRow("row 17: RSTR") << 0x5253'5452U << KissCode::Restrict;
    QTest::newRow("row 18: RATE") << 0x5241'5445U << KissCode::Rate;
    QTest::newRow("row 19: INIT") << 0x494e'4954U << KissCode::Other;
    QTest::newRow("row 19: not ASCII") << 0x00ff'0a1bU << KissCode::Other;
    QTest::newRow("row 19: nothing") << 0U << KissCode::Other;
}

// Section 7.4: the timestamps of a kiss mean nothing, so zeros are no fault of it.
void TestExchange::kissEndsTheQuery()
{
    QFETCH(quint32, referenceId);
    QFETCH(KissCode, code);
    Header header = validReply();
    header.leap = LeapIndicator::Unsynchronized;
    header.stratum = 0;
    header.referenceId = referenceId;
    header.receive = Timestamp{};
    header.transmit = Timestamp{};
    header.rootDispersion = ShortInterval::max();
    Exchange exchange = startedExchange();
    const auto answer = answerTo(exchange, octetsOf(header));
    QCOMPARE(verdict(answer), "kiss");
    QVERIFY(std::get<Kiss>(*answer) == (Kiss{.code = code, .referenceId = referenceId}));
    QVERIFY(!exchange.isOutstanding());
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "duplicate");
}

void TestExchange::extensionFieldsAndMacAreIgnored_data()
{
    QTest::addColumn<Octets>("tail");
    Octets fields;
    appendExtensionField(fields, 0xf323, Octets(40, std::byte{9}));
    appendExtensionField(fields, 0x0204, Octets(28, std::byte{9}));
    QTest::newRow("row 26: unknown fields") << fields;
    QTest::newRow("MAC of 20") << Octets(20, std::byte{9});
    QTest::newRow("MAC of 24") << Octets(24, std::byte{9});
    QTest::newRow("fields and MAC") << joined(fields, Octets(24, std::byte{9}));
}

void TestExchange::extensionFieldsAndMacAreIgnored()
{
    QFETCH(Octets, tail);
    Exchange plain = startedExchange();
    Exchange extended = startedExchange();
    const auto answer = answerTo(extended, joined(octetsOf(validReply()), tail));
    QVERIFY(answer == answerTo(plain, octetsOf(validReply())));
    QVERIFY(!measurementOf(answer).authenticated);
}

void TestExchange::version3IsAskedAndAnsweredInVersion3()
{
    Exchange exchange = startedExchange(3);
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "bad-version");
    Header header = validReply();
    header.version = 3;
    const auto answer = answerTo(exchange, octetsOf(header));
    QCOMPARE(verdict(answer), "measurement");
    QCOMPARE(int{measurementOf(answer).version}, 3);
}

QTEST_APPLESS_MAIN(TestExchange)
#include "test_exchange.moc"
