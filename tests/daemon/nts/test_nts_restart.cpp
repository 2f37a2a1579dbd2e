// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// foliotd as a process that is ended in good order and in bad: keys and cookies are there again, and the server sees no
// cookie twice.

#include "secure_server.h"

#include "daemon/foliotd_files.h"
#include "daemon/nts/kept_sessions.h"
#include "support/child_process.h"
#include "support/made_certificates.h"

#include <QFile>
#include <QFileInfo>
#include <QTest>

#include <csignal>
#include <random>

using namespace foliot;
using namespace foliot::daemon;
using namespace foliot::tests;
using namespace Qt::StringLiterals;

namespace {

constexpr int patienceMs = 30'000;
const QString foliotd = QStringLiteral(FOLIOTD);

} // namespace

class TestNtsRestart : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void cleanEndKeepsKeysAndCookies();
    void killedDaemonSendsNoCookieTwice();
    void unreadableFileCostsAnExchange();
    void sourceThatIsConfiguredNoLongerLeavesNothing();

private:
    QString configuration(const Folder& folder, const SecureServer& server) const
    {
        return folder.write(u"foliot.toml"_s,
            u"[[source]]\naddress = \"127.0.0.1\"\nport = %1\nnts = true\nminpoll = 0\nmaxpoll = 0\n\n"
            "[clock]\ntype = \"simulated\"\n\n[nts]\ntrusted-file = \"%2\"\n\n[state]\ndirectory = \"%3\"\n"_s
                .arg(server.source().port)
                .arg(m_authority.trustedFile(), folder.path(u"state"_s)));
    }
    static QFileInfo kept(const Folder& folder) { return QFileInfo(folder.path(u"state/nts-sessions"_s)); }

    MadeAuthority m_authority;
};

void TestNtsRestart::cleanEndKeepsKeysAndCookies()
{
    const Folder folder;
    SecureServer server(m_authority, {.names = {u"127.0.0.1"_s}});
    const QString file = configuration(folder, server);
    for (int start = 0; start < 3; ++start) {
        const auto before = server.requests().size();
        ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, file});
        QTRY_VERIFY2_WITH_TIMEOUT(server.requests().size() >= before + 3, qPrintable(daemon.output()), patienceMs);
        QCOMPARE(daemon.stop(), 0);
        QVERIFY2(kept(folder).exists(), qPrintable(daemon.output()));
        QCOMPARE(
            kept(folder).permissions() & ~(QFile::ReadUser | QFile::WriteUser), QFile::ReadOwner | QFile::WriteOwner);
        QVERIFY(!daemon.output().contains(u"cookie "_s));
    }
    QCOMPARE(server.keyExchanges(), 1);
    checkRequests(server.requests());
}

void TestNtsRestart::killedDaemonSendsNoCookieTwice()
{
    const Folder folder;
    SecureServer server(m_authority, {.names = {u"127.0.0.1"_s}});
    const QString file = configuration(folder, server);
    std::mt19937 random{8915};
    constexpr int kills = 12;
    for (int i = 0; i < kills; ++i) {
        // From before the first request to well after the file is written.
        const auto target = server.requests().size() + random() % 4;
        ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, file});
        QTRY_VERIFY2_WITH_TIMEOUT(server.requests().size() >= target, qPrintable(daemon.output()), patienceMs);
        ::kill(static_cast<pid_t>(daemon.process().processId()), SIGKILL);
        QCOMPARE(daemon.stop(), -1);
    }
    checkRequests(server.requests());
    QVERIFY(server.requests().size() >= 6);
    QVERIFY2(server.keyExchanges() < kills, qPrintable(QString::number(server.keyExchanges()))); // some were spared
}

void TestNtsRestart::unreadableFileCostsAnExchange()
{
    const Folder folder;
    SecureServer server(m_authority, {.names = {u"127.0.0.1"_s}});
    const QString file = configuration(folder, server);
    QVERIFY(QDir().mkpath(folder.path(u"state"_s)));
    folder.write(u"state/nts-sessions"_s, u"nts-sessions 1\nsession 1 2 3\ncookie 00\n"_s);
    ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, file});
    QTRY_VERIFY2_WITH_TIMEOUT(server.requests().size() >= 1, qPrintable(daemon.output()), patienceMs);
    QCOMPARE(server.keyExchanges(), 1);
    QCOMPARE(daemon.stop(), 0);
}

void TestNtsRestart::sourceThatIsConfiguredNoLongerLeavesNothing()
{
    const Folder folder;
    SecureServer before(m_authority, {.names = {u"127.0.0.1"_s}});
    SecureServer after(m_authority, {.names = {u"127.0.0.1"_s}});
    for (const SecureServer* server : {&before, &after}) {
        const QString file = configuration(folder, *server);
        ChildProcess daemon(foliotd, {u"--no-bus"_s, u"--config"_s, file});
        QTRY_VERIFY2_WITH_TIMEOUT(
            kept(folder).exists() && !server->requests().empty(), qPrintable(daemon.output()), patienceMs);
        QFile content(kept(folder).filePath());
        QVERIFY(content.open(QFile::ReadOnly));
        const auto sessions = readKeptSessions(content.readAll().toStdString());
        QCOMPARE(sessions.size(), 1UZ);
        QCOMPARE(sessions.front().keyHost.endpoint.port, server->source().port);
        QCOMPARE(daemon.stop(), 0);
    }
}

QTEST_GUILESS_MAIN(TestNtsRestart)
#include "test_nts_restart.moc"
