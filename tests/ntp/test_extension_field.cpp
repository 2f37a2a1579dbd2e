// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Extension fields framed by RFC 7822; the vectors are laid out by hand from RFC 5905 figure 14.

#include "fault_text.h"
#include "octet_text.h"

#include "ntp/packet.h"

#include <QTest>

#include <array>
#include <iterator>

using namespace foliot::ntp;

static_assert(std::forward_iterator<ExtensionFields::Iterator>);

namespace {

Octets header()
{
    const auto octets = serializeHeader({.mode = Mode::Server});
    return {octets.begin(), octets.end()};
}

// A field with this length in its header and so many octets of its own altogether.
Octets field(std::uint16_t lengthSaid, std::size_t lengthPresent)
{
    Octets octets(lengthPresent);
    octets[0] = std::byte{0xf0};
    octets[2] = static_cast<std::byte>(lengthSaid >> 8);
    octets[3] = static_cast<std::byte>(lengthSaid & 0xff);
    return octets;
}

QByteArray verdictOn(const Octets& packet, std::size_t maxLength = maxPacketLength)
{
    const auto parsed = parsePacket(packet, maxLength);
    if (parsed) {
        return "accepted";
    }
    return faultText(parsed.error());
}

std::vector<ExtensionField> fieldsOf(const Octets& packet)
{
    const auto parsed = parsePacket(packet);
    return parsed ? std::vector<ExtensionField>{parsed->fields.begin(), parsed->fields.end()}
                  : std::vector<ExtensionField>{};
}

} // namespace

class TestExtensionField : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void fieldsAreFoundWithTheirPlaces();
    void unknownFieldsAreSkipped();
    void macFollowsFields();
    void cryptoNakFollowsFields();
    void malformedFieldRejectsThePacket_data();
    void malformedFieldRejectsThePacket();
    void lastFieldIsLongerThanAnyMac_data();
    void lastFieldIsLongerThanAnyMac();
    void malformedSecondFieldIsReportedWhereItIs();
    void manyFieldsAreBounded();
    void largestFieldIsRead();
    void fieldsInsideAnEncryptedOneMayBeShort();
    void version3HasNoFields();
    void appendedFieldIsPadded_data();
    void appendedFieldIsPadded();
};

void TestExtensionField::fieldsAreFoundWithTheirPlaces()
{
    Octets packet = header();
    appendExtensionField(packet, 0x0104, Octets(32, std::byte{0xaa}));
    appendExtensionField(packet, 0x0204, Octets(100, std::byte{0xbb}));
    const auto fields = fieldsOf(packet);
    QCOMPARE(fields.size(), std::size_t{2});
    QCOMPARE(fields[0].type, 0x0104);
    QCOMPARE(fields[0].offset, std::size_t{48});
    QCOMPARE(fields[0].end(), std::size_t{84});
    QCOMPARE(toHex(fields[0].value()), toHex(Octets(32, std::byte{0xaa})));
    QCOMPARE(fields[1].type, 0x0204);
    QCOMPARE(fields[1].offset, std::size_t{84});
    QCOMPARE(fields[1].end(), packet.size());
    QCOMPARE(toHex(fields[1].value()), toHex(Octets(100, std::byte{0xbb})));
}

// FAULTS row 26.
void TestExtensionField::unknownFieldsAreSkipped()
{
    Octets packet = header();
    for (const auto type : std::to_array<std::uint16_t>({0x0000, 0x2005, 0x8002, 0xabcd, 0xffff})) {
        appendExtensionField(packet, type, Octets(24));
    }
    QCOMPARE(fieldsOf(packet).size(), std::size_t{5});
}

