// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// A key exchange with a real TLS server that behaves well or badly: whom we believe, and what becomes of the others. FAULTS
// rows 37 to 46 and 49.

#include "granting.h"

#include "daemon/nts/key_exchange.h"
#include "support/machine_time.h"
#include "support/made_certificates.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <sys/stat.h>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

RealTime at(int year)
{
    return RealTime{std::chrono::sys_days{std::chrono::year{year} / 6 / 1}.time_since_epoch()};
}

QString faultWord(KeyServerFault fault)
{
    switch (fault) {
    case KeyServerFault::Network:
        return u"network"_s;
    case KeyServerFault::Certificate:
        return u"certificate"_s;
    case KeyServerFault::Refused:
        return u"refused"_s;
    }
    return {};
}

struct Heard {
    std::optional<KeyExchange::Outcome> outcome;

    QString text() const
    {
        if (!outcome)
            return u"nothing yet"_s;
        return *outcome ? u"keys"_s : faultWord(outcome->error().fault) + u": "_s + outcome->error().why;
    }
};

} // namespace

class TestKeyExchangeClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void bothSidesHaveTheSameKeys_data();
    void bothSidesHaveTheSameKeys();
    void certificateIsShown();
    void answerInPiecesIsReassembled();
    void wrongServerIsRefused_data();
    void wrongServerIsRefused();
    void numericServerIsNamedByItsCertificate();
    void certificateOfNobodyKnownIsRefused();
    void unreachableServerIsSaidToBe();
    void silentServerCostsTheDeadlineAndNoMore();
    void drippingServerCostsTheDeadlineAndNoMore();
    void badAnswerIsRefused_data();
    void badAnswerIsRefused();
    void wrongClockExcusesDatesAlone_data();
    void wrongClockExcusesDatesAlone();
    void unusableTrustedFileIsSaid_data();
    void unusableTrustedFileIsSaid();

private:
    KeyServer::Manners manners(nts::Agreement grant = {}, CertificateWish wish = {.names = {u"nts.test"_s}})
    {
        return {.certificate = m_authority.sign(wish), .answer = granting(std::move(grant))};
    }
    KeyExchangeWish wish(const KeyServer& server, const std::string& host = "nts.test") const
    {
        return {.server = server.endpoint(),
            .tls = {.host = host,
                .trustedFile = m_authority.trustedFile().toStdString(),
                .dates = {.now = machineTime(), .notBefore = machineTime() - 24h, .isClockRight = true}},
            .offered = {nts::allAlgorithms.begin(), nts::allAlgorithms.end()},
            .deadline = 5000ms};
    }
    static void exchange(const KeyExchangeWish& wanted, Heard& heard)
    {
        KeyExchange exchange(wanted, [&](KeyExchange::Outcome outcome) { heard.outcome = std::move(outcome); });
        exchange.start();
        QVERIFY(!heard.outcome); // never before the caller is ready for it
        QTRY_VERIFY_WITH_TIMEOUT(heard.outcome, patienceMs);
    }

    MadeAuthority m_authority;
};

void TestKeyExchangeClient::bothSidesHaveTheSameKeys_data()
{
    QTest::addColumn<nts::Algorithm>("algorithm");
    QTest::addColumn<bool>("compliant");
    for (const nts::Algorithm algorithm : nts::allAlgorithms)
        QTest::newRow(algorithmName(algorithm).data()) << algorithm << true;
    QTest::newRow("AES-128-GCM-SIV as chrony before 4.6.1") << nts::Algorithm::Gcm128Siv << false;
}

void TestKeyExchangeClient::bothSidesHaveTheSameKeys()
{
    QFETCH(const nts::Algorithm, algorithm);
    QFETCH(const bool, compliant);
    KeyServer server(
        manners({.algorithm = algorithm, .compliantContext = compliant, .server = "192.0.2.9", .port = 4123}));
    Heard heard;
    exchange(wish(server), heard);
    QCOMPARE(heard.text(), u"keys"_s);
    const KeyExchangeResult& result = **heard.outcome;
    QCOMPARE(result.agreement.algorithm, algorithm);
    QCOMPARE(result.agreement.server, std::string("192.0.2.9"));
    QCOMPARE(result.agreement.port, 4123);
    QCOMPARE(result.agreement.cookies.size(), nts::wantedCookies);
    QCOMPARE(result.compliantKeys.has_value(), !compliant);
    QCOMPARE(server.namesAsked(), QStringList{u"nts.test"_s});
    // What the server sealed into its cookie is what we exported.
    const auto content = madeCookieKeys().read(result.agreement.cookies.front());
    QVERIFY(content);
    QVERIFY(std::ranges::equal(content->keys.clientToServer.octets(), result.keys.clientToServer.octets()));
    QVERIFY(std::ranges::equal(content->keys.serverToClient.octets(), result.keys.serverToClient.octets()));
    QVERIFY(!std::ranges::equal(result.keys.clientToServer.octets(), result.keys.serverToClient.octets()));
}

