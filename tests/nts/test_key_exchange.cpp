// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What client and server say in a key exchange, and what neither may say. RFC 8915 section 4, FAULTS rows 33 and 42 to 45.

#include "ntp/octet_text.h"
#include "nts/key_exchange.h"
#include "nts/record.h"

#include <QTest>

using namespace foliot::nts;
using foliot::ntp::fromHex;
using foliot::ntp::joined;
using foliot::ntp::Octets;
using foliot::ntp::toHex;

namespace {

constexpr std::array offered{Algorithm::Gcm128Siv, Algorithm::SivCmac256};

const char* const protocol = "8001 0002 0000";
const char* const algorithm = "8004 0002 000f";
const char* const cookie = "0005 0004 aabbccdd";
const char* const end = "8000 0000";

Octets message(std::initializer_list<const char*> records)
{
    Octets octets;
    for (const char* record : records) {
        octets = joined(octets, fromHex(record));
    }
    return octets;
}

QByteArray text(std::string_view view)
{
    return {view.data(), static_cast<qsizetype>(view.size())};
}

template<typename Value>
QByteArray verdict(const std::expected<Value, KeyExchangeFault>& parsed)
{
    return parsed ? QByteArray{"accepted"} : text(keyExchangeFaultText(parsed.error()));
}

QByteArray verdictOn(const Octets& response)
{
    return verdict(parseKeyExchangeResponse(response, offered));
}

QByteArray says(KeyExchangeFault fault)
{
    return text(keyExchangeFaultText(fault));
}

Octets serverRecord(const QByteArray& name)
{
    Octets record;
    appendRecord(record, RecordType::Server, true, std::as_bytes(std::span{name}));
    return record;
}

} // namespace

class TestKeyExchange : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void requestIsThatOfRfc8915();
    void responseIsRead();
    void faultyResponseIsRefused_data();
    void faultyResponseIsRefused();
    void serverMustBeAHost_data();
    void serverMustBeAHost();
    void cookiesBeyondWhatIsKeptAreDropped();
    void faultyRequestIsRefused_data();
    void faultyRequestIsRefused();
    void requestIsRead();
    void refusalsAreUnderstood();
    void exporterContextIsThatOfRfc8915();
};

void TestKeyExchange::requestIsThatOfRfc8915()
{
    QCOMPARE(toHex(keyExchangeRequest(std::array{Algorithm::SivCmac256})), toHex(message({protocol, algorithm, end})));
    QCOMPARE(toHex(keyExchangeRequest(offered)), toHex(message({protocol, "8004 0004 001e 000f", "0400 0000", end})));
}

void TestKeyExchange::responseIsRead()
{
    const auto plain = parseKeyExchangeResponse(message({protocol, algorithm, cookie, end}), offered);
    QVERIFY(plain);
    QCOMPARE(plain->algorithm, Algorithm::SivCmac256);
    QVERIFY(plain->compliantContext && plain->server.empty() && !plain->port);
    QCOMPARE(plain->cookies, (std::vector<Cookie>{fromHex("aabbccdd")}));

    const auto full =
        parseKeyExchangeResponse(message({cookie, "8006 000c 6e74702e6578616d706c652e", "8007 0002 101b",
                                     "8004 0002 001e", "0400 0000", "1234 0001 00", protocol, cookie, end}),
            offered);
    QVERIFY(full);
    QCOMPARE(full->algorithm, Algorithm::Gcm128Siv);
    QVERIFY(full->compliantContext);
    QCOMPARE(full->server, std::string{"ntp.example"}); // section 4.1.7: absolute with or without its final dot
    QCOMPARE(full->port, 4123);
    QCOMPARE(full->cookies.size(), 2UZ);

    const auto old = parseKeyExchangeResponse(message({protocol, "8004 0002 001e", cookie, end}), offered);
    QVERIFY(old && !old->compliantContext);
}

