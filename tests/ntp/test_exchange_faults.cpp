// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whatever else may arrive before the answer or after it, and that it changes nothing: RFC 5905 section 8, FAULTS rows 1
// to 7, 9 to 13, 16 and 20 to 25.

#include "query_parts.h"

#include <QTest>

#include <functional>

using namespace foliot;
using namespace foliot::ntp;

using Change = std::function<void(Header&)>;

Q_DECLARE_METATYPE(Change)

class TestExchangeFaults : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void hostilePacketIsRejectedAndChangesNothing_data();
    void hostilePacketIsRejectedAndChangesNothing();
    void hostileHeaderIsRejectedAndChangesNothing_data();
    void hostileHeaderIsRejectedAndChangesNothing();
    void anyBitOfTheOriginDecides();
    void replayIsADuplicate();
    void secondAnswerIsADuplicate();
    void lateAnswerToTheQueryBeforeIsBogus();
    void answerAfterGivingUpIsUnsolicited();
    void nothingIsAcceptedBeforeTheRequestLeft();
    void kissNeedsTheRightOrigin();
    void interleavedReplyIsNotTaken();
};

void TestExchangeFaults::hostilePacketIsRejectedAndChangesNothing_data()
{
    QTest::addColumn<Octets>("packet");
    QTest::addColumn<QByteArray>("reason");
    const Octets good = octetsOf(validReply());
    Octets tooLong = good;
    appendExtensionField(tooLong, 0xf000, Octets(1200));
    QTest::newRow("row 1: empty") << Octets{} << QByteArray{"too-short"};
    QTest::newRow("row 1: 47 octets") << Octets{good.begin(), good.end() - 1} << QByteArray{"too-short"};
    QTest::newRow("row 2: 1252 octets") << tooLong << QByteArray{"too-long"};
    QTest::newRow("row 24: field of length 0") << joined(good, Octets(28)) << QByteArray{"malformed-extension"};
    QTest::newRow("row 24: field of 12") << joined(good, joined(fromHex("f000000c"), Octets(24)))
                                         << QByteArray{"malformed-extension"};
    QTest::newRow("row 24: field beyond the end")
        << joined(good, joined(fromHex("f0000020"), Octets(24))) << QByteArray{"malformed-extension"};
    QTest::newRow("row 25: 200 fields of 4")
        << joined(good, Octets(800, std::byte{4})) << QByteArray{"malformed-extension"};
    QTest::newRow("three octets too many") << joined(good, Octets(3)) << QByteArray{"malformed-extension"};
    QTest::newRow("row 20: crypto-NAK") << joined(good, Octets(4)) << QByteArray{"unauthenticated"};
}

void TestExchangeFaults::hostilePacketIsRejectedAndChangesNothing()
{
    QFETCH(Octets, packet);
    QFETCH(QByteArray, reason);
    Exchange exchange = startedExchange();
    QCOMPARE(verdict(answerTo(exchange, packet)), reason);
    Exchange undisturbed = startedExchange();
    const auto answer = answerTo(exchange, octetsOf(validReply()));
    QVERIFY(answer == answerTo(undisturbed, octetsOf(validReply())));
    QCOMPARE(verdict(answer), "measurement");
}

void TestExchangeFaults::hostileHeaderIsRejectedAndChangesNothing_data()
{
    QTest::addColumn<Change>("change");
    QTest::addColumn<QByteArray>("reason");
    const auto row = [](const char* name, const Change& change, const char* reason) {
        QTest::newRow(name) << change << QByteArray{reason};
    };
    row("row 3: other origin", [](Header& h) { h.origin = Timestamp{1}; }, "bogus-origin");
    row(
        "row 3: origin is the time, not what was sent", [](Header& h) { h.origin = toTimestamp(realStart); },
        "bogus-origin");
    row("row 4: origin 0", [](Header& h) { h.origin = Timestamp{}; }, "zero-origin");
    row("row 7: receive 0", [](Header& h) { h.receive = Timestamp{}; }, "zero-timestamp");
    row("row 7: transmit 0", [](Header& h) { h.transmit = Timestamp{}; }, "zero-timestamp");
    row("row 9: mode 0", [](Header& h) { h.mode = Mode::Reserved; }, "bad-mode");
    row("row 9, 23: mode 1", [](Header& h) { h.mode = Mode::SymmetricActive; }, "bad-mode");
    row("row 9, 23: mode 2", [](Header& h) { h.mode = Mode::SymmetricPassive; }, "bad-mode");
    row("row 9: mode 3", [](Header& h) { h.mode = Mode::Client; }, "bad-mode");
    row("row 9, 23: mode 5", [](Header& h) { h.mode = Mode::Broadcast; }, "bad-mode");
    row("row 9: mode 6", [](Header& h) { h.mode = Mode::Control; }, "bad-mode");
    row("row 9: mode 7", [](Header& h) { h.mode = Mode::Private; }, "bad-mode");
    for (const std::uint8_t version : {0, 1, 2, 3, 5, 6, 7}) {
        QTest::addRow("row 10: version %d", version)
            << Change{[version](Header& h) { h.version = version; }} << QByteArray{"bad-version"};
    }
    // 15.5 / 2 + 8.25 = 16
    row(
        "row 12: root distance of 16 s",
        [](Header& h) {
            h.rootDelay = ShortInterval{0x000f'8000};
            h.rootDispersion = ShortInterval{0x0008'4000};
        },
        "implausible-distance");
    row("row 12: largest root delay", [](Header& h) { h.rootDelay = ShortInterval::max(); }, "implausible-distance");
    row(
        "row 12: largest root dispersion", [](Header& h) { h.rootDispersion = ShortInterval::max(); },
        "implausible-distance");
    row(
        "row 13: answered before it received", [](Header& h) { h.transmit = toTimestamp(realStart + 89ms); },
        "negative-interval");
    row(
        "row 13: thought longer than the round trip", [](Header& h) { h.transmit = toTimestamp(realStart + 120ms); },
        "negative-interval");
    row(
        "row 13: coarse precision excuses one second",
        [](Header& h) {
            h.precision = 127;
            h.transmit = toTimestamp(realStart - 2s);
        },
        "negative-interval");
    row(
        "row 21: leap bits in a bogus packet",
        [](Header& h) {
            h.leap = LeapIndicator::InsertSecond;
            h.origin = Timestamp{2};
        },
        "bogus-origin");
    row(
        "row 16: kiss DENY with the wrong origin",
        [](Header& h) {
            h.stratum = 0;
            h.referenceId = 0x4445'4e59;
            h.origin = Timestamp{3};
        },
        "bogus-origin");
}

void TestExchangeFaults::hostileHeaderIsRejectedAndChangesNothing()
{
    QFETCH(Change, change);
    QFETCH(QByteArray, reason);
    Header header = validReply();
    change(header);
    Exchange exchange = startedExchange();
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), reason);
    QVERIFY(exchange.isOutstanding());
    Exchange undisturbed = startedExchange();
    const auto answer = answerTo(exchange, octetsOf(validReply()));
    QVERIFY(answer == answerTo(undisturbed, octetsOf(validReply())));
    QCOMPARE(verdict(answer), "measurement");
}

