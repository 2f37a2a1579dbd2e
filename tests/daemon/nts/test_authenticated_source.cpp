// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The engine with authenticated sources, from the key exchange to the clock: real TLS, real packets, and a server that
// turns dishonest. FAULTS rows 30 to 36 and 49.

#include "secure_server.h"

#include "daemon/clocks/simulated_clock.h"
#include "daemon/engine.h"
#include "daemon/known_names.h"
#include "daemon/state/source_registry.h"
#include "ntp/packet.h"
#include "support/machine_time.h"
#include "support/made_certificates.h"

#include <QTest>
#include <QTimeZone>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 20'000;

struct Rig {
    Rig(const MadeAuthority& authority, const std::vector<config::Source>& sources, config::Simulation simulation = {},
        RealTime notBefore = {}, bool requireNts = false, std::chrono::milliseconds firstRetry = 20ms)
        : clock(simulation)
    {
        config::Config config;
        config.sources = sources;
        config.selection.requireNts = requireNts;
        config.clock.type = config::ClockType::Simulated;
        config.simulation = simulation;
        config.nts.trustedFile = authority.trustedFile().toStdString();
        EngineStart start;
        start.watchMachine = false;
        start.notBefore = notBefore;
        start.queryTimes = {.answer = 300ms, .afterRefusal = 50ms, .linger = 100ms};
        start.ntsTimes = {.firstRetry = firstRetry};
        auto names = std::make_unique<KnownNames>();
        names->set(u"nts.test"_s, {u"127.0.0.1"_s});
        names->set(u"several.test"_s, {u"127.0.0.3"_s, u"127.0.0.2"_s, u"127.0.0.1"_s}); // the last one is there
        start.resolver = std::move(names);
        engine.emplace(config, clock, registry, std::move(start));
        engine->start();
    }
    const sync::SourceState& state() const { return engine->state().sources.front(); }
    const SourceInfo& info() const { return engine->sources().begin()->second; }
    std::uint64_t rejected(ntp::Rejection reason) const
    {
        const auto at = std::ranges::find(ntp::allRejections, reason) - ntp::allRejections.begin();
        return state().rejected[static_cast<std::size_t>(at)];
    }

    SourceRegistry registry{nullptr};
    SimulatedClock clock;
    std::optional<Engine> engine;
};

} // namespace

class TestAuthenticatedSource : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void clockFollowsAnAuthenticatedSource();
    void dishonestServerIsNeverBelieved_data();
    void dishonestServerIsNeverBelieved();
    void serverThatTurnsDishonestIsHeardNoMore();
    void serverThatForgotItsKeysIsAskedForNewOnes();
    void wrongCertificateMeansNoQueryAtAll();
    void plainSourceIsMeasuredAloneWhereAuthenticationIsRequired();
    void wrongClockIsSetByACertificateThatHoldsAfterwards();
    void oneServerHasOneOpinion();
    void nextAddressOfTheNameIsTriedAtOnce();

private:
    MadeAuthority m_authority;
};

void TestAuthenticatedSource::clockFollowsAnAuthenticatedSource()
{
    SecureServer server(m_authority);
    Rig rig(m_authority, {server.source()}, {.offset = Seconds(5.0)});
    QTRY_COMPARE_WITH_TIMEOUT(rig.engine->state().condition, sync::Condition::Synchronized, patienceMs);
    QVERIFY(rig.state().last->authenticated);
    QVERIFY(rig.info().nts && rig.info().nts->hasKeys);
    QCOMPARE(rig.info().nts->tls.certificate.names, QStringList{u"nts.test"_s});
    QCOMPARE(server.keyExchanges(), 1);
    QCOMPARE(rig.info().nts->cookies, nts::wantedCookies);
    QVERIFY(rig.info().lastError.isEmpty());
    checkRequests(server.requests());
}

void TestAuthenticatedSource::dishonestServerIsNeverBelieved_data()
{
    QTest::addColumn<SecureServer::Manner>("manner");
    QTest::newRow("row 35: strips the protection") << SecureServer::Manner::Strips;
    QTest::newRow("row 30: forges a bit") << SecureServer::Manner::Forges;
    QTest::newRow("row 32: refuses for ever") << SecureServer::Manner::Naks;
}

void TestAuthenticatedSource::dishonestServerIsNeverBelieved()
{
    QFETCH(const SecureServer::Manner, manner);
    SecureServer server(m_authority);
    server.manner = manner;
    Rig rig(m_authority, {server.source()}, {.offset = Seconds(5.0)});
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() >= 4, patienceMs);
    QVERIFY(!rig.state().last);
    QVERIFY(rig.engine->state().condition != sync::Condition::Synchronized);
    checkRequests(server.requests());
    if (manner == SecureServer::Manner::Naks)
        QVERIFY(server.keyExchanges() >= 2);
    else
        QVERIFY(rig.rejected(ntp::Rejection::Unauthenticated) >= 3);
}

void TestAuthenticatedSource::serverThatTurnsDishonestIsHeardNoMore() // row 35
{
    SecureServer server(m_authority);
    Rig rig(m_authority, {server.source()});
    QTRY_COMPARE_WITH_TIMEOUT(rig.engine->state().condition, sync::Condition::Synchronized, patienceMs);
    server.manner = SecureServer::Manner::Strips;
    const auto answers = rig.state().accepted;
    const auto before = server.requests().size();
    QTRY_VERIFY_WITH_TIMEOUT(server.requests().size() >= before + 3, patienceMs);
    QCOMPARE(rig.state().accepted, answers);
    QVERIFY(rig.rejected(ntp::Rejection::Unauthenticated) >= 2);
    checkRequests(server.requests());
}