void TestKeyExchange::faultyResponseIsRefused_data()
{
    QTest::addColumn<Octets>("response");
    QTest::addColumn<KeyExchangeFault>("fault");
    using enum KeyExchangeFault;
    QTest::newRow("row 44: nothing") << Octets{} << Truncated;
    QTest::newRow("row 44: no end") << message({protocol, algorithm, cookie}) << Truncated;
    QTest::newRow("row 44: record cut") << message({protocol, algorithm, "0005 0004 aabb"}) << Truncated;
    QTest::newRow("row 44: no protocol") << message({algorithm, cookie, end}) << NoProtocol;
    QTest::newRow("row 44: empty protocol") << message({"8001 0000", algorithm, cookie, end}) << NoCommonProtocol;
    QTest::newRow("another protocol") << message({"8001 0002 8001", algorithm, cookie, end}) << NoCommonProtocol;
    QTest::newRow("two protocols") << message({"8001 0004 0000 8001", algorithm, cookie, end}) << NoCommonProtocol;
    QTest::newRow("odd protocol") << message({"8001 0003 000000", algorithm, cookie, end}) << BadRecord;
    QTest::newRow("protocol twice") << message({protocol, protocol, algorithm, cookie, end}) << RepeatedRecord;
    QTest::newRow("row 44: no algorithm") << message({protocol, cookie, end}) << NoAlgorithm;
    QTest::newRow("empty algorithm") << message({protocol, "8004 0000", cookie, end}) << NoCommonAlgorithm;
    QTest::newRow("algorithm not offered") << message({protocol, "8004 0002 0011", cookie, end}) << NoCommonAlgorithm;
    QTest::newRow("unknown algorithm") << message({protocol, "8004 0002 ffff", cookie, end}) << NoCommonAlgorithm;
    QTest::newRow("two algorithms") << message({protocol, "8004 0004 000f 001e", cookie, end}) << BadRecord;
    QTest::newRow("algorithm twice") << message({protocol, algorithm, algorithm, cookie, end}) << RepeatedRecord;
    QTest::newRow("row 44: no cookie") << message({protocol, algorithm, end}) << NoCookie;
    QTest::newRow("empty cookie") << message({protocol, algorithm, "0005 0000", end}) << NoCookie;
    QTest::newRow("row 43: critical") << message({protocol, algorithm, "9234 0001 00", cookie, end})
                                      << UnknownCriticalRecord;
    QTest::newRow("error") << message({protocol, algorithm, cookie, "8002 0002 0002", end}) << ServerError;
    QTest::newRow("error alone") << keyExchangeError(ErrorCode::InternalError) << ServerError;
    QTest::newRow("error cut") << message({"8002 0001 00", end}) << BadRecord;
    QTest::newRow("warning") << message({protocol, algorithm, cookie, "8003 0002 0000", end}) << ServerWarning;
    QTest::newRow("end with a body") << message({protocol, algorithm, cookie, "8000 0001 00"}) << BadRecord;
    QTest::newRow("row 45: port 0") << message({protocol, algorithm, cookie, "8007 0002 0000", end}) << BadServer;
    QTest::newRow("port of 3 octets") << message({protocol, algorithm, cookie, "8007 0003 00007b", end}) << BadRecord;
    QTest::newRow("port twice") << message({protocol, algorithm, "8007 0002 007b", "8007 0002 007b", cookie, end})
                                << RepeatedRecord;
}

void TestKeyExchange::faultyResponseIsRefused()
{
    QFETCH(const Octets, response);
    QFETCH(const KeyExchangeFault, fault);
    QCOMPARE(verdictOn(response), says(fault));
}

void TestKeyExchange::serverMustBeAHost_data()
{
    QTest::addColumn<QByteArray>("name");
    QTest::addColumn<bool>("isHost");
    QTest::newRow("name") << QByteArray("ntp-1.example.org") << true;
    QTest::newRow("IPv4") << QByteArray("192.0.2.1") << true;
    QTest::newRow("IPv6") << QByteArray("2001:db8::1") << true;
    QTest::newRow("row 45: empty") << QByteArray() << false;
    QTest::newRow("dot") << QByteArray(".") << false;
    QTest::newRow("ends in two dots") << QByteArray("ntp.example..") << false;
    QTest::newRow("row 45: control") << QByteArray("ntp\n.example") << false;
    QTest::newRow("row 45: NUL") << QByteArray("ntp.example\0", 12) << false;
    QTest::newRow("row 45: escape") << QByteArray("ntp\x1b[2J.example") << false;
    QTest::newRow("not ASCII") << QByteArray("z\xc3\xbcrich.example") << false;
    QTest::newRow("zone") << QByteArray("fe80::1%eth0") << false;
    QTest::newRow("option") << QByteArray("-oProxy") << false;
    QTest::newRow("space") << QByteArray("ntp example") << false;
    QTest::newRow("too long") << QByteArray(256, 'a') << false;
}

void TestKeyExchange::serverMustBeAHost()
{
    QFETCH(const QByteArray, name);
    QFETCH(const bool, isHost);
    const Octets head = message({protocol, algorithm, cookie});
    const auto verdict = verdictOn(joined(joined(head, serverRecord(name)), fromHex(end)));
    QCOMPARE(verdict, isHost ? QByteArray("accepted") : says(KeyExchangeFault::BadServer));
}

