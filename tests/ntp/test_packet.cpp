// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The codec of the header and the MAC. The vectors are laid out by hand from RFC 5905 figure 8.

#include "fault_text.h"
#include "octet_text.h"

#include "ntp/packet.h"

#include <QTest>

using namespace foliot::ntp;

namespace {

// One value in every field, none like its neighbour's.
const char* const serverReplyOctets = "64 02 06 e9" // LI 1, version 4, mode 4; stratum 2; poll 6; precision -23
                                      "00 00 01 47" // root delay 0x147 / 65536 s
                                      "00 01 80 00" // root dispersion 1.5 s
                                      "c0 00 02 01" // 192.0.2.1
                                      "ed 93 11 40 12 34 56 78"  // reference
                                      "01 23 45 67 89 ab cd ef"  // origin
                                      "ed 93 11 80 00 00 00 01"  // receive
                                      "ed 93 11 80 ff ff ff ff"; // transmit

Header serverReplyHeader()
{
    return {
        .leap = LeapIndicator::InsertSecond,
        .version = 4,
        .mode = Mode::Server,
        .stratum = 2,
        .poll = 6,
        .precision = -23,
        .rootDelay = ShortInterval{0x147},
        .rootDispersion = ShortInterval{0x1'8000},
        .referenceId = 0xc000'0201,
        .reference = Timestamp{0xed93'1140'1234'5678},
        .origin = Timestamp{0x0123'4567'89ab'cdef},
        .receive = Timestamp{0xed93'1180'0000'0001},
        .transmit = Timestamp{0xed93'1180'ffff'ffff},
    };
}

Octets withFirstOctet(unsigned first)
{
    Octets octets = fromHex(serverReplyOctets);
    octets[0] = std::byte(first);
    return octets;
}

QByteArray faultOf(const std::expected<Packet, ParseError>& packet)
{
    if (packet) {
        return "none";
    }
    return faultText(packet.error());
}

} // namespace

class TestPacket : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void everyFieldIsReadFromItsPlace();
    void everyFieldIsWrittenToItsPlace();
    void everyFirstOctetSurvives();
    void signedExponentsSurvive();
    void packetShorterThanHeaderIsRejected();
    void packetLongerThanTheLimitIsRejected();
    void limitIsTheCallers();
    void onlyVersions3And4AreParsed();
    void lengthsAfterTheHeaderDecide_data();
    void lengthsAfterTheHeaderDecide();
    void macIsSplitIntoKeyAndDigest();
    void cryptoNakIsFourOctetsOfZero();
};

void TestPacket::everyFieldIsReadFromItsPlace()
{
    const auto header = parseHeader(fromHex(serverReplyOctets));
    QVERIFY(header.has_value());
    QVERIFY(*header == serverReplyHeader());
}

void TestPacket::everyFieldIsWrittenToItsPlace()
{
    QCOMPARE(toHex(serializeHeader(serverReplyHeader())), toHex(fromHex(serverReplyOctets)));
}

void TestPacket::everyFirstOctetSurvives()
{
    for (unsigned first = 0; first < 256; ++first) {
        const Octets octets = withFirstOctet(first);
        const auto header = parseHeader(octets);
        QVERIFY(header.has_value());
        QCOMPARE(static_cast<unsigned>(header->leap), first / 64);
        QCOMPARE(unsigned{header->version}, first / 8 % 8);
        QCOMPARE(static_cast<unsigned>(header->mode), first % 8);
        QCOMPARE(toHex(serializeHeader(*header)), toHex(octets));
    }
}

void TestPacket::signedExponentsSurvive()
{
    Octets octets = fromHex(serverReplyOctets);
    octets[2] = std::byte{0x80};
    octets[3] = std::byte{0x7f};
    const auto header = parseHeader(octets);
    QCOMPARE(int{header->poll}, -128);
    QCOMPARE(int{header->precision}, 127);
    QCOMPARE(toHex(serializeHeader(*header)), toHex(octets));
}

// FAULTS row 1.
void TestPacket::packetShorterThanHeaderIsRejected()
{
    const Octets octets = fromHex(serverReplyOctets);
    for (std::size_t length = 0; length < octets.size(); ++length) {
        const auto packet = parsePacket(std::span{octets}.first(length));
        QCOMPARE(faultOf(packet), "shorter than a header at " + QByteArray::number(length));
        QCOMPARE(rejectionFor(packet.error().fault), Rejection::TooShort);
    }
}

// FAULTS row 2.
void TestPacket::packetLongerThanTheLimitIsRejected()
{
    Octets longest = fromHex(serverReplyOctets);
    appendExtensionField(longest, 0xf000, Octets(maxPacketLength - headerLength - fieldHeaderLength));
    QCOMPARE(longest.size(), std::size_t{1232});
    QCOMPARE(faultOf(parsePacket(longest)), "none");

    Octets tooLong = fromHex(serverReplyOctets);
    appendExtensionField(tooLong, 0xf000, Octets(maxPacketLength - headerLength));
    const auto packet = parsePacket(tooLong);
    QCOMPARE(faultOf(packet), "longer than is ever accepted at 1232");
    QCOMPARE(rejectionFor(packet.error().fault), Rejection::TooLong);
}

void TestPacket::limitIsTheCallers()
{
    Octets octets = fromHex(serverReplyOctets);
    appendExtensionField(octets, 0xf000, Octets(2000));
    QVERIFY(!parsePacket(octets));
    QVERIFY(parsePacket(octets, 2300));
}

// FAULTS row 10.
void TestPacket::onlyVersions3And4AreParsed()
{
    for (unsigned version = 0; version < 8; ++version) {
        const auto packet = parsePacket(withFirstOctet(version << 3 | 4));
        if (version == 3 || version == 4) {
            QCOMPARE(faultOf(packet), "none");
        } else {
            QCOMPARE(faultOf(packet), "version neither 3 nor 4 at 0");
            QCOMPARE(rejectionFor(packet.error().fault), Rejection::BadVersion);
        }
    }
}

void TestPacket::lengthsAfterTheHeaderDecide_data()
{
    QTest::addColumn<int>("version");
    QTest::addColumn<int>("length");
    QTest::addColumn<bool>("accepted");
    // Octets of one after the header: as an extension field its length 0x0101 would be odd, so only a MAC is accepted.
    // RFC 7822: 20 or 24 octets are a MAC. Version 3 has no extension fields, RFC 1305 appendix C has 12 octets.
    for (int length = 1; length <= 80; ++length) {
        QTest::addRow("version 4, %d octets", length) << 4 << length << (length == 20 || length == 24);
        QTest::addRow("version 3, %d octets", length)
            << 3 << length << (length >= 12 && length <= 68 && length % 4 == 0);
    }
}

void TestPacket::lengthsAfterTheHeaderDecide()
{
    QFETCH(int, version);
    QFETCH(int, length);
    QFETCH(bool, accepted);
    const Octets octets = joined(withFirstOctet(static_cast<unsigned>(version) << 3 | 4),
        Octets(static_cast<std::size_t>(length), std::byte{1}));
    const auto packet = parsePacket(octets);
    QCOMPARE(packet.has_value(), accepted);
    if (accepted) {
        QVERIFY(packet->mac.has_value());
        QVERIFY(packet->fields.isEmpty());
    } else {
        QCOMPARE(rejectionFor(packet.error().fault), Rejection::MalformedExtension);
        QCOMPARE(packet.error().offset, headerLength);
    }
}

void TestPacket::macIsSplitIntoKeyAndDigest()
{
    const Octets digest = fromHex("00112233445566778899aabbccddeeff");
    const Octets octets = joined(fromHex(serverReplyOctets), joined(fromHex("0000002a"), digest));
    const auto packet = parsePacket(octets);
    QCOMPARE(faultOf(packet), "none");
    QCOMPARE(packet->mac->keyId, 42U);
    QCOMPARE(packet->mac->offset, std::size_t{48});
    QCOMPARE(toHex(packet->mac->digest), toHex(digest));
    QVERIFY(!packet->mac->isCryptoNak());
}

void TestPacket::cryptoNakIsFourOctetsOfZero()
{
    const Octets nak = joined(fromHex(serverReplyOctets), fromHex("00000000"));
    const auto packet = parsePacket(nak);
    QCOMPARE(faultOf(packet), "none");
    QVERIFY(packet->mac->isCryptoNak());
    QCOMPARE(faultOf(parsePacket(joined(fromHex(serverReplyOctets), fromHex("00000001")))),
        "crypto-NAK that is not zero at 48");
}

QTEST_APPLESS_MAIN(TestPacket)
#include "test_packet.moc"
