// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The real foliotctl where it stays: waiting for the clock and watching the daemon, which may come and go.

#include "cli/foliotctl_test.h"

#include <QDBusConnectionInterface>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace foliot;
using namespace foliot::tests;

class TestFoliotctlWaiting : public FoliotctlTest {
    Q_OBJECT
private Q_SLOTS:
    void waitEndsWhenTheClockIsRight();
    void waitOutlivesAnAbsentDaemon();
    void waitTimesOut();
    void watchFollowsADaemonThatGoesAndComes();
    void watchEndsWhenNobodyReads();
    void watchDrawsOnATerminalAndGivesItBack();
    void watchDrawsNothingOnADumbTerminal_data();
    void watchDrawsNothingOnADumbTerminal();
};

void TestFoliotctlWaiting::waitEndsWhenTheClockIsRight()
{
    startDaemon();
    QCOMPARE(foliotctl({u"wait"_s}).exitCode, 0);

    Run wait({u"wait"_s, u"--within"_s, u"0.0001"_s, u"--timeout"_s, u"60"_s}, m_bus->environment());
    // It has looked and found the bound too large when it has read the daemon's objects; then nothing but news moves it.
    QDBusConnection watcher = bus::openConnection(m_choice);
    QTRY_VERIFY(watcher.interface()->registeredServiceNames().value().filter(u":1."_s).size() >= 3);
    sync::State state = freshState();
    state.estimate.bound = Seconds(0.0005);
    m_publisher->update(state, sampleSources());
    state.estimate.bound = Seconds(0.00005);
    m_publisher->update(state, sampleSources());
    const Outcome outcome = wait.outcome();
    QCOMPARE(outcome.exitCode, 0);
    QCOMPARE(outcome.output, QString());
    QDBusConnection::disconnectFromBus(watcher.name());
}

void TestFoliotctlWaiting::waitOutlivesAnAbsentDaemon()
{
    Run wait({u"wait"_s, u"--timeout"_s, u"60"_s}, m_bus->environment());
    QTRY_VERIFY(wait.errors().contains("Waiting for it"_L1));
    sync::State starting = freshState();
    starting.condition = sync::Condition::Starting;
    startDaemon(starting);
    QTRY_VERIFY(m_publisher->isOnBus());
    m_publisher.reset(); // and gone again
    startDaemon();
    QCOMPARE(wait.outcome().exitCode, 0);
}

void TestFoliotctlWaiting::waitTimesOut()
{
    QCOMPARE(foliotctl({u"wait"_s, u"--timeout"_s, u"0.2"_s}).exitCode, 3);
    sync::State state = freshState();
    state.condition = sync::Condition::Unreachable;
    startDaemon(state);
    const Outcome outcome = foliotctl({u"wait"_s, u"--timeout"_s, u"0.5"_s});
    QCOMPARE(outcome.exitCode, 1);
    QVERIFY2(outcome.errors.contains("No source answers"_L1), qPrintable(outcome.errors));
}

void TestFoliotctlWaiting::watchFollowsADaemonThatGoesAndComes()
{
    startDaemon();
    Run watch({u"watch"_s, u"--json"_s}, m_bus->environment());
    const auto last = [&] {
        const QStringList lines = watch.output().split(u'\n', Qt::SkipEmptyParts);
        return lines.isEmpty() ? QJsonObject() : QJsonDocument::fromJson(lines.last().toUtf8()).object();
    };
    QTRY_COMPARE(last().value("available"_L1), QJsonValue(true));
    QCOMPARE(last().value("sources"_L1).toArray().size(), 3);
    sync::State state = freshState();
    state.steps = 8;
    m_publisher->update(state, sampleSources());
    QTRY_COMPARE(last().value("clock"_L1).toObject().value("stepCount"_L1), QJsonValue(8));
    m_publisher.reset();
    QTRY_COMPARE(last(), (QJsonObject{{u"available"_s, false}}));
    startDaemon();
    QTRY_COMPARE(last().value("available"_L1), QJsonValue(true));
    watch.signal(SIGINT);
    QCOMPARE(watch.outcome().exitCode, 0);

    Run text({u"watch"_s}, m_bus->environment());
    QTRY_VERIFY(text.output().contains("Synchronized: within"_L1));
    m_publisher.reset();
    QTRY_VERIFY(text.output().contains("The Foliot service is not running"_L1));
    QVERIFY(text.isRunning());
    text.signal(SIGTERM);
    QCOMPARE(text.outcome().exitCode, 0);
}

