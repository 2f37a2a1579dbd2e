// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// When keys are exchanged, and when not yet: RFC 8915 sections 4.2 and 5.7, FAULTS rows 32, 34, 37 and 46.

#include "granting.h"

#include "daemon/known_names.h"
#include "daemon/nts/nts_client.h"
#include "ntp/packet.h"
#include "support/made_certificates.h"

#include <QSignalSpy>
#include <QTest>
#include <QTimeZone>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Readiness = NtsClient::Readiness;

namespace {

constexpr int patienceMs = 20'000;
constexpr sync::SourceId id{1};
constexpr RealTime today{1'795'000'000s}; // 2026-11-18
const DateRule dates{.now = today, .notBefore = today - 24h, .isClockRight = false};

nts::RequestRandom someRandom()
{
    return {};
}

std::vector<std::byte> header()
{
    return std::vector<std::byte>(ntp::headerLength);
}

} // namespace

class TestNtsClient : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void keysAreThereAfterOneExchange();
    void namedTimeServerIsLookedUp();
    void namedTimeServerThatIsNoneIsRefused();
    void failureIsNotRepeatedTooSoon();
    void pausesGrowByHalf();
    void otherAddressIsTriedAtOnce();
    void otherNetworkIsAnotherChance();
    void answerEndsThePauses();
    void oneRefusalIsForgivenByAnAnswer();
    void refusalWithoutAnAnswerAfterItLeadsToNewKeys();
    void oldKeysStayWhenNewOnesCannotBeHad();
    void spentCookiesLeadToNewKeys();
    void refusedServerOfOldGetsTheKeysItShouldHave();
    void refusalAfterTheKeysWereDroppedChangesNothing();
    void certificateIsJudgedAgainOnceTheTimeIsKnown();
    void forgottenSourceIsHeardNoMore();

private:
    void use(nts::Agreement grant = {}, const NtsTimes& times = {});
    Readiness prepare() { return m_client->prepare(id, {.host = "nts.test", .endpoint = m_server->endpoint()}, dates); }
    void exchange();

    MadeAuthority m_authority;
    std::unique_ptr<KeyServer> m_server;
    KnownNames* m_names = nullptr;
    std::unique_ptr<NtsClient> m_client;
    std::unique_ptr<QSignalSpy> m_prepared;
    std::unique_ptr<QSignalSpy> m_failed;
};

void TestNtsClient::init()
{
    use();
}

void TestNtsClient::cleanup()
{
    m_client.reset();
}

void TestNtsClient::use(nts::Agreement grant, const NtsTimes& times)
{
    m_server = std::make_unique<KeyServer>(KeyServer::Manners{
        .certificate = m_authority.sign({.names = {u"nts.test"_s}}), .answer = granting(std::move(grant))});
    auto names = std::make_unique<KnownNames>();
    m_names = names.get();
    m_client = std::make_unique<NtsClient>(std::move(names), times);
    m_client->setTrustedFile(m_authority.trustedFile().toStdString());
    m_prepared = std::make_unique<QSignalSpy>(m_client.get(), &NtsClient::prepared);
    m_failed = std::make_unique<QSignalSpy>(m_client.get(), &NtsClient::failed);
}

void TestNtsClient::exchange()
{
    const auto before = m_prepared->size();
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_prepared->size(), before + 1, patienceMs);
    QCOMPARE(prepare(), Readiness::Ready);
}

void TestNtsClient::keysAreThereAfterOneExchange()
{
    QVERIFY(!m_client->facts(id));
    QCOMPARE(prepare(), Readiness::Working);
    QCOMPARE(prepare(), Readiness::Working); // the same one
    QTRY_COMPARE_WITH_TIMEOUT(m_prepared->size(), 1, patienceMs);
    QCOMPARE(prepare(), Readiness::Ready);
    QCOMPARE(m_server->connections(), 1);
    QCOMPARE(m_client->server(id), (Endpoint{.address = QHostAddress(QHostAddress::LocalHost), .port = 123}));
    QCOMPARE(m_client->session(id)->cookieCount(), nts::wantedCookies);
    const NtsFacts facts = *m_client->facts(id);
    QVERIFY(facts.hasKeys);
    QCOMPARE(facts.algorithm, u"AES-SIV-CMAC-256"_s);
    QCOMPARE(facts.cookies, nts::wantedCookies);
    QCOMPARE(facts.exchanges, 1U);
    QCOMPARE(facts.lastExchange, today);
}

