// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Our client and our server with Network Time Security, over loopback, with cookies from the keys themselves: while the keys
// are replaced, across a restart of the server, and after it has lost them. FAULTS rows 36 and 55.

#include "daemon/clocks/none_clock.h"
#include "daemon/net/heard.h"
#include "daemon/net/ntp_client.h"
#include "daemon/nts_server/server_keys.h"
#include "daemon/server/server.h"
#include "daemon/state/state_directory.h"
#include "nts/exchange_parts.h"

#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

constexpr sync::SourceId source{1};
constexpr std::size_t keptBefore = 2;

} // namespace

class TestProtectedExchange : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void cookiesAreRenewedWhileKeysAreReplaced_36_data();
    void cookiesAreRenewedWhileKeysAreReplaced_36();
    void restartKeepsTheCookiesGood();
    void lostKeysAreToldToTheClient_55();
    void keysArriveWhileRequestsAreAnswered();

private:
    void start();
    void replaceKey();
    void ask();
    bool isMeasured()
    {
        const auto* measured = m_heard->find<sync::MeasurementReceived>();
        return measured && measured->measurement.authenticated;
    }

    BootTime m_now{100s};
    std::unique_ptr<QTemporaryDir> m_folder;
    std::optional<StateDirectory> m_state;
    sync::State m_timekeeping;
    NoneClock m_clock;
    std::unique_ptr<ServerKeys> m_keys;
    std::unique_ptr<Server> m_server;
    std::unique_ptr<NtpClient> m_client;
    std::shared_ptr<nts::Session> m_session;
    std::unique_ptr<Heard> m_heard;
};

void TestProtectedExchange::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_state.emplace(StateDirectory::open(m_folder->path().toStdString()).value());
    m_client = std::make_unique<NtpClient>(m_clock, QueryTimes{.answer = 5s});
    m_heard = std::make_unique<Heard>(*m_client);
    start();
    m_session =
        std::make_shared<nts::Session>(nts::someSession(nts::Algorithm::SivCmac256, *m_keys->published().value()));
}

void TestProtectedExchange::cleanup()
{
    m_client.reset();
    m_server.reset();
    m_keys.reset();
    m_state.reset();
}

// Anew, as after a restart of the daemon.
void TestProtectedExchange::start()
{
    m_server.reset();
    m_keys.reset();
    m_keys = std::make_unique<ServerKeys>(
        ServerKeyRules{.rotateAfter = 24h, .keptBefore = keptBefore}, &*m_state, [this] { return m_now; });
    m_server = std::make_unique<Server>(config::Server{.listen = {"127.0.0.1"}, .localStratum = 2, .rateLimit = 0},
        config::Simulation{}, m_clock, [this]() -> const sync::State& { return m_timekeeping; });
    const auto give = [this] { m_server->setCookieKeys(m_keys->published().value()); };
    connect(m_keys.get(), &ServerKeys::replaced, m_server.get(), give);
    give();
    m_server->start(0);
}

void TestProtectedExchange::replaceKey()
{
    m_now += 24h;
    m_keys->renew();
}

void TestProtectedExchange::ask()
{
    m_heard->forget();
    m_client->ask(source, m_server->endpoints().front(), 4, m_session);
    QTRY_VERIFY_WITH_TIMEOUT(!m_heard->events().empty(), 20'000);
}

void TestProtectedExchange::cookiesAreRenewedWhileKeysAreReplaced_36_data()
{
    QTest::addColumn<nts::Algorithm>("algorithm");
    for (const nts::Algorithm algorithm : nts::allAlgorithms)
        QTest::newRow(nts::algorithmName(algorithm).data()) << algorithm;
}

void TestProtectedExchange::cookiesAreRenewedWhileKeysAreReplaced_36()
{
    QFETCH(const nts::Algorithm, algorithm);
    m_session = std::make_shared<nts::Session>(nts::someSession(algorithm, *m_keys->published().value(), 1));
    for (int i = 0; i < 40; ++i) {
        ask();
        QVERIFY2(isMeasured(), qPrintable(m_heard->text()));
        QVERIFY(m_session->cookieCount() >= 5);
        if (i % 8 == 7)
            replaceKey();
    }
    QTRY_COMPARE(m_server->counters().protectedByNts(), std::uint64_t(40));
    QCOMPARE(m_server->counters().unreadableCookies, std::uint64_t(0));
}

void TestProtectedExchange::restartKeepsTheCookiesGood()
{
    for (int restart = 0; restart < 3; ++restart) {
        ask();
        QVERIFY2(isMeasured(), qPrintable(m_heard->text()));
        start();
    }
    ask();
    QVERIFY2(isMeasured(), qPrintable(m_heard->text()));
    QTRY_COMPARE(m_server->counters().protectedByNts(), std::uint64_t(1)); // the last server's
}

void TestProtectedExchange::lostKeysAreToldToTheClient_55()
{
    ask();
    QVERIFY2(isMeasured(), qPrintable(m_heard->text()));
    m_keys->save();
    QVERIFY(QFile::remove(m_folder->filePath(QStringLiteral("nts-server-keys"))));
    start();
    ask();
    QVERIFY(!isMeasured());
    QVERIFY(m_heard->find<sync::KissReceived>() != nullptr);
    QTRY_COMPARE(m_server->counters().unreadableCookies, std::uint64_t(1));
}

// Under the eyes of ThreadSanitizer.
void TestProtectedExchange::keysArriveWhileRequestsAreAnswered()
{
    for (int i = 0; i < 30; ++i) {
        m_heard->forget();
        m_client->ask(source, m_server->endpoints().front(), 4, m_session);
        if (i % 5 == 0)
            replaceKey();
        QTRY_VERIFY_WITH_TIMEOUT(!m_heard->events().empty(), 20'000);
        // Once in a while there is no cookie of a key that is left, and new ones come from an exchange of keys.
        if (!isMeasured())
            m_session = std::make_shared<nts::Session>(
                nts::someSession(nts::Algorithm::SivCmac256, *m_keys->published().value()));
    }
    QTRY_VERIFY(m_server->counters().protectedByNts() + m_server->counters().unreadableCookies == 30);
    QVERIFY(m_server->counters().protectedByNts() > 15);
}

QTEST_GUILESS_MAIN(TestProtectedExchange)
#include "test_protected_exchange.moc"
