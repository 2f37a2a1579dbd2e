// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What can be wrong around a foliotd, and how people see it on the bus. Numbers in the names are rows of the fault list.

#include "daemon/published_foliotd.h"

#include <QDir>
#include <QTest>

#include <unistd.h>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

namespace {

constexpr int patienceMs = 20'000;

} // namespace

class TestTroubles : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        if (const auto reason = PrivateBus::whyImpossible({}))
            QSKIP(qPrintable(*reason));
        QVERIFY2(m_foliotd.startBus(), qPrintable(m_foliotd.problem()));
        m_server = std::make_unique<ServingFoliotd>(m_folder);
        QTRY_VERIFY_WITH_TIMEOUT(m_server->isServing(), patienceMs);
    }

    void otherTimeDaemonIsNamedAndTheClockLeftToIt_82()
    {
        // A process of that name is all that there is to see of one. The plugin of the clock `helper` is not there, so that
        // nothing could be steered here in any case.
        const QString other = m_folder.path(u"chronyd"_s);
        QVERIFY(QFile::copy(u"/bin/sleep"_s, other));
        ChildProcess chronyd(other, {u"60"_s});
        QVERIFY(chronyd.isRunning());
        m_foliotd.start(configuration(u"helper"_s, {}), {}, {u"FOLIOT_PLUGIN_PATH=/nonexistent"_s});
        const QString name = u"chronyd (process %1)"_s.arg(chronyd.process().processId());
        QTRY_VERIFY_WITH_TIMEOUT(m_foliotd.clock().otherClockKeepers.contains(name), patienceMs);
        QCOMPARE(m_foliotd.clock().clockType, bus::ClockType::None);
        // It measures, and says so.
        QTRY_VERIFY_WITH_TIMEOUT(m_foliotd.isSynchronized(), patienceMs);
        QVERIFY(!m_foliotd.clock().steering);
        QCOMPARE(m_foliotd.clock().clockFault, bus::ClockFault::None);
        QCOMPARE(m_foliotd.process().stop(), 0);
    }

    void diskThatTakesNothingIsSaidAndTheDaemonRuns_81_data()
    {
        QTest::addColumn<QString>("mount");
        QTest::addColumn<QString>("problem");
        QTest::newRow("full") << u"mount -t tmpfs -o size=16k tmpfs \"$1\"; "
                                 "head -c 20000 /dev/zero >\"$1/filler\" 2>/dev/null || true; "_s
                              << u"No space left on device"_s;
        QTest::newRow("read-only") << u"mount -t tmpfs tmpfs \"$1\"; mount -o remount,ro \"$1\"; "_s
                                   << u"Read-only file system"_s;
        QTest::newRow("absent") << QString() << u"No such file or directory"_s;
    }
    void diskThatTakesNothingIsSaidAndTheDaemonRuns_81()
    {
        QFETCH(QString, mount);
        QFETCH(QString, problem);
        QString state = m_folder.path(u"state"_s);
        QDir().mkpath(state);
        QStringList before;
        if (mount.isEmpty()) {
            state = m_folder.path(u"no/such/folder"_s);
        } else if (::geteuid() != 0 || run(u"unshare"_s, {u"--mount"_s, u"true"_s}).exitCode != 0) {
            QSKIP("no mount namespace here");
        } else {
            before = {u"unshare"_s, u"--mount"_s, u"--propagation"_s, u"private"_s, u"sh"_s, u"-c"_s,
                mount + u"shift; exec \"$@\""_s, u"sh"_s, state};
        }
        m_foliotd.start(configuration(u"simulated"_s, state), before);
        QTRY_VERIFY2_WITH_TIMEOUT(m_foliotd.isSynchronized(), qPrintable(m_foliotd.process().output()), patienceMs);
        QTRY_VERIFY2_WITH_TIMEOUT(m_foliotd.clock().stateProblem.contains(problem),
            qPrintable(m_foliotd.clock().stateProblem + u'\n' + m_foliotd.process().output()), patienceMs);
        QCOMPARE(m_foliotd.process().stop(), 0);
    }

    void callsThatThereAreNoneOfWriteNoLog_60()
    {
        m_foliotd.start(configuration(u"simulated"_s, {}));
        QTRY_VERIFY_WITH_TIMEOUT(m_foliotd.isSynchronized(), patienceMs);
        const QDBusConnection stranger(u"test"_s);
        for (const QString& member : {u"NoSuchCall"_s, u"StepClock"_s, u"History"_s}) {
            auto call = QDBusMessage::createMethodCall(bus::serviceName, bus::rootPath, bus::clockInterface, member);
            call << u"of the wrong type"_s;
            QCOMPARE(QDBusReply<void>(stranger.call(call)).error().type(), QDBusError::UnknownMethod);
        }
        QCOMPARE(m_foliotd.process().stop(), 0);
        const QString log = m_foliotd.process().output();
        QVERIFY2(!log.contains("NoSuchCall"_L1) && !log.contains("qt.dbus"_L1), qPrintable(log));
    }

    // FAULTS row 74. The digest is of another implementation.
    void expiredListOfLeapSecondsIsSaid_74()
    {
        const QString list = m_folder.write(
            u"list"_s, u"#$ 3\n#@ 2\n2272060800 10\n#h 041f7409 72e102a2 72cbb2dd 4b0dfaec bf21e5de\n"_s);
        QFile file(configuration(u"simulated"_s, {}));
        QVERIFY(file.open(QIODevice::Append) && file.write("[leap]\nlist = \"" + list.toUtf8() + "\"\n") > 0);
        file.close();
        m_foliotd.start(file.fileName());
        QTRY_VERIFY_WITH_TIMEOUT(
            m_foliotd.clock().leapListProblem.startsWith(list + u": expired on 1900-01-01"_s), patienceMs);
        QTRY_VERIFY_WITH_TIMEOUT(m_foliotd.isSynchronized(), patienceMs);
        QTRY_COMPARE_WITH_TIMEOUT(m_foliotd.clock().taiMinusUtcSeconds, 10U, patienceMs); // what it knows of the past
        QCOMPARE(m_foliotd.process().stop(), 0);
    }

private:
    QString configuration(const QString& clock, const QString& state) const
    {
        return m_folder.write(u"client.toml"_s,
            u"[[source]]\naddress = \"%1\"\nminpoll = 0\nmaxpoll = 2\n[clock]\ntype = \"%2\"\n"
            "[state]\ndirectory = \"%3\"\n"_s.arg(daemon::endpointText(m_server->endpoint()), clock, state));
    }

    Folder m_folder;
    std::unique_ptr<ServingFoliotd> m_server;
    PublishedFoliotd m_foliotd;
};

QTEST_GUILESS_MAIN(TestTroubles)
#include "test_troubles.moc"