void TestNtsClient::namedTimeServerIsLookedUp()
{
    use({.server = "ntp.test", .port = 4123});
    m_names->set(u"ntp.test"_s, {u"2001:db8::9"_s, u"192.0.2.9"_s});
    exchange();
    QCOMPARE(m_names->lookups(), 1);
    // Of the family in which the keys were exchanged.
    QCOMPARE(m_client->server(id), (Endpoint{.address = QHostAddress(u"192.0.2.9"_s), .port = 4123}));
}

void TestNtsClient::namedTimeServerThatIsNoneIsRefused()
{
    use({.server = "ntp.test"});
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    QVERIFY(m_failed->first().last().toString().contains(u"ntp.test"_s));
    QVERIFY(!m_client->facts(id)->hasKeys);

    use({.server = "224.0.1.1"});
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    QVERIFY(!m_client->facts(id)->hasKeys);
}

void TestNtsClient::failureIsNotRepeatedTooSoon() // row 37
{
    m_server->manners.isFalling = true;
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    QCOMPARE(prepare(), Readiness::NotYet);
    QCOMPARE(m_server->connections(), 1);
    QCOMPARE(m_client->facts(id)->failures, 1U);
    QCOMPARE(m_client->facts(id)->nextAttempt, today + 10s);
    QVERIFY(!m_client->facts(id)->lastFailure.isEmpty());
}

void TestNtsClient::pausesGrowByHalf()
{
    use({}, {.firstRetry = 4ms, .longestRetry = 10ms});
    m_server->manners.isFalling = true;
    for (const auto pause : {4ms, 6ms, 9ms, 10ms, 10ms}) {
        QTRY_VERIFY_WITH_TIMEOUT(prepare() == Readiness::Working, patienceMs);
        QCOMPARE(m_client->facts(id)->nextAttempt, today + pause);
        const auto before = m_failed->size();
        QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), before + 1, patienceMs);
    }
}

void TestNtsClient::otherAddressIsTriedAtOnce()
{
    m_server->manners.isFalling = true;
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    KeyServer other(m_server->manners, u"127.0.0.2"_s);
    other.manners.isFalling = false;
    // Row 46: the name is what the certificate is for, at whichever address.
    QCOMPARE(m_client->prepare(id, {.host = "nts.test", .endpoint = other.endpoint()}, dates), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_prepared->size(), 1, patienceMs);
    QCOMPARE(m_client->server(id).address, QHostAddress(u"127.0.0.2"_s));
}

void TestNtsClient::otherNetworkIsAnotherChance()
{
    m_server->manners.isFalling = true;
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    QCOMPARE(prepare(), Readiness::NotYet);
    m_client->retry();
    m_server->manners.isFalling = false;
    m_server->manners.alpn.clear();
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 2, patienceMs);
    m_client->retry(); // it was reached, and what it said will not be better elsewhere
    QCOMPARE(prepare(), Readiness::NotYet);
}

void TestNtsClient::answerEndsThePauses()
{
    exchange();
    QCOMPARE(m_client->facts(id)->nextAttempt, today + 10s);
    m_client->answered(id);
    QCOMPARE(m_client->facts(id)->nextAttempt, RealTime{});
    while (m_client->session(id)->protect(header(), someRandom())) {}
    QCOMPARE(prepare(), Readiness::Working);
}

void TestNtsClient::oneRefusalIsForgivenByAnAnswer() // row 32
{
    exchange();
    m_client->answered(id);
    m_client->refused(id);
    QCOMPARE(prepare(), Readiness::Ready);
    m_client->answered(id);
    m_client->refused(id);
    QCOMPARE(prepare(), Readiness::Ready);
    QCOMPARE(m_client->facts(id)->refusals, 2U);
}

