// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// NTS-KE records however they arrive. RFC 8915 section 4, FAULTS rows 40 and 42.

#include "ntp/octet_text.h"
#include "nts/key_exchange.h"
#include "nts/record.h"

#include <QTest>

using namespace foliot::nts;
using foliot::ntp::fromHex;
using foliot::ntp::joined;
using foliot::ntp::Octets;
using foliot::ntp::toHex;
using Progress = MessageReader::Progress;

class TestRecord : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void recordsAreLaidOutAsInRfc8915();
    void splitAtEveryOctetIsReassembled();
    void whatFollowsTheEndIsNotLookedAt();
    void longerThanTheLimitIsToldFromTheHeader();
    void exactlyTheLimitIsTaken();
    void unknownRecordOfAnySizeIsSkipped();
};

void TestRecord::recordsAreLaidOutAsInRfc8915()
{
    Octets message;
    appendRecord(message, RecordType::NextProtocol, true, std::array<std::uint16_t, 1>{0});
    appendRecord(message, RecordType::NewCookie, false, fromHex("aabbcc"));
    appendRecord(message, RecordType::CompliantGcmSivContext, false, std::span<const std::byte>{});
    appendRecord(message, RecordType::EndOfMessage, true, std::span<const std::byte>{});
    QCOMPARE(toHex(message), toHex(fromHex("8001 0002 0000  0005 0003 aabbcc  0400 0000  8000 0000")));

    std::span<const std::byte> rest{message};
    const auto first = takeRecord(rest);
    QVERIFY(first && first->critical && first->is(RecordType::NextProtocol) && first->body.size() == 2);
    const auto second = takeRecord(rest);
    QVERIFY(second && !second->critical && second->is(RecordType::NewCookie));
    QCOMPARE(toHex(second->body), QByteArray("aa bb cc"));
    QVERIFY(takeRecord(rest) && takeRecord(rest));
    QVERIFY(rest.empty() && !takeRecord(rest));
}

void TestRecord::splitAtEveryOctetIsReassembled() // row 40
{
    Agreement agreement{.algorithm = Algorithm::Gcm128Siv, .server = "ntp.example.org", .port = 4123};
    agreement.cookies.assign(8, Cookie(100, std::byte{7}));
    const Octets message = keyExchangeResponse(agreement);
    for (std::size_t at = 0; at < message.size(); ++at) {
        MessageReader reader{maxResponseLength};
        QCOMPARE(reader.add(std::span{message}.first(at)), Progress::Incomplete);
        QCOMPARE(reader.add(std::span{message}.subspan(at)), Progress::Complete);
        QVERIFY(std::ranges::equal(reader.message(), message));
    }
    MessageReader drip{maxResponseLength};
    for (std::size_t at = 0; at < message.size(); ++at) {
        QCOMPARE(drip.add(std::span{message}.subspan(at, 1)),
            at + 1 < message.size() ? Progress::Incomplete : Progress::Complete);
    }
}

void TestRecord::whatFollowsTheEndIsNotLookedAt()
{
    const Octets message = keyExchangeError(ErrorCode::BadRequest);
    MessageReader reader{maxRequestLength};
    QCOMPARE(reader.add(joined(message, fromHex("8009 0000 ffff"))), Progress::Complete);
    QVERIFY(std::ranges::equal(reader.message(), message));
    QCOMPARE(reader.add(fromHex("00")), Progress::Complete);
    QVERIFY(std::ranges::equal(reader.message(), message));
}

void TestRecord::longerThanTheLimitIsToldFromTheHeader() // row 42
{
    MessageReader reader{maxRequestLength};
    QCOMPARE(reader.add(fromHex("0005 0ffc")), Progress::Incomplete); // 4 + 4092 octets: the limit, nothing behind it
    QCOMPARE(reader.add(Octets(4092)), Progress::Incomplete);
    QCOMPARE(reader.add(fromHex("80")), Progress::TooLong);
    QCOMPARE(reader.add(fromHex("00")), Progress::TooLong);
    MessageReader second{maxRequestLength};
    QCOMPARE(second.add(fromHex("0005 0ffd")), Progress::TooLong);
}

void TestRecord::exactlyTheLimitIsTaken()
{
    MessageReader reader{maxRequestLength};
    QCOMPARE(reader.add(fromHex("4005 0ff8")), Progress::Incomplete);
    QCOMPARE(reader.add(Octets(4088)), Progress::Incomplete);
    QCOMPARE(reader.add(fromHex("8000 0000")), Progress::Complete);
}

void TestRecord::unknownRecordOfAnySizeIsSkipped() // row 42
{
    Octets message;
    appendRecord(message, static_cast<RecordType>(0x3fff), false, Octets(60'000));
    const Octets granted = keyExchangeResponse({.cookies = {Cookie(100)}});
    MessageReader reader{maxResponseLength};
    reader.add(message);
    QCOMPARE(reader.add(granted), Progress::Complete);
    QVERIFY(parseKeyExchangeResponse(reader.message(), allAlgorithms));
}

QTEST_APPLESS_MAIN(TestRecord)
#include "test_record.moc"