// FAULTS row 3.
void TestExchangeFaults::anyBitOfTheOriginDecides()
{
    Exchange exchange = startedExchange();
    for (int bit = 0; bit < 64; ++bit) {
        Header header = validReply();
        header.origin = Timestamp{transmitBits ^ std::uint64_t{1} << bit};
        QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "bogus-origin");
    }
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "measurement");
}

// FAULTS row 5.
void TestExchangeFaults::replayIsADuplicate()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "duplicate");
    exchange.request(0xaaaa);
    exchange.transmitted(stamp(64s));
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "duplicate");
    QVERIFY(exchange.isOutstanding());
}

// FAULTS row 6.
void TestExchangeFaults::secondAnswerIsADuplicate()
{
    Exchange exchange = startedExchange();
    answerTo(exchange, octetsOf(validReply()));
    Header second = validReply();
    second.receive = toTimestamp(realStart + 5s);
    second.transmit = toTimestamp(realStart + 5s + 1us);
    QCOMPARE(verdict(answerTo(exchange, octetsOf(second))), "duplicate");
    second.stratum = 0;
    QCOMPARE(verdict(answerTo(exchange, octetsOf(second))), "duplicate");
}

void TestExchangeFaults::lateAnswerToTheQueryBeforeIsBogus()
{
    Exchange exchange = startedExchange();
    exchange.request(0xaaaa);
    exchange.transmitted(stamp(64s));
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "bogus-origin");
}

void TestExchangeFaults::answerAfterGivingUpIsUnsolicited()
{
    Exchange exchange = startedExchange();
    exchange.giveUp();
    QVERIFY(!exchange.isOutstanding());
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "unsolicited");
    Exchange idle;
    QCOMPARE(verdict(answerTo(idle, octetsOf(validReply()))), "unsolicited");
}

void TestExchangeFaults::nothingIsAcceptedBeforeTheRequestLeft()
{
    Exchange exchange;
    exchange.request(transmitBits);
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "unsolicited");
    exchange.transmitted(stamp(0ms));
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "measurement");
}

// FAULTS rows 16 and 17.
void TestExchangeFaults::kissNeedsTheRightOrigin()
{
    Header header = validReply();
    header.stratum = 0;
    header.referenceId = 0x4445'4e59; // DENY
    Exchange exchange = startedExchange();
    header.origin = Timestamp{transmitBits + 1};
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "bogus-origin");
    header.origin = Timestamp{transmitBits};
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "kiss");
}

// FAULTS row 22: an interleaved reply names the request's receive timestamp, which is 0 in ours, or an earlier one.
void TestExchangeFaults::interleavedReplyIsNotTaken()
{
    Exchange exchange = startedExchange();
    const Header first = validReply();
    answerTo(exchange, octetsOf(first));
    exchange.request(0xbbbb);
    exchange.transmitted(stamp(64s));
    Header interleaved = validReply();
    interleaved.receive = toTimestamp(realStart + 64s + 90ms);
    interleaved.origin = first.receive;
    QCOMPARE(verdict(answerTo(exchange, octetsOf(interleaved))), "bogus-origin");
    interleaved.origin = Timestamp{};
    QCOMPARE(verdict(answerTo(exchange, octetsOf(interleaved))), "zero-origin");
    QVERIFY(exchange.isOutstanding());
}

QTEST_APPLESS_MAIN(TestExchangeFaults)
#include "test_exchange_faults.moc"