void TestAuthenticatedSource::serverThatForgotItsKeysIsAskedForNewOnes() // row 36
{
    SecureServer server(m_authority);
    Rig rig(m_authority, {server.source()});
    QTRY_COMPARE_WITH_TIMEOUT(rig.engine->state().condition, sync::Condition::Synchronized, patienceMs);
    const auto answers = rig.state().accepted;
    server.forgetKeys(9);
    QTRY_VERIFY_WITH_TIMEOUT(rig.state().accepted >= answers + 2, patienceMs);
    QCOMPARE(server.keyExchanges(), 2);
    QVERIFY(rig.info().nts->refusals >= 1);
    checkRequests(server.requests());
}

void TestAuthenticatedSource::wrongCertificateMeansNoQueryAtAll() // row 39
{
    SecureServer server(m_authority, {.names = {u"other.test"_s}});
    Rig rig(m_authority, {server.source()});
    QTRY_VERIFY_WITH_TIMEOUT(server.keyExchanges() >= 2, patienceMs);
    QVERIFY(server.requests().empty());
    QCOMPARE(rig.state().reason, sync::Reason::NoKeys);
    QVERIFY2(rig.info().lastError.contains(u"certificate"_s), qPrintable(rig.info().lastError));
    QVERIFY(rig.info().nts->failures >= 1);
}

void TestAuthenticatedSource::plainSourceIsMeasuredAloneWhereAuthenticationIsRequired()
{
    FakeServer plain(u"127.0.0.1"_s,
        [](const FakeServer::Octets& request) { return std::vector<FakeServer::Octets>{goodReply(request)}; });
    const config::Source source{.address = "127.0.0.1", .port = plain.endpoint().port, .minPoll = 0, .maxPoll = 2};
    Rig rig(m_authority, {source}, {.offset = Seconds(5.0)}, {}, true);
    QTRY_VERIFY_WITH_TIMEOUT(rig.state().accepted >= 3, patienceMs);
    QCOMPARE(rig.state().reason, sync::Reason::ExcludedByUser);
    QVERIFY(rig.engine->state().condition != sync::Condition::Synchronized);
}

void TestAuthenticatedSource::wrongClockIsSetByACertificateThatHoldsAfterwards() // row 49
{
    // The clock wakes up half a century too early.
    SecureServer server(m_authority);
    const RealTime lastSeen = machineTime() - 24h * 400;
    Rig rig(m_authority, {server.source()}, {.offset = Seconds(-50.0 * 365 * 86'400)}, lastSeen);
    QTRY_COMPARE_WITH_TIMEOUT(rig.engine->state().condition, sync::Condition::Synchronized, patienceMs);
    QTRY_VERIFY_WITH_TIMEOUT(!rig.info().nts->tls.areDatesExcused, patienceMs);
    QVERIFY(rig.info().nts->hasKeys);

    // One that had expired by the time that it tells is thrown away once that is known.
    const QDateTime today = QDateTime::currentDateTimeUtc();
    SecureServer expired(
        m_authority, {.names = {u"nts.test"_s}, .validFrom = today.addDays(-300), .expires = today.addDays(-200)});
    Rig misled(m_authority, {expired.source()}, {.offset = Seconds(-50.0 * 365 * 86'400)}, lastSeen);
    QTRY_VERIFY_WITH_TIMEOUT(misled.info().nts && misled.info().nts->failures >= 1, patienceMs);
    QVERIFY2(misled.info().lastError.contains(u"certificate"_s), qPrintable(misled.info().lastError));
    QVERIFY(!misled.info().nts->hasKeys);
    // It is asked again in vain: the clock is right now, and nothing is excused any more.
    const int exchanges = expired.keyExchanges();
    QTRY_VERIFY_WITH_TIMEOUT(expired.keyExchanges() > exchanges, patienceMs);
    QVERIFY(!misled.info().nts->hasKeys);
}

void TestAuthenticatedSource::oneServerHasOneOpinion()
{
    // The same time server, plain and authenticated: the plain source is first, and makes room.
    SecureServer server(m_authority);
    config::Source plain = server.source("127.0.0.1");
    plain.nts = false;
    plain.port = server.timeServer().port;
    Rig rig(m_authority, {plain, server.source()});
    QTRY_VERIFY_WITH_TIMEOUT(rig.engine->sources().begin()->second.lastError.contains(u"authenticated"_s), patienceMs);
    const auto accepted = rig.state().accepted;
    const auto authenticated = [&] { return rig.engine->state().sources.back().accepted; };
    const auto before = authenticated();
    QTRY_VERIFY_WITH_TIMEOUT(authenticated() >= before + 3, patienceMs);
    QVERIFY(rig.state().accepted <= accepted + 1); // one may have been on its way
}

void TestAuthenticatedSource::nextAddressOfTheNameIsTriedAtOnce() // rows 37 and 46
{
    SecureServer server(m_authority, {.names = {u"several.test"_s}});
    // Whoever waited between the addresses would wait an hour.
    Rig rig(m_authority, {server.source("several.test")}, {}, {}, false, 3600s);
    QTRY_VERIFY_WITH_TIMEOUT(rig.state().accepted >= 1, patienceMs);
    QCOMPARE(server.keyExchanges(), 1);
    QCOMPARE(rig.info().nts->failures, 2U);
    QCOMPARE(rig.info().address, QHostAddress(u"127.0.0.1"_s));
}

QTEST_GUILESS_MAIN(TestAuthenticatedSource)
#include "test_authenticated_source.moc"