void TestKeyExchangeClient::certificateIsShown()
{
    const QDateTime expires = QDateTime::currentDateTimeUtc().addDays(3);
    KeyServer server(manners({}, {.names = {u"nts.test"_s, u"time.nts.test"_s}, .expires = expires}));
    Heard heard;
    exchange(wish(server), heard);
    QCOMPARE(heard.text(), u"keys"_s);
    const TlsFacts& tls = (*heard.outcome)->tls;
    QCOMPARE(tls.certificate.names, (QStringList{u"nts.test"_s, u"time.nts.test"_s}));
    QCOMPARE(tls.certificate.issuer, u"Foliot test authority"_s);
    QCOMPARE(std::chrono::floor<std::chrono::seconds>(tls.certificate.expires.time_since_epoch()).count(),
        expires.toSecsSinceEpoch());
    QCOMPARE(tls.version, u"TLSv1.3"_s);
    QVERIFY(tls.cipher.startsWith(u"TLS_"_s));
    QVERIFY(!tls.areDatesExcused);
}

void TestKeyExchangeClient::answerInPiecesIsReassembled() // row 40
{
    KeyServer server(manners());
    server.manners.piece = 1;
    Heard heard;
    exchange(wish(server), heard);
    QCOMPARE(heard.text(), u"keys"_s);
    QCOMPARE((*heard.outcome)->agreement.cookies.size(), nts::wantedCookies);
}

void TestKeyExchangeClient::wrongServerIsRefused_data()
{
    QTest::addColumn<QStringList>("names");
    QTest::addColumn<int>("daysFrom");
    QTest::addColumn<int>("daysTo");
    QTest::addColumn<QByteArray>("alpn");
    QTest::addColumn<int>("version");
    QTest::addColumn<QString>("fault");
    const QStringList right{u"nts.test"_s};
    QTest::newRow("good") << right << -1 << 1 << QByteArray("ntske/1") << TLS1_3_VERSION << u"keys"_s;
    QTest::newRow("row 38: no ALPN") << right << -1 << 1 << QByteArray() << TLS1_3_VERSION << u"refused"_s;
    QTest::newRow("row 38: wrong ALPN") << right << -1 << 1 << QByteArray("http/1.1") << TLS1_3_VERSION << u"refused"_s;
    QTest::newRow("row 38: TLS 1.2") << right << -1 << 1 << QByteArray("ntske/1") << TLS1_2_VERSION << u"refused"_s;
    QTest::newRow("row 39: another name")
        << QStringList{u"other.test"_s} << -1 << 1 << QByteArray("ntske/1") << TLS1_3_VERSION << u"certificate"_s;
    QTest::newRow("row 39: part of a name")
        << QStringList{u"n*.test"_s} << -1 << 1 << QByteArray("ntske/1") << TLS1_3_VERSION << u"certificate"_s;
    QTest::newRow("row 39: the address alone")
        << QStringList{u"127.0.0.1"_s} << -1 << 1 << QByteArray("ntske/1") << TLS1_3_VERSION << u"certificate"_s;
    QTest::newRow("row 39: expired") << right << -9 << -1 << QByteArray("ntske/1") << TLS1_3_VERSION
                                     << u"certificate"_s;
    QTest::newRow("not valid yet") << right << 1 << 9 << QByteArray("ntske/1") << TLS1_3_VERSION << u"certificate"_s;
}

void TestKeyExchangeClient::wrongServerIsRefused()
{
    QFETCH(const QStringList, names);
    QFETCH(const int, daysFrom);
    QFETCH(const int, daysTo);
    QFETCH(const QByteArray, alpn);
    QFETCH(const int, version);
    QFETCH(const QString, fault);
    const QDateTime today = QDateTime::currentDateTimeUtc();
    KeyServer server(
        manners({}, {.names = names, .validFrom = today.addDays(daysFrom), .expires = today.addDays(daysTo)}));
    server.manners.alpn = alpn;
    server.manners.maxVersion = version;
    Heard heard;
    exchange(wish(server), heard);
    QCOMPARE(heard.text().section(u':', 0, 0), fault);
    QVERIFY(heard.text() == u"keys"_s || heard.text().size() > fault.size() + 8); // it says why
}