void TestNtsClient::refusalWithoutAnAnswerAfterItLeadsToNewKeys() // row 32
{
    exchange();
    m_client->answered(id);
    m_client->unanswered(id); // silence alone is no reason
    QCOMPARE(prepare(), Readiness::Ready);
    m_client->refused(id);
    m_client->unanswered(id);
    exchange();
    QCOMPARE(m_server->connections(), 2);
    m_client->answered(id);
    m_client->refused(id);
    m_client->refused(id);
    exchange();
}

void TestNtsClient::oldKeysStayWhenNewOnesCannotBeHad()
{
    exchange();
    m_client->answered(id);
    m_client->refused(id);
    m_client->refused(id);
    m_server->manners.isFalling = true;
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    QCOMPARE(prepare(), Readiness::Ready);
}

void TestNtsClient::spentCookiesLeadToNewKeys() // row 34
{
    exchange();
    m_client->answered(id);
    for (std::size_t i = 0; i < nts::wantedCookies; ++i) {
        QCOMPARE(prepare(), Readiness::Ready);
        QVERIFY(m_client->session(id)->protect(header(), someRandom()));
    }
    exchange();
    QCOMPARE(m_client->session(id)->cookieCount(), nts::wantedCookies);
}

void TestNtsClient::refusedServerOfOldGetsTheKeysItShouldHave()
{
    use({.algorithm = nts::Algorithm::Gcm128Siv, .compliantContext = false});
    exchange();
    const nts::Secret first = m_client->session(id)->keys().clientToServer.copy();
    m_client->refused(id);
    QCOMPARE(prepare(), Readiness::Ready);
    QVERIFY(!std::ranges::equal(m_client->session(id)->keys().clientToServer.octets(), first.octets()));
    m_client->refused(id);
    m_client->refused(id);
    QCOMPARE(m_client->facts(id)->refusals, 3U);
}

void TestNtsClient::refusalAfterTheKeysWereDroppedChangesNothing()
{
    // Keys that would be exchanged for others at the next refusal, of a time server that cannot be resolved.
    use({.algorithm = nts::Algorithm::Gcm128Siv, .compliantContext = false, .server = "ntp.test"});
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_failed->size(), 1, patienceMs);
    m_client->refused(id); // a late answer to a query with older keys
    QVERIFY(!m_client->facts(id)->hasKeys);

    use({.algorithm = nts::Algorithm::Gcm128Siv, .compliantContext = false});
    exchange();
    m_client->addressChanged(id);
    m_client->refused(id);
    QVERIFY(!m_client->facts(id)->hasKeys);
}

void TestNtsClient::certificateIsJudgedAgainOnceTheTimeIsKnown() // row 49
{
    const auto day = [](int year) { return QDateTime(QDate(year, 1, 1), QTime(0, 0), QTimeZone::UTC); };
    m_server->manners.certificate =
        m_authority.sign({.names = {u"nts.test"_s}, .validFrom = day(2030), .expires = day(2031)});
    exchange();
    QVERIFY(m_client->facts(id)->tls.areDatesExcused);
    QVERIFY(!m_client->distrust(id, RealTime{std::chrono::sys_days{2030y / 6 / 1}.time_since_epoch()}));
    QVERIFY(!m_client->facts(id)->tls.areDatesExcused); // it was right after all

    use();
    m_server->manners.certificate =
        m_authority.sign({.names = {u"nts.test"_s}, .validFrom = day(2030), .expires = day(2031)});
    exchange();
    QVERIFY(m_client->distrust(id, today));
    QCOMPARE(m_failed->size(), 1);
    QVERIFY(!m_client->facts(id)->hasKeys);
    QVERIFY(!m_client->distrust(id, today));
}

void TestNtsClient::forgottenSourceIsHeardNoMore()
{
    QCOMPARE(prepare(), Readiness::Working);
    m_client->forget(id);
    QVERIFY(!m_client->facts(id));
    // Another exchange is done after it, so that the forgotten one had its time.
    QCOMPARE(m_client->prepare(sync::SourceId{2}, {.host = "nts.test", .endpoint = m_server->endpoint()}, dates),
        Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_prepared->size(), 1, patienceMs);
    QCOMPARE(m_prepared->first().first().value<sync::SourceId>(), sync::SourceId{2});
}

QTEST_GUILESS_MAIN(TestNtsClient)
#include "test_nts_client.moc"
