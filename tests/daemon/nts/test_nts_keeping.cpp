// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What is in the file of keys and cookies while the sources are asked, are not asked yet, and are gone.

#include "granting.h"

#include "daemon/known_names.h"
#include "daemon/nts/nts_client.h"
#include "daemon/state/state_directory.h"
#include "support/machine_time.h"
#include "support/made_certificates.h"

#include <QDateTime>
#include <QTemporaryDir>
#include <QTest>
#include <QTimeZone>

#include <algorithm>
#include <chrono>
#include <optional>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace std::chrono_literals;
using namespace Qt::StringLiterals;
using Readiness = NtsClient::Readiness;

namespace {

constexpr int patienceMs = 20'000;
constexpr sync::SourceId asked{1};
constexpr sync::SourceId unasked{2};
const std::string fileName = "nts-sessions";
// The certificates are valid now; keys of others are not kept.
const RealTime today = machineTime();
const DateRule dates{.now = today, .notBefore = today - 24h, .isClockRight = true};
const Endpoint otherKeyServer{.address = QHostAddress(u"192.0.2.1"_s), .port = 4460};

KeptSession sessionOf(sync::SourceId source)
{
    KeptSession session{.source = source,
        .keyHost = {.host = "other.test", .endpoint = otherKeyServer},
        .keys = {.clientToServer = nts::Secret{std::vector<std::byte>(32, std::byte{1})},
            .serverToClient = nts::Secret{std::vector<std::byte>(32, std::byte{2})}},
        .server = {.address = QHostAddress(u"192.0.2.9"_s), .port = 123}};
    for (std::size_t i = 0; i < nts::wantedCookies; ++i)
        session.cookies.push_back(nts::Cookie(100, static_cast<std::byte>(i)));
    return session;
}

// Finds a name when the test says so.
class LateNames : public Resolver {
public:
    void lookUp(const QString& name) override { m_wanted = name; }
    void answer(const QString& address) { Q_EMIT resolved(m_wanted, {QHostAddress(address)}); }

private:
    QString m_wanted;
};

} // namespace

class TestNtsKeeping : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void init();
    void cleanup();
    void whatWasNotAskedIsKeptAtTheEnd();
    void whatWasNotAskedAndIsForgottenIsErased();
    void whatNobodyAsksAnyMoreIsErased();
    void keysOfAnotherHostAreErased();
    void noCookieInTheFileIsSentLater();
    void droppedKeysAreErased();
    void cookiesAreKeptWithTheServerThatTheyAreFor();
    void keysAreNotKeptBeforeTheirServerIsKnown();
    void keysThatOurClockAloneVouchesForAreNotKept();

private:
    // As after a start, with this left by the run before.
    void begin(const std::vector<KeptSession>& left, nts::Agreement grant = {});
    Readiness prepare(sync::SourceId source = asked)
    {
        return m_client->prepare(source, {.host = "nts.test", .endpoint = m_server->endpoint()}, dates);
    }
    Readiness prepareOther(const std::string& host = "other.test")
    {
        return m_client->prepare(unasked, {.host = host, .endpoint = otherKeyServer}, dates);
    }
    std::vector<KeptSession> file() const
    {
        const auto content = m_state->read(fileName);
        return content && *content ? readKeptSessions(**content) : std::vector<KeptSession>{};
    }
    bool isInFile(sync::SourceId source) const { return std::ranges::contains(file(), source, &KeptSession::source); }

    MadeAuthority m_authority;
    std::optional<QTemporaryDir> m_folder;
    std::optional<StateDirectory> m_state;
    std::unique_ptr<KeyServer> m_server;
    LateNames* m_names = nullptr;
    std::unique_ptr<NtsClient> m_client;
};

void TestNtsKeeping::init()
{
    m_folder.emplace();
    m_state.emplace(StateDirectory::open(m_folder->path().toStdString()).value());
}

void TestNtsKeeping::cleanup()
{
    m_client.reset();
}

void TestNtsKeeping::begin(const std::vector<KeptSession>& left, nts::Agreement grant)
{
    m_client.reset();
    if (!left.empty())
        QVERIFY(m_state->writeSecret(fileName, writeKeptSessions(left)));
    m_server = std::make_unique<KeyServer>(KeyServer::Manners{
        .certificate = m_authority.sign({.names = {u"nts.test"_s}}), .answer = granting(std::move(grant))});
    auto names = std::make_unique<LateNames>();
    m_names = names.get();
    m_client = std::make_unique<NtsClient>(std::move(names));
    m_client->setTrustedFile(m_authority.trustedFile().toStdString());
    m_client->keepIn(*m_state);
}

void TestNtsKeeping::whatWasNotAskedIsKeptAtTheEnd()
{
    std::vector<KeptSession> left;
    left.push_back(sessionOf(unasked));
    begin(left);
    QVERIFY(file().empty());
    m_client->keepAll();
    const auto kept = file();
    QCOMPARE(kept.size(), 1UZ);
    QCOMPARE(kept.front().source, unasked);
    QCOMPARE(kept.front().cookies, left.front().cookies); // all of them
}

void TestNtsKeeping::whatWasNotAskedAndIsForgottenIsErased()
{
    std::vector<KeptSession> left;
    left.push_back(sessionOf(asked));
    left.push_back(sessionOf(unasked));
    begin(left);
    m_client->forget(unasked);
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(asked), patienceMs);
    QVERIFY(!isInFile(unasked));
    m_client->keepAll();
    QVERIFY(isInFile(asked));
    QVERIFY(!isInFile(unasked));
}

