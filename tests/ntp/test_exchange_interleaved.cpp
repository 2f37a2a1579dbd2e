// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Interleaved mode from the client's side: RFC 9769 section 2, FAULTS rows 3, 5, 6, 13 and 22. The times t1, t2 ... are those
// of its first figure.

#include "query_parts.h"

#include <QTest>

using namespace foliot;
using namespace foliot::ntp;

namespace {

constexpr Nanoseconds pollInterval = 64s;
constexpr std::uint64_t nextTransmitBits = 0xaaaa'0000'0000'0001;
constexpr std::uint64_t nextReceiveBits = 0xbbbb'0000'0000'0002;

// t1 to t4 happened; the second request, which asks for interleaved mode, is on its way since t5.
Exchange secondQuery()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    exchange.request(nextTransmitBits, nextReceiveBits);
    exchange.transmitted(stamp(pollInterval));
    return exchange;
}

// The answer to it: t6, and t3 as the server's kernel had it, 40 us later than what the first answer foretold.
Header interleavedReply()
{
    Header header = validReply();
    header.origin = Timestamp{nextReceiveBits};
    header.receive = toTimestamp(realStart + pollInterval + 90ms);
    header.transmit = toTimestamp(realStart + 91ms + 40us);
    header.rootDispersion = ShortInterval{0x0000'0800};
    return header;
}

Header basicReply()
{
    Header header = interleavedReply();
    header.origin = Timestamp{nextTransmitBits};
    header.transmit = toTimestamp(realStart + pollInterval + 91ms);
    return header;
}

std::expected<Exchange::Answer, Rejection> secondAnswer(Exchange& exchange, const Header& header)
{
    return exchange.reply(octetsOf(header), stamp(pollInterval + 21ms), buildTime);
}

QByteArray secondVerdict(Exchange& exchange, const Header& header)
{
    return verdict(secondAnswer(exchange, header));
}

} // namespace

class TestExchangeInterleaved : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstRequestIsBasic();
    void requestAsksForTheEndOfTheExchangeBefore();
    void answerCompletesTheExchangeBefore();
    void eachAnswerCompletesTheOneBefore();
    void serverMayAnswerInBasicMode();
    void basicAnswerIsTheOneToCompleteNext();
    void lostAnswerIsAskedForAgainAndNotForEver();
    void anyBitOfTheOriginDecides();
    void interleavedAnswerIsNotTakenWhenNotAskedFor();
    void oneQueryHasOneAnswerWhateverItsMode_data();
    void oneQueryHasOneAnswerWhateverItsMode();
    void replayIsADuplicate();
    void rejectedAnswerLeavesTheExchangeBefore();
    void transmitTimestampOfAnotherAnswerIsRejected_data();
    void transmitTimestampOfAnotherAnswerIsRejected();
    void forgottenExchangeIsNotAskedForNorCompleted();
    void kissEndsTheQueryInEitherMode();
};

void TestExchangeInterleaved::firstRequestIsBasic()
{
    QCOMPARE(toHex(Exchange{4}.request(transmitBits, nextReceiveBits)), toHex(Exchange{4}.request(transmitBits)));
}

void TestExchangeInterleaved::requestAsksForTheEndOfTheExchangeBefore()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    const Octets request = exchange.request(nextTransmitBits, nextReceiveBits);
    const Header expected{.version = 4,
        .mode = Mode::Client,
        .origin = validReply().receive,
        .receive = Timestamp{nextReceiveBits},
        .transmit = Timestamp{nextTransmitBits}};
    QCOMPARE(toHex(request), toHex(octetsOf(expected)));
}

// (t1, t2, t3, t4): the path takes 10 ms there and 9.96 ms back when the server thinks for 1.04 ms.
void TestExchangeInterleaved::answerCompletesTheExchangeBefore()
{
    Exchange exchange = secondQuery();
    const auto answer = secondAnswer(exchange, interleavedReply());
    QCOMPARE(verdict(answer), "measurement");
    const Measurement expected{
        .localTransmit = stamp(0ms),
        .serverReceive = realStart + 90ms,
        .serverTransmit = realStart + 91ms + 40us,
        .localReceive = stamp(21ms),
        .leap = LeapIndicator::None,
        .version = 4,
        .stratum = 2,
        .serverPoll = 6,
        .serverPrecision = -23,
        .referenceId = 0xc000'0201,
        .rootDelay = Seconds{0.03125},
        .rootDispersion = Seconds{0.03125}, // what the server says of itself is news
        .referenceTime = realStart - 100s,
        .interleaved = true,
        .authenticated = false,
    };
    QVERIFY(measurementOf(answer) == expected);
    QVERIFY(!exchange.isOutstanding());
}