void TestExtensionField::macFollowsFields()
{
    for (const std::size_t macLength : {20U, 24U}) {
        const Octets packet = joined(joined(header(), field(16, 16)), Octets(macLength, std::byte{7}));
        const auto parsed = parsePacket(packet);
        QVERIFY(parsed.has_value());
        QCOMPARE(std::distance(parsed->fields.begin(), parsed->fields.end()), 1);
        QVERIFY(parsed->mac.has_value());
        QCOMPARE(parsed->mac->offset, std::size_t{64});
        QCOMPARE(parsed->mac->keyId, 0x0707'0707U);
        QCOMPARE(parsed->mac->digest.size(), macLength - 4);
    }
}

void TestExtensionField::cryptoNakFollowsFields()
{
    const Octets packet = joined(joined(header(), field(28, 28)), Octets(4));
    const auto parsed = parsePacket(packet);
    QVERIFY(parsed.has_value());
    QVERIFY(parsed->mac->isCryptoNak());
    QCOMPARE(parsed->mac->offset, std::size_t{76});
}

void TestExtensionField::malformedFieldRejectsThePacket_data()
{
    QTest::addColumn<int>("lengthSaid");
    QTest::addColumn<QByteArray>("verdict");
    const QByteArray tooShort = "extension field shorter than allowed at 48";
    const QByteArray unaligned = "length of an extension field not a multiple of four at 48";
    const QByteArray beyondEnd = "extension field longer than the packet at 48";
    QTest::newRow("zero") << 0 << tooShort;
    QTest::newRow("less than its header") << 3 << tooShort;
    QTest::newRow("header alone") << 4 << tooShort;
    QTest::newRow("12") << 12 << tooShort;
    QTest::newRow("15") << 15 << tooShort;
    QTest::newRow("17") << 17 << unaligned;
    QTest::newRow("30") << 30 << unaligned;
    QTest::newRow("39") << 39 << unaligned;
    QTest::newRow("44, of 40 present") << 44 << beyondEnd;
    QTest::newRow("65532, of 40 present") << 65532 << beyondEnd;
    QTest::newRow("65535") << 65535 << unaligned;
    QTest::newRow("the whole rest") << 40 << QByteArray{"accepted"};
}

// FAULTS row 24.
void TestExtensionField::malformedFieldRejectsThePacket()
{
    QFETCH(int, lengthSaid);
    QFETCH(QByteArray, verdict);
    const Octets packet = joined(header(), field(static_cast<std::uint16_t>(lengthSaid), 40));
    QCOMPARE(verdictOn(packet), verdict);
}

void TestExtensionField::lastFieldIsLongerThanAnyMac_data()
{
    QTest::addColumn<int>("length");
    QTest::addColumn<QByteArray>("verdict");
    const QByteArray neither = "ends in neither an extension field nor a MAC at 48";
    QTest::newRow("16") << 16 << neither;
    QTest::newRow("20 is a MAC") << 20 << QByteArray{"accepted"};
    QTest::newRow("24 is a MAC") << 24 << QByteArray{"accepted"};
    QTest::newRow("28 is a field") << 28 << QByteArray{"accepted"};
}

void TestExtensionField::lastFieldIsLongerThanAnyMac()
{
    QFETCH(int, length);
    QFETCH(QByteArray, verdict);
    const Octets packet = joined(header(), field(static_cast<std::uint16_t>(length), static_cast<std::size_t>(length)));
    QCOMPARE(verdictOn(packet), verdict);
    const auto parsed = parsePacket(packet);
    if (parsed) {
        QCOMPARE(parsed->mac.has_value(), length < 28);
        QCOMPARE(parsed->fields.isEmpty(), length < 28);
    }
}

void TestExtensionField::malformedSecondFieldIsReportedWhereItIs()
{
    const Octets first = joined(header(), field(28, 28));
    QCOMPARE(verdictOn(joined(first, field(8, 40))), QByteArray{"extension field shorter than allowed at 76"});
    QCOMPARE(verdictOn(joined(first, Octets(1))), QByteArray{"ends in neither an extension field nor a MAC at 76"});
    // Left with a header alone to read, the walk of an encrypted field's inside stops there.
    const auto inside = ExtensionFields::parse(Octets{std::byte{0}, std::byte{1}}, 0, fieldHeaderLength);
    QCOMPARE(inside.error(), (ParseError{ParseFault::FieldTruncated, 0}));
}

// FAULTS row 25: as tiny as the rules allow, they still are too many octets; tinier, the first one rejects.
void TestExtensionField::manyFieldsAreBounded()
{
    Octets packet = header();
    for (int i = 0; i < 1000; ++i) {
        appendExtensionField(packet, 0xf000, {});
    }
    QCOMPARE(verdictOn(packet), QByteArray{"longer than is ever accepted at 1232"});
    QCOMPARE(verdictOn(joined(packet, Octets(20)), 65'535), QByteArray{"accepted"});

    Octets tiny = header();
    for (int i = 0; i < 1000; ++i) {
        tiny = joined(tiny, field(4, 4));
    }
    QCOMPARE(verdictOn(tiny, 65'535), QByteArray{"extension field shorter than allowed at 48"});
}

void TestExtensionField::largestFieldIsRead()
{
    Octets packet = header();
    appendExtensionField(packet, 0xf000, Octets(65'528));
    const auto parsed = parsePacket(packet, 100'000);
    QVERIFY(parsed.has_value());
    QCOMPARE((*parsed->fields.begin()).octets.size(), std::size_t{65'532});
}

void TestExtensionField::fieldsInsideAnEncryptedOneMayBeShort()
{
    Octets inside;
    appendExtensionField(inside, 0x0204, Octets(4), fieldHeaderLength);
    appendExtensionField(inside, 0x0304, {}, fieldHeaderLength);
    QCOMPARE(toHex(inside), QByteArray{"02 04 00 08 00 00 00 00 03 04 00 04"});
    const auto fields = ExtensionFields::parse(inside, 0, fieldHeaderLength);
    QVERIFY(fields.has_value());
    QCOMPARE(std::distance(fields->begin(), fields->end()), 2);
    QVERIFY(!ExtensionFields::parse(inside, 0));
}

void TestExtensionField::version3HasNoFields()
{
    const auto headerOctets = serializeHeader({.version = 3, .mode = Mode::Server});
    const auto packet = parsePacket(joined(headerOctets, field(28, 28)));
    QVERIFY(packet.has_value());
    QVERIFY(packet->fields.isEmpty());
    QCOMPARE(packet->mac->digest.size(), std::size_t{24});
}

void TestExtensionField::appendedFieldIsPadded_data()
{
    QTest::addColumn<int>("valueLength");
    QTest::addColumn<int>("minLength");
    QTest::addColumn<int>("length");
    QTest::newRow("empty") << 0 << 16 << 16;
    QTest::newRow("exactly the minimum") << 12 << 16 << 16;
    QTest::newRow("one octet over") << 13 << 16 << 20;
    QTest::newRow("last field") << 12 << 28 << 28;
    QTest::newRow("padded to four") << 5 << 4 << 12;
}

void TestExtensionField::appendedFieldIsPadded()
{
    QFETCH(int, valueLength);
    QFETCH(int, minLength);
    QFETCH(int, length);
    Octets octets;
    appendExtensionField(octets, 0xf001, Octets(static_cast<std::size_t>(valueLength), std::byte{0xee}),
        static_cast<std::size_t>(minLength));
    Octets expected(static_cast<std::size_t>(length));
    expected[0] = std::byte{0xf0};
    expected[1] = std::byte{0x01};
    expected[3] = static_cast<std::byte>(length);
    std::fill_n(expected.begin() + 4, valueLength, std::byte{0xee});
    QCOMPARE(toHex(octets), toHex(expected));
}

QTEST_APPLESS_MAIN(TestExtensionField)
#include "test_extension_field.moc"
