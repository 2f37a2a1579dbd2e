// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Reference identifiers and kiss codes: RFC 5905 sections 7.3 and 7.4, RFC 8915 section 5.7. MD5 vectors from RFC 1321
// appendix A.5; the digests of the IPv6 addresses were computed with Python's hashlib.

#include "octet_text.h"

#include "ntp/kiss.h"
#include "ntp/md5.h"
#include "ntp/reference_id.h"

#include <QTest>

using namespace foliot::ntp;

namespace {

std::array<std::byte, 16> ipv6(const char* hex)
{
    std::array<std::byte, 16> address{};
    std::ranges::copy(fromHex(hex), address.begin());
    return address;
}

} // namespace

class TestReferenceId : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void md5OfRfc1321_data();
    void md5OfRfc1321();
    void identifierOfAnAddress();
    void identifierOfAName();
    void textFollowsTheStratum_data();
    void textFollowsTheStratum();
    void kissCodesAreRecognized_data();
    void kissCodesAreRecognized();
    void hostileIdentifierIsEscaped_data();
    void hostileIdentifierIsEscaped();
};

void TestReferenceId::md5OfRfc1321_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QByteArray>("digest");
    QTest::newRow("empty") << QByteArray{} << QByteArray{"d41d8cd98f00b204e9800998ecf8427e"};
    QTest::newRow("a") << QByteArray{"a"} << QByteArray{"0cc175b9c0f1b6a831c399e269772661"};
    QTest::newRow("abc") << QByteArray{"abc"} << QByteArray{"900150983cd24fb0d6963f7d28e17f72"};
    QTest::newRow("text") << QByteArray{"message digest"} << QByteArray{"f96b697d7cb7938d525a2f31aaf161d0"};
    QTest::newRow("26") << QByteArray{"abcdefghijklmnopqrstuvwxyz"} << QByteArray{"c3fcd3d76192e4007dfb496cca67e13b"};
    QTest::newRow("62") << QByteArray{"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789"}
                        << QByteArray{"d174ab98d277d9f5a5611c2c9f419d9f"};
    QTest::newRow("80") << QByteArray{"1234567890"}.repeated(8) << QByteArray{"57edf4a22be3c955ac49da2e2107b67a"};
}

void TestReferenceId::md5OfRfc1321()
{
    QFETCH(QByteArray, message);
    QFETCH(QByteArray, digest);
    QCOMPARE(toHex(md5(std::as_bytes(std::span{message}))), QByteArray::fromHex(digest).toHex(' '));
}

void TestReferenceId::identifierOfAnAddress()
{
    QCOMPARE(referenceIdFromIpv6(ipv6("20010db8000000000000000000000001")), 0x39ab'9b37U); // 2001:db8::1
    QCOMPARE(referenceIdFromIpv6(ipv6("00000000000000000000000000000001")), 0xcf40'4dc8U); // ::1
}

void TestReferenceId::identifierOfAName()
{
    QCOMPARE(referenceIdFromText("GPS"), 0x4750'5300U);
    QCOMPARE(referenceIdFromText("LOCL"), 0x4c4f'434cU);
    QCOMPARE(referenceIdFromText(""), 0U);
}

void TestReferenceId::textFollowsTheStratum_data()
{
    QTest::addColumn<quint32>("referenceId");
    QTest::addColumn<int>("stratum");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("stratum 1") << 0x4750'5300U << 1 << QByteArray{"GPS"};
    QTest::newRow("stratum 2") << 0x4750'5300U << 2 << QByteArray{"71.80.83.0"};
    QTest::newRow("stratum 15") << 0xffff'ffffU << 15 << QByteArray{"255.255.255.255"};
    QTest::newRow("stratum 0") << 0x494e'4954U << 0 << QByteArray{"INIT"};
}

void TestReferenceId::textFollowsTheStratum()
{
    QFETCH(quint32, referenceId);
    QFETCH(int, stratum);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(referenceIdText(referenceId, static_cast<std::uint8_t>(stratum))), text);
}

void TestReferenceId::kissCodesAreRecognized_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<KissCode>("code");
    QTest::newRow("DENY") << QByteArray{"DENY"} << KissCode::Deny;
    QTest::newRow("RSTR") << QByteArray{"RSTR"} << KissCode::Restrict;
    QTest::newRow("RATE") << QByteArray{"RATE"} << KissCode::Rate;
    QTest::newRow("NTSN") << QByteArray{"NTSN"} << KissCode::NtsNak;
    for (const char* other : {"ACST", "AUTH", "AUTO", "BCST", "CRYP", "DROP", "INIT", "MCST", "NKEY", "RMOT", "STEP",
             "XYZW", "rate", "RAT"}) {
        QTest::newRow(other) << QByteArray{other} << KissCode::Other;
    }
}

void TestReferenceId::kissCodesAreRecognized()
{
    QFETCH(QByteArray, text);
    QFETCH(KissCode, code);
    const Kiss kiss = kissFromReferenceId(referenceIdFromText(std::string_view{text}));
    QCOMPARE(kiss.code, code);
    QCOMPARE(QByteArray::fromStdString(kissText(kiss)), text);
}

void TestReferenceId::hostileIdentifierIsEscaped_data()
{
    QTest::addColumn<quint32>("referenceId");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("line feed") << 0x4f4b'0a21U << QByteArray{"OK\\x0a!"};
    QTest::newRow("terminal escape") << 0x1b5b'324aU << QByteArray{"\\x1b[2J"};
    QTest::newRow("delete and beyond ASCII") << 0x7f80'c3ffU << QByteArray{"\\x7f\\x80\\xc3\\xff"};
    QTest::newRow("zero inside") << 0x4100'4200U << QByteArray{"A\\x00B"};
    QTest::newRow("backslash") << 0x5c78'3030U << QByteArray{"\\x5cx00"};
    QTest::newRow("nothing") << 0U << QByteArray{"\\x00"};
}

// FAULTS row 19.
void TestReferenceId::hostileIdentifierIsEscaped()
{
    QFETCH(quint32, referenceId);
    QFETCH(QByteArray, text);
    QCOMPARE(QByteArray::fromStdString(referenceIdAscii(referenceId)), text);
    QCOMPARE(kissFromReferenceId(referenceId).code, KissCode::Other);
}

QTEST_APPLESS_MAIN(TestReferenceId)
#include "test_reference_id.moc"