void TestKeyExchange::cookiesBeyondWhatIsKeptAreDropped() // row 33
{
    Agreement generous{.algorithm = Algorithm::SivCmac256};
    generous.cookies.emplace_back(maxCookieLength + 1);
    for (int i = 0; i < 9; ++i) {
        generous.cookies.emplace_back(maxCookieLength, static_cast<std::byte>(i));
    }
    const auto taken = parseKeyExchangeResponse(keyExchangeResponse(generous), offered);
    QVERIFY(taken);
    QCOMPARE(taken->cookies.size(), wantedCookies);
    QCOMPARE(taken->cookies.front(), Cookie(maxCookieLength, std::byte{0}));

    generous.cookies.resize(1);
    QCOMPARE(verdictOn(keyExchangeResponse(generous)), says(KeyExchangeFault::NoCookie));
}

void TestKeyExchange::faultyRequestIsRefused_data()
{
    QTest::addColumn<Octets>("request");
    QTest::addColumn<KeyExchangeFault>("fault");
    using enum KeyExchangeFault;
    QTest::newRow("nothing") << Octets{} << Truncated;
    QTest::newRow("no end") << message({protocol, algorithm}) << Truncated;
    QTest::newRow("no protocol") << message({algorithm, end}) << NoProtocol;
    QTest::newRow("empty protocol") << message({"8001 0000", algorithm, end}) << BadRecord;
    QTest::newRow("no algorithm") << message({protocol, end}) << NoAlgorithm;
    QTest::newRow("empty algorithm") << message({protocol, "8004 0000", end}) << NoAlgorithm;
    QTest::newRow("cookie") << message({protocol, algorithm, cookie, end}) << UnexpectedRecord;
    QTest::newRow("error") << keyExchangeError(ErrorCode::BadRequest) << UnexpectedRecord;
    QTest::newRow("row 43: critical") << message({protocol, algorithm, "9234 0000", end}) << UnknownCriticalRecord;
}

void TestKeyExchange::faultyRequestIsRefused()
{
    QFETCH(const Octets, request);
    QFETCH(const KeyExchangeFault, fault);
    QCOMPARE(verdict(parseKeyExchangeRequest(request)), says(fault));
    QCOMPARE(errorCodeFor(fault), fault == KeyExchangeFault::UnknownCriticalRecord
                                      ? ErrorCode::UnrecognizedCriticalRecord
                                      : ErrorCode::BadRequest);
}

void TestKeyExchange::requestIsRead()
{
    const auto ours = parseKeyExchangeRequest(keyExchangeRequest(offered));
    QVERIFY(ours && ours->ntpv4 && ours->compliantContext);
    QCOMPARE(ours->algorithms, (std::vector{Algorithm::Gcm128Siv, Algorithm::SivCmac256}));

    // Row 43: an unknown record that may be ignored is; so are algorithms that nobody here speaks, and protocols.
    const auto foreign = parseKeyExchangeRequest(
        message({"8001 0004 8001 0000", "0004 0006 001f 000f 000f", "1234 0002 0000", "0006 0001 61", end}));
    QVERIFY(foreign && foreign->ntpv4 && !foreign->compliantContext);
    QCOMPARE(foreign->algorithms, std::vector{Algorithm::SivCmac256});

    const auto other = parseKeyExchangeRequest(message({"8001 0002 8001", end}));
    QVERIFY(other && !other->ntpv4);
}

void TestKeyExchange::refusalsAreUnderstood()
{
    QCOMPARE(verdictOn(keyExchangeRefusal(false)), says(KeyExchangeFault::NoCommonProtocol));
    QCOMPARE(verdictOn(keyExchangeRefusal(true)), says(KeyExchangeFault::NoCommonAlgorithm));
}

void TestKeyExchange::exporterContextIsThatOfRfc8915()
{
    QCOMPARE(text(exporterLabel), QByteArray("EXPORTER-network-time-security"));
    QCOMPARE(text(alpnName), QByteArray("ntske/1"));
    // Section 5.1: protocol 0, the algorithm's number, then 0 or 1.
    QCOMPARE(toHex(exporterContext(Algorithm::SivCmac256, KeyDirection::ClientToServer)), QByteArray("00 00 00 0f 00"));
    QCOMPARE(toHex(exporterContext(Algorithm::SivCmac256, KeyDirection::ServerToClient)), QByteArray("00 00 00 0f 01"));
    QCOMPARE(toHex(exporterContext(Algorithm::Gcm128Siv, KeyDirection::ServerToClient)), QByteArray("00 00 00 1e 01"));
    QCOMPARE(toHex(exporterContext(Algorithm::Gcm128Siv, KeyDirection::ServerToClient, false)),
        QByteArray("00 00 00 0f 01"));
}

QTEST_APPLESS_MAIN(TestKeyExchange)
#include "test_key_exchange.moc"
