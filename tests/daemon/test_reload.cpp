// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// SIGHUP: what a running foliotd takes from its file, what it says needs a restart, and what a file that cannot be used
// does to it, as people see it on the bus. Numbers in the names are rows of the fault list.

#include "daemon/published_foliotd.h"

#include <QRegularExpression>
#include <QTest>
#include <QUdpSocket>

#include <csignal>
#include <filesystem>

#include <sys/stat.h>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;

} // namespace

class TestReload : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void cleanup();
    void cleanupTestCase();

    void settingsAreTakenAtOnce();
    void serverComesAndGoes();
    void personsWishLastsUntilTheFileHasAnother();
    void accessRulesAreTakenWithoutInterruption();
    void restartIsAskedForWhereItIsNeeded();
    void unusableFileLeavesTheLastGoodOneInForce_80_data();
    void unusableFileLeavesTheLastGoodOneInForce_80();
    void goodFileEndsTheProblem_80();

private:
    // The client's file, with more sections or others in their place.
    QString configuration(const QString& clock = {}, const QString& more = {}) const
    {
        return u"[[source]]\naddress = \"%1\"\nminpoll = 0\nmaxpoll = 2\n[clock]\ntype = \"simulated\"\n%2"
               "[state]\ndirectory = \"%3\"\n%4"_s.arg(
                   daemon::endpointText(m_server->endpoint()), clock, m_folder->path(u"state"_s), more);
    }
    QString file() const { return m_folder->path(u"client.toml"_s); }
    // When these return, the daemon has read its file; what the bus says of it may still be under way.
    void reload(const QString& content)
    {
        m_folder->write(u"client.toml"_s, content);
        readAgain();
    }
    void readAgain()
    {
        const auto taken = output().count("configuration read again"_L1);
        hangUp();
        QTRY_COMPARE_WITH_TIMEOUT(output().count("configuration read again"_L1), taken + 1, patienceMs);
    }
    void hangUp() { ::kill(m_foliotd.pid(), SIGHUP); }
    bus::ClockData clock() const { return m_foliotd.clock(); }
    bool isSynchronized() const { return m_foliotd.isSynchronized(); }
    QString output() { return m_foliotd.process().output(); }
    // Resident, in KiB.
    int memory()
    {
        QFile status(u"/proc/%1/status"_s.arg(m_foliotd.pid()));
        const QString text = status.open(QIODevice::ReadOnly) ? QString::fromLatin1(status.readAll()) : QString();
        return QRegularExpression(u"VmRSS:\\s*(\\d+)"_s).match(text).captured(1).toInt();
    }

    std::unique_ptr<Folder> m_folder;
    std::unique_ptr<ServingFoliotd> m_server;
    PublishedFoliotd m_foliotd;
    bool m_isUp = false;
};

void TestReload::initTestCase()
{
    if (const auto reason = PrivateBus::whyImpossible({}))
        QSKIP(qPrintable(*reason));
    QVERIFY2(m_foliotd.startBus(), qPrintable(m_foliotd.problem()));
    m_folder = std::make_unique<Folder>();
    m_server = std::make_unique<ServingFoliotd>(*m_folder);
    QTRY_VERIFY_WITH_TIMEOUT(m_server->isServing(), patienceMs);
    m_folder->write(u"client.toml"_s, configuration());
    m_foliotd.start(file());
    QTRY_VERIFY2_WITH_TIMEOUT(isSynchronized(), qPrintable(output()), patienceMs);
    m_isUp = true;
}

void TestReload::cleanup()
{
    if (QTest::currentTestFailed() && m_isUp)
        qInfo().noquote() << output();
}

void TestReload::cleanupTestCase()
{
    if (m_isUp)
        QCOMPARE(m_foliotd.process().stop(), 0);
}

void TestReload::settingsAreTakenAtOnce()
{
    reload(configuration({}, u"[selection]\nmin-sources = 2\n"_s));
    QTRY_COMPARE_WITH_TIMEOUT(clock().condition, bus::Condition::TooFewSources, patienceMs);
    QVERIFY(clock().restartNeeded.isEmpty());
    QVERIFY(clock().configurationProblem.isEmpty());
    reload(configuration());
    QTRY_COMPARE_WITH_TIMEOUT(clock().condition, bus::Condition::Synchronized, patienceMs);
}