void TestExchangeInterleaved::eachAnswerCompletesTheOneBefore()
{
    Exchange exchange = secondQuery();
    secondAnswer(exchange, interleavedReply());
    exchange.request(transmitBits + 1, nextReceiveBits + 1);
    exchange.transmitted(stamp(2 * pollInterval));
    Header third = validReply();
    third.origin = Timestamp{nextReceiveBits + 1};
    third.receive = toTimestamp(realStart + 2 * pollInterval + 90ms);
    third.transmit = toTimestamp(realStart + pollInterval + 91ms + 7us);
    const auto answer = exchange.reply(octetsOf(third), stamp(2 * pollInterval + 21ms), buildTime);
    QVERIFY(measurementOf(answer).interleaved);
    QCOMPARE(measurementOf(answer).localTransmit, stamp(pollInterval));
    QCOMPARE(measurementOf(answer).serverReceive, realStart + pollInterval + 90ms);
    QCOMPARE(measurementOf(answer).serverTransmit, realStart + pollInterval + 91ms + 7us);
    QCOMPARE(measurementOf(answer).localReceive, stamp(pollInterval + 21ms));
}

void TestExchangeInterleaved::serverMayAnswerInBasicMode()
{
    Exchange exchange = secondQuery();
    const Measurement m = measurementOf(secondAnswer(exchange, basicReply()));
    QVERIFY(!m.interleaved);
    QCOMPARE(m.localTransmit, stamp(pollInterval));
    QCOMPARE(m.serverReceive, realStart + pollInterval + 90ms);
    QCOMPARE(m.serverTransmit, realStart + pollInterval + 91ms);
    QCOMPARE(m.localReceive, stamp(pollInterval + 21ms));
}

void TestExchangeInterleaved::basicAnswerIsTheOneToCompleteNext()
{
    Exchange exchange = secondQuery();
    secondAnswer(exchange, basicReply());
    const auto request = parseHeader(exchange.request(transmitBits + 1, nextReceiveBits + 1));
    QVERIFY(request->origin == basicReply().receive);
}

void TestExchangeInterleaved::lostAnswerIsAskedForAgainAndNotForEver()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    for (std::uint64_t i = 0; i < 4; ++i) {
        const auto request = parseHeader(exchange.request(transmitBits + 1 + i, nextReceiveBits + i));
        QVERIFY(request->origin == validReply().receive);
        exchange.giveUp();
    }
    const auto request = parseHeader(exchange.request(nextTransmitBits, nextReceiveBits + 9));
    QVERIFY(request->origin.isZero() && request->receive.isZero());
    exchange.transmitted(stamp(pollInterval));
    QVERIFY(!measurementOf(secondAnswer(exchange, basicReply())).interleaved);
    QVERIFY(parseHeader(exchange.request(transmitBits, nextReceiveBits))->origin == basicReply().receive);
}

// FAULTS row 3.
void TestExchangeInterleaved::anyBitOfTheOriginDecides()
{
    Exchange exchange = secondQuery();
    for (const std::uint64_t origin : {nextTransmitBits, nextReceiveBits}) {
        for (int bit = 0; bit < 64; ++bit) {
            Header header = interleavedReply();
            header.origin = Timestamp{origin ^ std::uint64_t{1} << bit};
            QCOMPARE(secondVerdict(exchange, header), "bogus-origin");
            QVERIFY(!exchange.expects(header.origin));
        }
        QVERIFY(exchange.expects(Timestamp{origin}));
    }
    QCOMPARE(secondVerdict(exchange, interleavedReply()), "measurement");
}

