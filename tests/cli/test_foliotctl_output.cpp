// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What foliotctl's exit status says when its output goes nowhere: onto a full disk, into a closed descriptor, to a reader
// who has left.

#include "daemon/publisher/published_daemon.h"

#include <QTemporaryDir>

using namespace Qt::StringLiterals;
using namespace foliot;
using namespace foliot::tests;

class TestFoliotctlOutput : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase()
    {
        bus::registerTypes();
        QVERIFY2(m_bus.start(), qPrintable(m_bus.problem()));
        m_publisher = makePublisher({.kind = bus::BusKind::Session, .address = m_bus.address()}, m_asked);
        m_publisher->update(sampleState(), sampleSources());
        QVERIFY(m_publisher->start().has_value());
    }

    void outputThatIsLostIsAFailure_data()
    {
        QTest::addColumn<QString>("command");
        for (const char* command :
            {"status", "status --json", "sources -v", "server", "refresh", "watch", "watch --json", "--help"})
            QTest::newRow(command) << QString::fromLatin1(command);
    }

    void outputThatIsLostIsAFailure()
    {
        QFETCH(QString, command);
        const RunResult onFullDisk = shell(u"'%1' %2 >/dev/full"_s.arg(program, command));
        QCOMPARE(onFullDisk.output, u"foliotctl: the output cannot be written: No space left on device\n"_s);
        QCOMPARE(onFullDisk.exitCode, 5);
        const RunResult closed = shell(u"'%1' %2 >&-"_s.arg(program, command));
        QCOMPARE(closed.output, u"foliotctl: the output cannot be written: Bad file descriptor\n"_s);
        QCOMPARE(closed.exitCode, 5);
    }

    void statusThatIsWorseStays()
    {
        QCOMPARE(shell(u"'%1' nonsense >/dev/full 2>&1"_s.arg(program)).exitCode, 2);
        const RunResult lost =
            shell(u"DBUS_SESSION_BUS_ADDRESS=unix:path=/nonexistent '%1' status --json >/dev/full"_s.arg(program));
        QVERIFY2(lost.output.contains(u"the output cannot be written"_s), qPrintable(lost.output));
        QCOMPARE(lost.exitCode, 3);
    }

    void readerWhoHasReadEnoughIsNoFailure()
    {
        // A pipe whose reader has closed it, and a program that is told of it rather than ended.
        const QTemporaryDir folder;
        const RunResult left =
            shell(u"cd '%1' && mkfifo pipe && exec 3<>pipe 4>pipe 3>&- && trap '' PIPE && '%2' status >&4"_s.arg(
                folder.path(), program));
        QCOMPARE(left.output, QString());
        QCOMPARE(left.exitCode, 0);
    }

    void nothingTakesThePlaceOfAClosedDescriptor()
    {
        const int before = m_asked.refreshes;
        QCOMPARE(shell(u"'%1' refresh <&- >&- 2>&-"_s.arg(program)).exitCode, 5);
        QCOMPARE(m_asked.refreshes, before + 1); // what was said did not go to the bus
    }

private:
    RunResult shell(const QString& line)
    {
        return runMeanwhile({u"sh"_s, u"-c"_s, line}, m_bus.environment() + QStringList{u"LC_ALL=C.UTF-8"_s});
    }

    const QString program = QStringLiteral(FOLIOTCTL);
    PrivateBus m_bus;
    Asked m_asked;
    std::unique_ptr<daemon::Publisher> m_publisher;
};

QTEST_GUILESS_MAIN(TestFoliotctlOutput)
#include "test_foliotctl_output.moc"