void TestNtsKeeping::whatNobodyAsksAnyMoreIsErased()
{
    std::vector<KeptSession> left;
    left.push_back(sessionOf(asked));
    left.push_back(sessionOf(unasked));
    begin(left);
    m_client->keepOnly([](const KeptSession& kept) { return kept.source == asked; });
    m_client->keepAll();
    QVERIFY(isInFile(asked));
    QVERIFY(!isInFile(unasked));
}

void TestNtsKeeping::keysOfAnotherHostAreErased()
{
    std::vector<KeptSession> left;
    left.push_back(sessionOf(unasked));
    begin(left);
    QCOMPARE(prepareOther("another.test"), Readiness::Working); // not resumed
    m_client->keepAll();
    QVERIFY(file().empty());

    // Nor those of another member of a pool.
    begin(left);
    const Endpoint member{.address = QHostAddress(u"192.0.2.2"_s), .port = otherKeyServer.port};
    QCOMPARE(m_client->prepare(unasked, {.host = "other.test", .endpoint = member, .isOneOfMany = true}, dates),
        Readiness::Working);
    m_client->keepAll();
    QVERIFY(file().empty());
}

void TestNtsKeeping::noCookieInTheFileIsSentLater()
{
    std::vector<KeptSession> left;
    left.push_back(sessionOf(unasked));
    begin(left);
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(asked), patienceMs);
    QVERIFY(isInFile(unasked));

    // From here on the daemon may be killed before it writes again.
    const auto kept = file();
    QCOMPARE(prepareOther(), Readiness::Ready);
    const auto sent = m_client->session(unasked)->giveUpCookies(nts::wantedCookies);
    QVERIFY(!sent.empty());
    for (const KeptSession& session : kept) {
        for (const nts::Cookie& cookie : session.cookies)
            QVERIFY(!std::ranges::contains(sent, cookie));
    }
}

void TestNtsKeeping::droppedKeysAreErased()
{
    begin({});
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(asked), patienceMs);
    m_client->addressChanged(asked);
    QTRY_VERIFY_WITH_TIMEOUT(!isInFile(asked), patienceMs);
}

void TestNtsKeeping::cookiesAreKeptWithTheServerThatTheyAreFor()
{
    constexpr sync::SourceId third{3};
    begin({}, {.server = "ntp.test", .port = 4123});
    std::vector<KeptSession> left;
    left.push_back(sessionOf(asked));
    left.back().keyHost = {.host = "nts.test", .endpoint = m_server->endpoint()};
    left.push_back(sessionOf(unasked));
    left.push_back(sessionOf(third));
    QVERIFY(m_state->writeSecret(fileName, writeKeptSessions(left)));
    m_client->keepIn(*m_state);

    // The cookies of before are spent, and the name of the server that the new ones are for is not resolved yet.
    QCOMPARE(prepare(), Readiness::Ready);
    m_client->session(asked)->giveUpCookies(nts::wantedCookies);
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->facts(asked)->exchanges, 1U, patienceMs);
    m_client->forget(unasked); // so that the file is written
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(third) && !isInFile(unasked), patienceMs);
    QVERIFY(!isInFile(asked));

    m_names->answer(u"192.0.2.77"_s);
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(asked), patienceMs);
    QCOMPARE(file().front().source, asked);
    QCOMPARE(file().front().server, (Endpoint{.address = QHostAddress(u"192.0.2.77"_s), .port = 4123}));
}

void TestNtsKeeping::keysAreNotKeptBeforeTheirServerIsKnown()
{
    begin({}, {.server = "ntp.test"});
    QCOMPARE(prepare(), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->facts(asked)->exchanges, 1U, patienceMs);
    m_client->keepAll();
    const auto content = m_state->read(fileName);
    QVERIFY(content);
    QVERIFY(!*content);
}

// The clock of the next run may be another, and nobody would judge their certificate again.
void TestNtsKeeping::keysThatOurClockAloneVouchesForAreNotKept() // row 49
{
    constexpr sync::SourceId third{3};
    std::vector<KeptSession> left;
    left.push_back(sessionOf(unasked));
    left.push_back(sessionOf(third));
    begin(left);
    const auto day = [](int year) { return QDateTime(QDate(year, 1, 1), QTime(0, 0), QTimeZone::UTC); };
    m_server->manners.certificate =
        m_authority.sign({.names = {u"nts.test"_s}, .validFrom = day(2090), .expires = day(2091)});
    const DateRule doubtful{.now = today, .notBefore = today - 24h};
    QCOMPARE(
        m_client->prepare(asked, {.host = "nts.test", .endpoint = m_server->endpoint()}, doubtful), Readiness::Working);
    QTRY_COMPARE_WITH_TIMEOUT(m_client->facts(asked)->exchanges, 1U, patienceMs);
    QVERIFY(m_client->facts(asked)->tls.areDatesExcused);
    m_client->forget(unasked); // so that the file is written
    QTRY_VERIFY_WITH_TIMEOUT(isInFile(third), patienceMs);
    QVERIFY(!isInFile(asked));
    m_client->keepAll();
    QVERIFY(isInFile(third));
    QVERIFY(!isInFile(asked));
}

QTEST_GUILESS_MAIN(TestNtsKeeping)
#include "test_nts_keeping.moc"