// FAULTS row 22: the timestamps that the server knows, and 0, are no origin.
void TestExchangeInterleaved::interleavedAnswerIsNotTakenWhenNotAskedFor()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    exchange.request(nextTransmitBits);
    exchange.transmitted(stamp(pollInterval));
    QCOMPARE(secondVerdict(exchange, interleavedReply()), "bogus-origin");
    Header header = interleavedReply();
    header.origin = validReply().receive;
    QCOMPARE(secondVerdict(exchange, header), "bogus-origin");
    header.origin = Timestamp{};
    QCOMPARE(secondVerdict(exchange, header), "zero-origin");
    QVERIFY(!measurementOf(secondAnswer(exchange, basicReply())).interleaved);
}

void TestExchangeInterleaved::oneQueryHasOneAnswerWhateverItsMode_data()
{
    QTest::addColumn<bool>("basicFirst");
    QTest::newRow("basic, then interleaved") << true;
    QTest::newRow("interleaved, then basic") << false;
}

// FAULTS row 6.
void TestExchangeInterleaved::oneQueryHasOneAnswerWhateverItsMode()
{
    QFETCH(const bool, basicFirst);
    Exchange exchange = secondQuery();
    QCOMPARE(secondVerdict(exchange, basicFirst ? basicReply() : interleavedReply()), "measurement");
    QCOMPARE(secondVerdict(exchange, basicFirst ? interleavedReply() : basicReply()), "duplicate");
}

// FAULTS row 5: the same again, at once and to the query after.
void TestExchangeInterleaved::replayIsADuplicate()
{
    Exchange exchange = secondQuery();
    secondAnswer(exchange, interleavedReply());
    QCOMPARE(secondVerdict(exchange, interleavedReply()), "duplicate");
    exchange.request(transmitBits + 1, nextReceiveBits + 1);
    exchange.transmitted(stamp(2 * pollInterval));
    QCOMPARE(secondVerdict(exchange, interleavedReply()), "duplicate");
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "bogus-origin");
    QVERIFY(exchange.isOutstanding());
}

void TestExchangeInterleaved::rejectedAnswerLeavesTheExchangeBefore()
{
    Exchange exchange = secondQuery();
    Header bad = interleavedReply();
    bad.transmit = Timestamp{};
    QCOMPARE(secondVerdict(exchange, bad), "zero-timestamp");
    bad = interleavedReply();
    bad.origin = Timestamp{1};
    QCOMPARE(secondVerdict(exchange, bad), "bogus-origin");
    Exchange undisturbed = secondQuery();
    QVERIFY(secondAnswer(exchange, interleavedReply()) == secondAnswer(undisturbed, interleavedReply()));
}

void TestExchangeInterleaved::transmitTimestampOfAnotherAnswerIsRejected_data()
{
    QTest::addColumn<Nanoseconds>("transmit");
    QTest::newRow("of this one, as in basic mode") << Nanoseconds{pollInterval + 91ms};
    QTest::newRow("of one before") << Nanoseconds{91ms - pollInterval};
}

// FAULTS row 13: a delay of minus a minute.
void TestExchangeInterleaved::transmitTimestampOfAnotherAnswerIsRejected()
{
    QFETCH(const Nanoseconds, transmit);
    Exchange exchange = secondQuery();
    Header header = interleavedReply();
    header.transmit = toTimestamp(realStart + transmit);
    QCOMPARE(secondVerdict(exchange, header), "negative-interval");
    QVERIFY(exchange.isOutstanding());
}

void TestExchangeInterleaved::forgottenExchangeIsNotAskedForNorCompleted()
{
    Exchange exchange = secondQuery();
    exchange.forgetBefore();
    QCOMPARE(secondVerdict(exchange, interleavedReply()), "bogus-origin");
    QVERIFY(exchange.isOutstanding());
    exchange.giveUp();
    QVERIFY(parseHeader(exchange.request(transmitBits + 1, nextReceiveBits + 1))->origin.isZero());
}

void TestExchangeInterleaved::kissEndsTheQueryInEitherMode()
{
    for (const Header& reply : {interleavedReply(), basicReply()}) {
        Header header = reply;
        header.stratum = 0;
        header.referenceId = 0x5241'5445; // RATE
        Exchange exchange = secondQuery();
        QCOMPARE(secondVerdict(exchange, header), "kiss");
        QVERIFY(!exchange.isOutstanding());
    }
}

QTEST_APPLESS_MAIN(TestExchangeInterleaved)
#include "test_exchange_interleaved.moc"