void TestFoliotctlWaiting::watchEndsWhenNobodyReads()
{
    startDaemon();
    Run watch(
        m_bus->environment(), u"sh"_s, {u"-c"_s, u"{ "_s + program + u" watch --json; echo $? >&2; } | head -n 1"_s});
    QTRY_VERIFY(watch.output().contains("falseticker"_L1));
    sync::State state = freshState();
    state.steps = 8;
    m_publisher->update(state, sampleSources());
    const Outcome outcome = watch.outcome();
    QCOMPARE(outcome.output.count(u'\n'), 1);
    QCOMPARE(outcome.errors, u"0\n"_s); // its own status, and no word about the reader that left
}

void TestFoliotctlWaiting::watchDrawsOnATerminalAndGivesItBack()
{
    startDaemon();
    Run watch(m_bus->environment() + QStringList{u"TERM=xterm"_s}, u"script"_s,
        {u"-qec"_s, u"stty cols 60 rows 5; exec timeout --foreground -s INT 2 "_s + program + u" watch"_s,
            u"/dev/null"_s});
    const QString output = watch.outcome().output;
    QVERIFY2(output.contains(u"\x1b[?1049h"_s), qPrintable(output));
    QVERIFY2(output.contains("Synchronized: within"_L1), qPrintable(output));
    // Given back at the end, cursor and wrapping included.
    QVERIFY2(output.trimmed().endsWith(u"\x1b[?7h\x1b[?25h\x1b[?1049l"_s), qPrintable(output));
    // Cut to the page: five rows, of which the table's second source is none; sixty columns.
    QVERIFY2(!output.contains("192.0.2.3"_L1), qPrintable(output));
    QVERIFY2(!output.contains("Jitter"_L1), qPrintable(output));
    QVERIFY2(output.contains("q or ctrl-C ends this."_L1), qPrintable(output));
}

void TestFoliotctlWaiting::watchDrawsNothingOnADumbTerminal_data()
{
    QTest::addColumn<QString>("terminal");
    QTest::newRow("dumb") << u"TERM=dumb"_s;
    QTest::newRow("unknown") << u"TERM="_s;
}

void TestFoliotctlWaiting::watchDrawsNothingOnADumbTerminal()
{
    QFETCH(const QString, terminal);
    startDaemon();
    Run watch(m_bus->environment() + QStringList{terminal}, u"script"_s,
        {u"-qec"_s, u"stty cols 60 rows 5; exec timeout --foreground -s INT 20 "_s + program + u" watch"_s,
            u"/dev/null"_s});
    const auto tables = [&] { return watch.output().count("Synchronized: within"_L1); };
    QTRY_COMPARE(tables(), 1);
    sync::State state = freshState();
    state.steps = 8;
    m_publisher->update(state, sampleSources());
    QTRY_COMPARE(tables(), 2); // one below the other
    watch.signal(SIGTERM);
    const QString output = watch.outcome().output;
    QVERIFY2(!output.contains(u'\x1b'), qPrintable(output));
    QVERIFY2(output.contains("192.0.2.3"_L1), qPrintable(output)); // whole, however high the terminal is
    for (const QString& line : output.split(u'\n'))
        QVERIFY2(line.trimmed().size() <= 60, qPrintable(line));
}

QTEST_GUILESS_MAIN(TestFoliotctlWaiting)
#include "test_foliotctl_waiting.moc"