void TestKeyExchangeClient::numericServerIsNamedByItsCertificate()
{
    KeyServer server(manners({}, {.names = {u"127.0.0.1"_s}}));
    Heard heard;
    exchange(wish(server, "127.0.0.1"), heard);
    QCOMPARE(heard.text(), u"keys"_s);
    Heard other;
    exchange(wish(server, "127.0.0.2"), other); // asked at the same endpoint
    QCOMPARE(other.text().section(u':', 0, 0), u"certificate"_s);
}

void TestKeyExchangeClient::certificateOfNobodyKnownIsRefused() // row 39
{
    KeyServer server(manners());
    MadeAuthority stranger;
    KeyExchangeWish wanted = wish(server);
    wanted.tls.trustedFile = stranger.trustedFile().toStdString();
    Heard heard;
    exchange(wanted, heard);
    QCOMPARE(heard.text().section(u':', 0, 0), u"certificate"_s);
    wanted.tls.trustedFile.clear(); // the system does not know it either
    Heard again;
    exchange(wanted, again);
    QCOMPARE(again.text().section(u':', 0, 0), u"certificate"_s);
}

void TestKeyExchangeClient::unreachableServerIsSaidToBe() // row 37
{
    KeyExchangeWish wanted;
    {
        const KeyServer gone(manners());
        wanted = wish(gone);
    }
    Heard refused;
    exchange(wanted, refused);
    QCOMPARE(refused.text().section(u':', 0, 0), u"network"_s);

    KeyServer falling(manners());
    falling.manners.isFalling = true;
    Heard reset;
    exchange(wish(falling), reset);
    QCOMPARE(reset.text().section(u':', 0, 0), u"network"_s);
}

void TestKeyExchangeClient::silentServerCostsTheDeadlineAndNoMore() // row 37
{
    KeyServer server(manners());
    server.manners.isSilent = true;
    KeyExchangeWish wanted = wish(server);
    wanted.deadline = 50ms;
    Heard heard;
    exchange(wanted, heard);
    QCOMPARE(heard.text(), u"network: it did not answer in time"_s);
}

void TestKeyExchangeClient::drippingServerCostsTheDeadlineAndNoMore() // row 41
{
    KeyServer server(manners());
    server.manners.piece = 1;
    server.manners.isDripping = true; // would take 16 s
    Heard heard;
    KeyExchangeWish wanted = wish(server);
    wanted.deadline = 300ms;
    exchange(wanted, heard);
    QCOMPARE(heard.text(), u"network: it did not answer in time"_s);
}

