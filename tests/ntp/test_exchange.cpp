// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// One query from request to answer, and whatever else may arrive in between: RFC 5905 section 8, FAULTS rows 1 to 26.

#include "octet_text.h"

#include "ntp/exchange.h"
#include "ntp/packet.h"

#include <QTest>

#include <cmath>
#include <functional>

using namespace foliot;
using namespace foliot::ntp;
using namespace std::chrono_literals;

namespace {

constexpr std::uint64_t transmitBits = 0x1122'3344'5566'7788;
constexpr RealTime realStart{1'780'000'000s}; // 2026-05-28
constexpr RawTime rawStart{5'000s};
constexpr RealTime buildTime{1'767'225'600s}; // 2026-01-01

LocalStamp stamp(Nanoseconds afterStart, StampOrigin origin = StampOrigin::Kernel)
{
    return {.raw = rawStart + afterStart, .real = realStart + afterStart, .origin = origin, .error = 1us};
}

// What a server says to the request: it is 80 ms ahead, the path takes 10 ms each way, the server thinks for 1 ms.
Header validReply()
{
    return {
        .leap = LeapIndicator::None,
        .version = 4,
        .mode = Mode::Server,
        .stratum = 2,
        .poll = 6,
        .precision = -23,
        .rootDelay = ShortInterval{0x0000'0800},      // 1/32 s
        .rootDispersion = ShortInterval{0x0000'0400}, // 1/64 s
        .referenceId = 0xc000'0201,
        .reference = toTimestamp(realStart - 100s),
        .origin = Timestamp{transmitBits},
        .receive = toTimestamp(realStart + 90ms),
        .transmit = toTimestamp(realStart + 91ms),
    };
}

Octets octetsOf(const Header& header)
{
    const auto octets = serializeHeader(header);
    return {octets.begin(), octets.end()};
}

Exchange startedExchange(std::uint8_t version = 4)
{
    Exchange exchange{version};
    exchange.request(transmitBits);
    exchange.transmitted(stamp(0ms));
    return exchange;
}

std::expected<Exchange::Answer, Rejection> answerTo(Exchange& exchange, const Octets& packet)
{
    return exchange.reply(packet, stamp(21ms), buildTime);
}

QByteArray verdict(const std::expected<Exchange::Answer, Rejection>& answer)
{
    if (!answer) {
        const auto word = rejectionWord(answer.error());
        return {word.data(), static_cast<qsizetype>(word.size())};
    }
    return std::holds_alternative<Measurement>(*answer) ? "measurement" : "kiss";
}

Measurement measurementOf(const std::expected<Exchange::Answer, Rejection>& answer)
{
    return std::get<Measurement>(answer.value());
}

using Change = std::function<void(Header&)>;

} // namespace

Q_DECLARE_METATYPE(Change)

class TestExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestTellsNothing();
    void answerBecomesAMeasurement();
    void answerEndsTheQuery();
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
    void unsynchronizedServerIsHeard_data();
    void unsynchronizedServerIsHeard();
    void kissNeedsTheRightOrigin();
    void kissEndsTheQuery_data();
    void kissEndsTheQuery();
    void extensionFieldsAndMacAreIgnored_data();
    void extensionFieldsAndMacAreIgnored();
    void interleavedReplyIsNotTaken();
    void version3IsAskedAndAnsweredInVersion3();
    void kernelStampReplacesUserSpaceStamp();
    void stampAfterTheAnswerIsIgnored();
    void slightlyNegativeDelayIsAccepted_data();
    void slightlyNegativeDelayIsAccepted();
    void negativeDelayBeyondPrecisionIsRejected();
    void eraEndsDuringTheExchange();
    void clockOf1970FindsTheEraByTheBuildTime();
    void hopelessLocalClockOverflowsNothing();
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

void TestExchange::hostilePacketIsRejectedAndChangesNothing_data()
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

void TestExchange::hostilePacketIsRejectedAndChangesNothing()
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

void TestExchange::hostileHeaderIsRejectedAndChangesNothing_data()
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

void TestExchange::hostileHeaderIsRejectedAndChangesNothing()
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
void TestExchange::anyBitOfTheOriginDecides()
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
void TestExchange::replayIsADuplicate()
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
void TestExchange::secondAnswerIsADuplicate()
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

void TestExchange::lateAnswerToTheQueryBeforeIsBogus()
{
    Exchange exchange = startedExchange();
    exchange.request(0xaaaa);
    exchange.transmitted(stamp(64s));
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "bogus-origin");
}

void TestExchange::answerAfterGivingUpIsUnsolicited()
{
    Exchange exchange = startedExchange();
    exchange.giveUp();
    QVERIFY(!exchange.isOutstanding());
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "unsolicited");
    Exchange idle;
    QCOMPARE(verdict(answerTo(idle, octetsOf(validReply()))), "unsolicited");
}

void TestExchange::nothingIsAcceptedBeforeTheRequestLeft()
{
    Exchange exchange;
    exchange.request(transmitBits);
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "unsolicited");
    exchange.transmitted(stamp(0ms));
    QCOMPARE(verdict(answerTo(exchange, octetsOf(validReply()))), "measurement");
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

// FAULTS rows 16 and 17.
void TestExchange::kissNeedsTheRightOrigin()
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

// FAULTS row 22: an interleaved reply names the request's receive timestamp, which is 0 in ours, or an earlier one.
void TestExchange::interleavedReplyIsNotTaken()
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

void TestExchange::kernelStampReplacesUserSpaceStamp()
{
    Exchange exchange;
    exchange.request(transmitBits);
    exchange.transmitted(stamp(0us, StampOrigin::UserSpace));
    exchange.transmitted(stamp(50us, StampOrigin::Kernel));
    exchange.transmitted(stamp(70us, StampOrigin::UserSpace));
    const auto answer = answerTo(exchange, octetsOf(validReply()));
    QVERIFY(measurementOf(answer).localTransmit == stamp(50us, StampOrigin::Kernel));
}

void TestExchange::stampAfterTheAnswerIsIgnored()
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

void TestExchange::slightlyNegativeDelayIsAccepted_data()
{
    QTest::addColumn<Nanoseconds>("thought");
    QTest::addColumn<int>("precision");
    // Round trip 21 ms, stamp errors 1 us each, 500 ppm of 21 ms = 10.5 us.
    QTest::newRow("within the stamps' error and the oscillator's") << Nanoseconds{21ms + 12us} << -30;
    QTest::newRow("within the server's precision") << Nanoseconds{21ms + 3ms} << -8;
    QTest::newRow("server's clock is coarse and went back") << Nanoseconds{-3ms} << -8;
}

void TestExchange::slightlyNegativeDelayIsAccepted()
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
void TestExchange::negativeDelayBeyondPrecisionIsRejected()
{
    Header header = validReply();
    header.precision = -30;
    header.transmit = toTimestamp(realStart + 90ms + 21ms + 14us);
    Exchange exchange = startedExchange();
    QCOMPARE(verdict(answerTo(exchange, octetsOf(header))), "negative-interval");
}

// FAULTS row 73: received in the last millisecond of era 0, answered in era 1, reference time in era 0.
void TestExchange::eraEndsDuringTheExchange()
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
void TestExchange::clockOf1970FindsTheEraByTheBuildTime()
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

void TestExchange::hopelessLocalClockOverflowsNothing()
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

QTEST_APPLESS_MAIN(TestExchange)
#include "test_exchange.moc"
