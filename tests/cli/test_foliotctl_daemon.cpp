// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real foliotctl and the real foliotd: what was asked for is so, and is told at once.

#include "daemon/published_foliotd.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QTest>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;
const QString key = u"7 AES128 HEX:000102030405060708090a0b0c0d0e0f\n"_s;

} // namespace

class TestFoliotctlDaemon : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = PrivateBus::whyImpossible({}))
            QSKIP(qPrintable(*reason));
        QVERIFY2(m_foliotd.startBus(), qPrintable(m_foliotd.problem()));
        const QString keys = m_folder.write(u"keys"_s, key);
        QVERIFY(QFile::setPermissions(keys, QFile::ReadOwner | QFile::WriteOwner));
        m_keySection = u"[keys]\nfile = \"%1\"\n"_s.arg(keys);
        m_server = std::make_unique<ServingFoliotd>(m_folder, 0.0, m_keySection);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->isServing(), patienceMs);
    }

    void cleanup() { QCOMPARE(m_foliotd.process().stop(), 0); }

    void sourceIsAddedWithAKey()
    {
        startClient(m_keySection);
        const RunResult added = foliotctl({u"add"_s, daemon::endpointText(m_server->endpoint()), u"--key"_s, u"7"_s});
        QVERIFY2(added.exitCode == 0, qPrintable(added.output));
        const QJsonObject source = sources().first().toObject();
        QCOMPARE(source[u"authentication"_s], u"key"_s);
        QCOMPARE(source[u"options"_s][u"key"_s], 7);
        QTRY_VERIFY_WITH_TIMEOUT(sources().first()[u"answers"_s].toInteger() > 0, patienceMs);
    }

    void keyThatTheDaemonLacksIsToldAndNothingIsAdded()
    {
        startClient(m_keySection);
        const RunResult refused = foliotctl({u"add"_s, daemon::endpointText(m_server->endpoint()), u"--key"_s, u"8"_s});
        QCOMPARE(refused.exitCode, 5);
        QVERIFY2(refused.output.contains(u"no such key"_s), qPrintable(refused.output));
        QVERIFY(sources().isEmpty());
        QCOMPARE(m_foliotd.process().stop(), 0);
        startClient({});
        QCOMPARE(foliotctl({u"add"_s, daemon::endpointText(m_server->endpoint()), u"--key"_s, u"7"_s}).exitCode, 5);
        QVERIFY(sources().isEmpty());
    }

    void whereTimeIsServedIsToldAtOnce()
    {
        const daemon::Endpoint endpoint = freeEndpoint();
        const QString address = daemon::endpointText(endpoint);
        startClient(u"[server]\nlisten = [\"%1\"]\n"_s.arg(address));
        const auto addresses = [this] {
            return QJsonDocument::fromJson(
                foliotctl({u"server"_s, u"--json"_s}).output.toUtf8())[u"server"_s][u"addresses"_s]
                .toArray();
        };
        QCOMPARE(foliotctl({u"serve"_s, u"off"_s}).exitCode, 0);
        QCOMPARE(addresses(), QJsonArray());
        QCOMPARE(foliotctl({u"serve"_s, u"on"_s}).exitCode, 0);
        QCOMPARE(addresses(), QJsonArray{address});
        QCOMPARE(foliotctl({u"serve"_s, u"off"_s}).exitCode, 0);
        QCOMPARE(addresses(), QJsonArray());
    }

private:
    void startClient(const QString& sections)
    {
        m_foliotd.start(m_folder.write(
            u"client.toml"_s, u"source = []\n[clock]\ntype = \"simulated\"\n[state]\ndirectory = \"\"\n"_s + sections));
        QTRY_VERIFY_WITH_TIMEOUT(foliotctl({u"status"_s}).exitCode == 1, patienceMs); // there, and not synchronized
    }
    RunResult foliotctl(const QStringList& arguments) const
    {
        return run(QStringLiteral(FOLIOTCTL), arguments, patienceMs, m_foliotd.environment());
    }
    QJsonArray sources() const
    {
        const RunResult result = foliotctl({u"sources"_s, u"--json"_s});
        return QJsonDocument::fromJson(result.output.toUtf8())[u"sources"_s].toArray();
    }

    Folder m_folder;
    QString m_keySection;
    std::unique_ptr<ServingFoliotd> m_server;
    PublishedFoliotd m_foliotd;
};

QTEST_GUILESS_MAIN(TestFoliotctlDaemon)
#include "test_foliotctl_daemon.moc"
