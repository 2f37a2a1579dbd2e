// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The four stamps of an exchange: which are taken, how far they may contradict each other, and their eras. RFC 5905
// section 8, FAULTS rows 13 and 73.

#include "query_parts.h"

#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::ntp;

class TestExchangeTimes : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void kernelStampReplacesUserSpaceStamp();
    void stampAfterTheAnswerIsIgnored();
    void slightlyNegativeDelayIsAccepted_data();
    void slightlyNegativeDelayIsAccepted();
    void negativeDelayBeyondPrecisionIsRejected();
    void eraEndsDuringTheExchange();
    void clockOf1970FindsTheEraByTheBuildTime();
    void hopelessLocalClockOverflowsNothing();
};

void TestExchangeTimes::kernelStampReplacesUserSpaceStamp()
{
    Exchange exchange;
    exchange.request(transmitBits);
    exchange.transmitted(stamp(0us, StampOrigin::UserSpace));
    exchange.transmitted(stamp(50us, StampOrigin::Kernel));
    exchange.transmitted(stamp(70us, StampOrigin::UserSpace));
    const auto answer = answerTo(exchange, octetsOf(validReply()));
    QVERIFY(measurementOf(answer).localTransmit == stamp(50us, StampOrigin::Kernel));
}

void TestExchangeTimes::stampAfterTheAnswerIsIgnored()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    exchange.transmitted(stamp(1s, StampOrigin::Hardware));
    QVERIFY(!exchange.isOutstanding());
    exchange.request(0xcccc);
    Header header = validReply();
    header.origin = Timestamp{0xcccc};
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "unsolicited");
}

void TestExchangeTimes::slightlyNegativeDelayIsAccepted_data()
{
    QTest::addColumn<Nanoseconds>("thought");
    QTest::addColumn<int>("precision");
    // Round trip 21 ms, stamp errors 1 us each, 500 ppm of 21 ms = 10.5 us.
    QTest::newRow("within the stamps' error and the oscillator's") << Nanoseconds{21ms + 12us} << -30;
    QTest::newRow("within the server's precision") << Nanoseconds{21ms + 3ms} << -8;
    QTest::newRow("server's clock is coarse and went back") << Nanoseconds{-3ms} << -8;
}

void TestExchangeTimes::slightlyNegativeDelayIsAccepted()
{
    QFETCH(Nanoseconds, thought);
    QFETCH(int, precision);
    Header header = validReply();
    header.precision = static_cast<std::int8_t>(precision);
    header.transmit = toTimestamp(realStart + 90ms + thought);
    Exchange exchange = startedExchange();
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "measurement");
}

// FAULTS row 13: the same as above, 2 us more.
void TestExchangeTimes::negativeDelayBeyondPrecisionIsRejected()
{
    Header header = validReply();
    header.precision = -30;
    header.transmit = toTimestamp(realStart + 90ms + 21ms + 14us);
    Exchange exchange = startedExchange();
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "negative-interval");
}

// FAULTS row 73: received in the last millisecond of era 0, answered in era 1, reference time in era 0.
void TestExchangeTimes::eraEndsDuringTheExchange()
{
    const RealTime eraEnd{2'085'978'496s}; // 2036-02-07 06:28:16
    Exchange exchange;
    exchange.request(transmitBits);
    exchange.transmitted({.raw = rawStart, .real = eraEnd - 10ms});
    Header header = validReply();
    header.reference = toTimestamp(eraEnd - 500s);
    header.receive = toTimestamp(eraEnd - 500us);
    header.transmit = toTimestamp(eraEnd + 500us);
    const auto answer = exchange.reply(octetsOf(header), {.raw = rawStart + 21ms, .real = eraEnd + 11ms}, buildTime);
    const Measurement m = measurementOf(answer);
    QCOMPARE(m.serverReceive, eraEnd - 500us);
    QCOMPARE(m.serverTransmit, eraEnd + 500us);
    QCOMPARE(m.referenceTime, eraEnd - 500s);
    QVERIFY(std::abs(delay(m).count() - 0.020) < 1e-9);
    QVERIFY(std::abs(offset(m).count() + 0.0005) < 1e-9); // ((9.5 ms) + (-10.5 ms)) / 2
}

// In 2040 the era nearest to 1970 would make it 1904.
void TestExchangeTimes::clockOf1970FindsTheEraByTheBuildTime()
{
    const RealTime truth{2'209'032'000s}; // 2040-01-01 12:00
    Header header = validReply();
    header.receive = toTimestamp(truth);
    header.transmit = toTimestamp(truth + 1ms);
    Exchange exchange;
    exchange.request(transmitBits);
    exchange.transmitted({.raw = rawStart, .real = RealTime{60s}});
    const auto answer =
        exchange.reply(octetsOf(header), {.raw = rawStart + 21ms, .real = RealTime{60s + 21ms}}, buildTime);
    QCOMPARE(measurementOf(answer).serverReceive, truth);
}

void TestExchangeTimes::hopelessLocalClockOverflowsNothing()
{
    for (const RealTime real : {RealTime::min(), RealTime::max()}) {
        for (const RealTime notBefore : {RealTime::min(), RealTime::max()}) {
            Exchange exchange;
            exchange.request(transmitBits);
            exchange.transmitted({.raw = rawStart, .real = real});
            const auto answer =
                exchange.reply(octetsOf(validReply()), {.raw = rawStart + 21ms, .real = real}, notBefore);
            QCOMPARE(verdict(answer), "measurement");
            QVERIFY(std::isfinite(offset(measurementOf(answer)).count()));
        }
    }
}

QTEST_APPLESS_MAIN(TestExchangeTimes)
#include "test_exchange_times.moc"