void TestReload::serverComesAndGoes()
{
    QVERIFY(!clock().serverEnabled);
    const daemon::Endpoint own = freeEndpoint();
    reload(configuration({}, u"[server]\nlisten = [\"%1\"]\n"_s.arg(daemon::endpointText(own))));
    QTRY_VERIFY_WITH_TIMEOUT(clock().serverEnabled, patienceMs);
    QVERIFY(isServing(m_foliotd.process(), own));
    reload(configuration());
    QTRY_VERIFY_WITH_TIMEOUT(!clock().serverEnabled, patienceMs);
}

void TestReload::personsWishLastsUntilTheFileHasAnother()
{
    const auto serverFile = [this](const daemon::Endpoint& endpoint) {
        return configuration({}, u"[server]\nlisten = [\"%1\"]\n"_s.arg(daemon::endpointText(endpoint)));
    };
    const daemon::Endpoint own = freeEndpoint();
    reload(serverFile(own));
    QTRY_VERIFY_WITH_TIMEOUT(clock().serverEnabled, patienceMs);
    QCOMPARE(m_foliotd.setServing(false, true).message(), QString());
    QTRY_VERIFY_WITH_TIMEOUT(!clock().serverEnabled, patienceMs);
    readAgain(); // the same file
    QVERIFY(!clock().serverEnabled);
    const auto opened = output().count(servingLine(own));
    QCOMPARE(m_foliotd.setServing(true, false).message(), QString());
    QTRY_COMPARE_WITH_TIMEOUT(output().count(servingLine(own)), opened + 1, patienceMs);
    QCOMPARE(m_foliotd.setServing(false, false).message(), QString());
    const daemon::Endpoint other = freeEndpoint();
    reload(serverFile(other));
    QTRY_VERIFY_WITH_TIMEOUT(isServing(m_foliotd.process(), other), patienceMs);
    reload(configuration());
    QTRY_VERIFY_WITH_TIMEOUT(!clock().serverEnabled, patienceMs);
}

// The sockets stay, and the counters go on.
void TestReload::accessRulesAreTakenWithoutInterruption()
{
    const daemon::Endpoint own = freeEndpoint();
    const auto take = [&](const QString& rules) {
        reload(configuration({}, u"[server]\nlisten = [\"%1\"]\n%2\n"_s.arg(daemon::endpointText(own), rules)));
    };
    QUdpSocket client;
    const auto ask = [&] { client.writeDatagram(QByteArray("\x23").leftJustified(48, '\0'), own.address, own.port); };
    take({});
    QTRY_VERIFY_WITH_TIMEOUT(isServing(m_foliotd.process(), own), patienceMs);
    const auto opened = output().count("serving on"_L1);
    ask();
    QTRY_VERIFY_WITH_TIMEOUT(client.hasPendingDatagrams(), patienceMs);
    client.readDatagram(nullptr, 0);
    QTRY_COMPARE_WITH_TIMEOUT(clock().serverAnswered, 1ULL, patienceMs);
    take(u"deny = [\"127.0.0.0/8\"]"_s);
    ask();
    QTRY_COMPARE_WITH_TIMEOUT(clock().serverDropped, 1ULL, patienceMs);
    QVERIFY(!client.hasPendingDatagrams());
    take({});
    ask();
    QTRY_VERIFY_WITH_TIMEOUT(client.hasPendingDatagrams(), patienceMs);
    QTRY_COMPARE_WITH_TIMEOUT(clock().serverAnswered, 2ULL, patienceMs);
    QCOMPARE(output().count("serving on"_L1), opened);
    reload(configuration());
    QTRY_VERIFY_WITH_TIMEOUT(!clock().serverEnabled, patienceMs);
}

