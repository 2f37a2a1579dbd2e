// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Keys and cookies as a file, and what is left of it when it is damaged.

#include "daemon/nts/kept_sessions.h"
#include "files/wiped.h"
#include "support/freed_memory.h"

#include <QTest>

#include <algorithm>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

nts::Secret secretOf(std::size_t length, int octet)
{
    return nts::Secret{std::vector<std::byte>(length, static_cast<std::byte>(octet))};
}

KeptSession sessionOf(std::uint32_t id, nts::Algorithm algorithm)
{
    return {.source = sync::SourceId{id},
        .keyHost = {.host = "nts.example.org",
            .endpoint = {.address = QHostAddress(u"2001:db8::1"_s), .port = nts::keyExchangePort}},
        .algorithm = algorithm,
        .keys = {.clientToServer = secretOf(keyLength(algorithm), 1),
            .serverToClient = secretOf(keyLength(algorithm), 2)},
        .cookies = {nts::Cookie(100, std::byte{3}), nts::Cookie(1, std::byte{4})},
        .server = {.address = QHostAddress(u"192.0.2.9"_s), .port = 4123},
        .tls = {.certificate = {.names = {u"nts.example.org"_s, u"z\u00fcrich.example"_s},
                    .issuer = u"An \"Authority\", of sorts"_s,
                    .validFrom = RealTime{1'700'000'000s},
                    .expires = RealTime{1'900'000'000s}},
            .version = u"TLSv1.3"_s,
            .cipher = u"TLS_AES_256_GCM_SHA384"_s},
        .lastExchange = RealTime{1'800'000'000s}};
}

std::vector<KeptSession> someSessions()
{
    std::vector<KeptSession> sessions;
    sessions.push_back(sessionOf(7, nts::Algorithm::SivCmac256));
    sessions.push_back(sessionOf(8, nts::Algorithm::Gcm128Siv));
    return sessions;
}

void compare(const KeptSession& read, const KeptSession& written)
{
    QCOMPARE(read.source, written.source);
    QCOMPARE(read.keyHost.host, written.keyHost.host);
    QCOMPARE(read.keyHost.endpoint, written.keyHost.endpoint);
    QCOMPARE(read.algorithm, written.algorithm);
    QVERIFY(std::ranges::equal(read.keys.clientToServer.octets(), written.keys.clientToServer.octets()));
    QVERIFY(std::ranges::equal(read.keys.serverToClient.octets(), written.keys.serverToClient.octets()));
    QCOMPARE(read.cookies, written.cookies);
    QCOMPARE(read.server, written.server);
    QCOMPARE(read.tls, written.tls);
    QCOMPARE(read.lastExchange, written.lastExchange);
}

} // namespace

class TestKeptSessions : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void comeBackAsTheyWere();
    void damageCostsNoMoreThanItself();
    void anythingIsRead();
    void longCertificatesLeaveNoCopyOfTheKeys();
};

void TestKeptSessions::comeBackAsTheyWere()
{
    const auto read = readKeptSessions(writeKeptSessions(someSessions()));
    QCOMPARE(read.size(), 2UZ);
    compare(read[0], someSessions()[0]);
    compare(read[1], someSessions()[1]);
    QVERIFY(readKeptSessions(writeKeptSessions({})).empty());
}

void TestKeptSessions::damageCostsNoMoreThanItself()
{
    const auto damaged = [](const std::string& what, const std::string& with) {
        std::string text = writeKeptSessions(someSessions());
        text.replace(text.find(what), what.size(), with);
        return readKeptSessions(text);
    };
    QVERIFY(damaged("nts-sessions 1", "nts-sessions 2").empty());
    for (const auto& [what, with] :
        {std::pair{"session 7", "session x"}, {" 192.0.2.9 ", " 224.0.0.1 "}, {" 4123 ", " 0 "}, {" 15 ", " 14 "},
            {" 15 ", " 17 "}, {" 15 ", " 30 "}, {" 1800000000 ", " -1 "}, {"session 7", "7"}}) {
        const auto read = damaged(what, with);
        QCOMPARE(read.size(), 1UZ);
        QCOMPARE(read.front().source, sync::SourceId{8});
        QCOMPARE(read.front().cookies.size(), 2UZ); // and no cookie of the other
    }
    const auto first = damaged("session 8", "session x");
    QCOMPARE(first.size(), 1UZ);
    QCOMPARE(first.front().cookies.size(), 2UZ); // likewise
    QCOMPARE(damaged("cookie 03", "cookie 0x").front().cookies.size(), 1UZ);
    const std::string whole = writeKeptSessions(someSessions());
    QVERIFY(readKeptSessions(whole.substr(0, whole.find("cookie"))).empty()); // without a cookie it is of no use
}

void TestKeptSessions::anythingIsRead()
{
    const std::string whole = writeKeptSessions(someSessions());
    for (std::size_t length = 0; length < whole.size(); ++length)
        QVERIFY(readKeptSessions(std::string_view(whole).substr(0, length)).size() <= 2);
    for (std::size_t at = 0; at < whole.size(); at += 3) {
        std::string changed = whole;
        changed[at] = at % 2 == 0 ? '\n' : '\xff';
        for (const KeptSession& session : readKeptSessions(changed))
            QVERIFY(!session.cookies.empty() && session.server.port != 0);
    }
}

void TestKeptSessions::longCertificatesLeaveNoCopyOfTheKeys()
{
    // As long as daemon::certificateOf() lets them be, of characters with the longest UTF-8.
    const QString longest(253, QChar::ReplacementCharacter);
    std::vector<KeptSession> sessions;
    for (std::uint32_t id = 1; id <= 16; ++id) {
        sessions.push_back(sessionOf(id, nts::Algorithm::SivCmac256));
        sessions.back().cookies.assign(nts::wantedCookies, nts::Cookie(nts::maxCookieLength, std::byte{3}));
        sessions.back().tls.certificate.names = QStringList(8, longest);
        sessions.back().tls.certificate.issuer = longest + u", "_s + longest;
    }
    std::string key;
    for (std::size_t i = 0; i < keyLength(nts::Algorithm::SivCmac256); ++i)
        key += "01";
    const tests::FreedMemory freed(key);
    std::string text = writeKeptSessions(sessions);
    QVERIFY(text.contains(key));
    files::wipe(text);
    text.clear();
    text.shrink_to_fit();
    QCOMPARE(freed.timesFound(), 0);
}

QTEST_APPLESS_MAIN(TestKeptSessions)
#include "test_kept_sessions.moc"