void TestKeyExchangeClient::badAnswerIsRefused_data()
{
    QTest::addColumn<KeyServer::Octets>("answer");
    QTest::newRow("error") << nts::keyExchangeError(nts::ErrorCode::InternalError);
    QTest::newRow("row 44: no cookies") << nts::keyExchangeResponse({});
    QTest::newRow("nothing") << KeyServer::Octets{};
    KeyServer::Octets long_;
    nts::appendRecord(long_, static_cast<nts::RecordType>(0x1234), false, KeyServer::Octets(60'000));
    nts::appendRecord(long_, static_cast<nts::RecordType>(0x1234), false, KeyServer::Octets(60'000));
    QTest::newRow("row 42: too long") << long_;
}

void TestKeyExchangeClient::badAnswerIsRefused()
{
    QFETCH(const KeyServer::Octets, answer);
    KeyServer server(manners());
    server.manners.answer = [answer](const KeyServer::Octets&, const KeyServer::Export&) { return answer; };
    Heard heard;
    exchange(wish(server), heard);
    QCOMPARE(heard.text().section(u':', 0, 0), u"refused"_s);
}

void TestKeyExchangeClient::wrongClockExcusesDatesAlone_data()
{
    QTest::addColumn<int>("clock");
    QTest::addColumn<int>("surelyLaterThan");
    QTest::addColumn<bool>("isClockRight");
    QTest::addColumn<QString>("outcome");
    // The certificate is valid from 2024 to 2028.
    QTest::newRow("right") << 2026 << 2025 << true << u"keys"_s;
    QTest::newRow("row 49: woke up in 1970") << 1970 << 2025 << false << u"keys, excused"_s;
    QTest::newRow("row 49: woke up in 2040") << 2040 << 2025 << false << u"keys, excused"_s;
    QTest::newRow("switched off since before it was issued") << 2022 << 2022 << false << u"keys, excused"_s;
    QTest::newRow("expired for sure") << 1970 << 2029 << false << u"certificate"_s;
    QTest::newRow("too early by a clock that is right") << 2022 << 2020 << true << u"certificate"_s;
    QTest::newRow("too late by a clock that is right") << 2040 << 2025 << true << u"certificate"_s;
}

void TestKeyExchangeClient::wrongClockExcusesDatesAlone()
{
    QFETCH(const int, clock);
    QFETCH(const int, surelyLaterThan);
    QFETCH(const bool, isClockRight);
    QFETCH(const QString, outcome);
    const auto day = [](int year) { return QDateTime(QDate(year, 1, 1), QTime(0, 0), QTimeZone::UTC); };
    const CertificateWish dated{.names = {u"nts.test"_s}, .validFrom = day(2024), .expires = day(2028)};
    KeyServer server(manners({}, dated));
    KeyExchangeWish wanted = wish(server);
    wanted.tls.dates = {.now = at(clock), .notBefore = at(surelyLaterThan), .isClockRight = isClockRight};
    const auto verdict = [](const Heard& heard) {
        if (!heard.outcome || !*heard.outcome)
            return heard.text().section(u':', 0, 0);
        return (*heard.outcome)->tls.areDatesExcused ? u"keys, excused"_s : u"keys"_s;
    };
    Heard heard;
    exchange(wanted, heard);
    QCOMPARE(verdict(heard), outcome);

    // A wrong clock never excuses the name or the authority.
    wanted.tls.host = "other.test";
    Heard other;
    exchange(wanted, other);
    QCOMPARE(verdict(other), u"certificate"_s);
    MadeAuthority stranger;
    wanted.tls.host = "nts.test";
    wanted.tls.trustedFile = stranger.trustedFile().toStdString();
    Heard strange;
    exchange(wanted, strange);
    QCOMPARE(verdict(strange), u"certificate"_s);
}

void TestKeyExchangeClient::unusableTrustedFileIsSaid_data()
{
    QTest::addColumn<QString>("name");
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("why");
    QFile authority(m_authority.trustedFile());
    QVERIFY(authority.open(QIODevice::ReadOnly));
    const QByteArray good = authority.readAll();
    QTest::newRow("missing") << u"absent.pem"_s << QByteArray() << u"No such file"_s;
    QTest::newRow("folder") << u"."_s << QByteArray() << u"not a regular file"_s;
    QTest::newRow("FIFO that nobody writes") << u"fifo"_s << QByteArray() << u"not a regular file"_s;
    QTest::newRow("empty") << u"empty.pem"_s << QByteArray("\n") << u"no certificate in it"_s;
    QTest::newRow("something else") << u"notes.txt"_s << QByteArray("the roots are elsewhere\n")
                                    << u"no certificate in it"_s;
    QTest::newRow("second is cut") << u"cut.pem"_s << good + good.first(good.size() / 2)
                                   << u"certificate 2 in it cannot be read"_s;
    // RFC 1421 section 4.6: whoever reads it is to know a password.
    QTest::newRow("encrypted") << u"encrypted.pem"_s
                               << "-----BEGIN CERTIFICATE-----\nProc-Type: 4,ENCRYPTED\n"
                                  "DEK-Info: AES-128-CBC,000102030405060708090A0B0C0D0E0F\n\nAAECAwQFBgcICQoLDA0ODw==\n"
                                  "-----END CERTIFICATE-----\n"_ba
                               << u"certificate 1 in it cannot be read"_s;
}

void TestKeyExchangeClient::unusableTrustedFileIsSaid()
{
    QFETCH(const QString, name);
    QFETCH(const QByteArray, content);
    QFETCH(const QString, why);
    const QTemporaryDir folder;
    const QString path = folder.filePath(name);
    if (name == u"fifo") {
        QCOMPARE(::mkfifo(qPrintable(path), 0600), 0);
    } else if (!content.isEmpty()) {
        QFile file(path);
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write(content) == content.size());
    }
    KeyServer server(manners());
    KeyExchangeWish wanted = wish(server);
    wanted.tls.trustedFile = path.toStdString();
    Heard heard;
    exchange(wanted, heard);
    QVERIFY2(heard.text().contains(u"trusted-file "_s + path + u": "_s), qPrintable(heard.text()));
    QVERIFY2(heard.text().contains(why), qPrintable(heard.text()));
}

QTEST_GUILESS_MAIN(TestKeyExchangeClient)
#include "test_key_exchange_client.moc"