void TestReload::restartIsAskedForWhereItIsNeeded()
{
    reload(configuration(u"panic-over = 5\n"_s, u"[simulation]\nfrequency = 3\nloss = 0.1\n"_s)
            .replace("\"simulated\""_L1, "\"simulated\"\nstep-over = 1"_L1)
            .replace("/state\""_L1, "/elsewhere\""_L1));
    QTRY_COMPARE_WITH_TIMEOUT(
        clock().restartNeeded, (QStringList{u"state.directory"_s, u"simulation.frequency"_s}), patienceMs);
    QVERIFY(output().contains("restart needed for state.directory, simulation.frequency"_L1));
    QVERIFY(!QFile::exists(m_folder->path(u"elsewhere"_s)));
    QVERIFY(isSynchronized());
    reload(configuration());
    QTRY_COMPARE_WITH_TIMEOUT(clock().restartNeeded, QStringList(), patienceMs);
}

// One after the other and without a good one between; what is said of one is not what was said of the one before.
void TestReload::unusableFileLeavesTheLastGoodOneInForce_80_data()
{
    QTest::addColumn<QString>("problem");
    QTest::newRow("malformed") << u"client.toml:1:"_s;
    QTest::newRow("FIFO") << u"not a regular file"_s; // opening it must not wait for a writer
    QTest::newRow("1 GiB") << u"larger than 1 MiB"_s;
    QTest::newRow("link to a FIFO") << u"not a regular file"_s;
    QTest::newRow("absent") << u"No such file"_s;
    QTest::newRow("link to a device") << u"not a regular file"_s;
    QTest::newRow("unknown key") << u"client.toml:2:"_s;
    QTest::newRow("folder") << u"not a regular file"_s;
    QTest::newRow("link to itself") << u"cannot be opened"_s;
    QTest::newRow("zeros") << u"client.toml:1:"_s;
}

void TestReload::unusableFileLeavesTheLastGoodOneInForce_80()
{
    QFETCH(QString, problem);
    const QByteArrayView kind(QTest::currentDataTag());
    const std::filesystem::path path = file().toStdString();
    const std::filesystem::path fifo = m_folder->path(u"fifo"_s).toStdString();
    std::filesystem::remove_all(path);
    if (kind == "malformed")
        m_folder->write(u"client.toml"_s, u"[[sourc]\n"_s);
    else if (kind == "unknown key")
        m_folder->write(u"client.toml"_s, u"[clock]\ntyp = \"none\"\n"_s);
    else if (kind == "zeros")
        m_folder->write(u"client.toml"_s, QString(4096, QChar(0)));
    else if (kind == "1 GiB")
        QVERIFY(QFile::resize(m_folder->write(u"client.toml"_s, configuration()), 1 << 30)); // sparse
    else if (kind == "FIFO")
        QCOMPARE(::mkfifo(path.c_str(), 0600), 0);
    else if (kind == "link to a FIFO")
        QVERIFY(::mkfifo(fifo.c_str(), 0600) == 0 && ::symlink(fifo.c_str(), path.c_str()) == 0);
    else if (kind == "link to a device")
        QCOMPARE(::symlink("/dev/zero", path.c_str()), 0);
    else if (kind == "link to itself")
        QCOMPARE(::symlink(path.c_str(), path.c_str()), 0);
    else if (kind == "folder")
        QVERIFY(std::filesystem::create_directory(path));
    const int memoryBefore = memory();
    hangUp();
    QTRY_VERIFY2_WITH_TIMEOUT(clock().configurationProblem.contains(problem),
        qPrintable(clock().configurationProblem + u'\n' + output()), patienceMs);
    QVERIFY(output().contains("the configuration stays as it was"_L1));
    QVERIFY(memory() < memoryBefore + 8 * 1024);
    QVERIFY(isSynchronized());
}

void TestReload::goodFileEndsTheProblem_80()
{
    // The source that the last good file named is asked on.
    const auto update = clock().lastUpdateBoottimeUSec;
    QTRY_VERIFY_WITH_TIMEOUT(clock().lastUpdateBoottimeUSec > update, patienceMs);
    std::filesystem::remove_all(file().toStdString());
    reload(configuration());
    QTRY_COMPARE_WITH_TIMEOUT(clock().configurationProblem, QString(), patienceMs);
    QVERIFY(isSynchronized());
}

QTEST_GUILESS_MAIN(TestReload)
#include "test_reload.moc"
