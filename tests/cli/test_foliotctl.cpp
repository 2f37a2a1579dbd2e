// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the real foliotctl shows of a daemon, to people and to programs, and of its absence.

#include "cli/foliotctl_test.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>

using namespace foliot;
using namespace foliot::tests;

class TestFoliotctl : public FoliotctlTest {
    Q_OBJECT
private Q_SLOTS:
    void statusSaysTheSentenceFirst();
    void statusOfAnUnsynchronizedClockIsFalse();
    void jsonIsForPrograms();
    void octetsAreNumbersInJson();
    void sourcesAreListed();
    void noColoursInAPipe();
    void absentDaemonIsSaidPlainly();
    void localeWithoutUtf8GetsAscii();
};

void TestFoliotctl::statusSaysTheSentenceFirst()
{
    startDaemon();
    const Outcome status = foliotctl({u"status"_s});
    QCOMPARE(status.errors, QString());
    QCOMPARE(status.exitCode, 0);
    QVERIFY2(status.output.startsWith(u"Synchronized: within 8"_s), qPrintable(status.output)); // 790 us and its age
    QVERIFY2(status.output.contains(u"  Frequency    -12.750 ppm ±0.050 ppm\n"_s), qPrintable(status.output));
}

void TestFoliotctl::statusOfAnUnsynchronizedClockIsFalse()
{
    sync::State state = freshState();
    state.condition = sync::Condition::NoMajority;
    startDaemon(state);
    const Outcome status = foliotctl({u"status"_s});
    QCOMPARE(status.exitCode, 1);
    QVERIFY2(status.output.startsWith("The sources disagree about the time\n"_L1), qPrintable(status.output));
    QCOMPARE(foliotctl({u"status"_s, u"--json"_s}).exitCode, 1);
}

void TestFoliotctl::jsonIsForPrograms()
{
    startDaemon();
    const Outcome status = foliotctl({u"status"_s, u"--json"_s});
    QCOMPARE(status.exitCode, 0);
    const QJsonObject object = QJsonDocument::fromJson(status.output.toUtf8()).object();
    QCOMPARE(object.value("synchronized"_L1), QJsonValue(true));
    QCOMPARE(object.value("clock"_L1).toObject().value("frequencyPpm"_L1), QJsonValue(-12.75));

    const Outcome sources = foliotctl({u"--json"_s, u"sources"_s});
    const QJsonArray list = QJsonDocument::fromJson(sources.output.toUtf8()).object().value("sources"_L1).toArray();
    QCOMPARE(list.size(), 3);
    QCOMPARE(list.at(2).toObject().value("verdict"_L1), QJsonValue(u"falseticker"_s));
}

// Reach is an octet, which Qt would write as a letter.
void TestFoliotctl::octetsAreNumbersInJson()
{
    startDaemon();
    const Outcome sources = foliotctl({u"sources"_s, u"--json"_s});
    const QJsonArray list = QJsonDocument::fromJson(sources.output.toUtf8()).object().value("sources"_L1).toArray();
    QCOMPARE(list.size(), 3);
    for (const QJsonValue& source : list)
        QCOMPARE(source["reach"_L1], QJsonValue(0b1111'0111));
}

void TestFoliotctl::sourcesAreListed()
{
    startDaemon();
    const Outcome sources = foliotctl({u"sources"_s});
    QCOMPARE(sources.exitCode, 0);
    QCOMPARE(sources.output.count(u'\n'), 4);
    QVERIFY2(
        sources.output.contains("x   3  192.0.2.3         192.0.2.3    falseticker"_L1), qPrintable(sources.output));
    const Outcome details = foliotctl({u"sources"_s, u"-v"_s});
    QCOMPARE(details.exitCode, 0);
    QVERIFY2(details.output.contains("  Verdict               falseticker (outside-agreement)\n"_L1),
        qPrintable(details.output));
}

void TestFoliotctl::noColoursInAPipe()
{
    startDaemon();
    QVERIFY(!foliotctl({u"sources"_s}).output.contains(u'\x1b'));
    // On a terminal there are, unless NO_COLOR says no: script(1) makes one.
    const auto onTerminal = [&](const QString& noColour) {
        Run run(m_bus->environment() + QStringList{u"TERM=xterm"_s, u"NO_COLOR="_s + noColour}, u"script"_s,
            {u"-qec"_s, program + u" sources"_s, u"/dev/null"_s});
        return run.outcome().output;
    };
    const QString colourful = onTerminal({});
    QVERIFY2(colourful.contains(u"\x1b[31mfalseticker"_s), qPrintable(colourful));
    QVERIFY(onTerminal(u"1"_s).contains("falseticker"_L1));
    QVERIFY(!onTerminal(u"1"_s).contains(u'\x1b'));
}

void TestFoliotctl::absentDaemonIsSaidPlainly()
{
    for (const QString& command :
        {u"status"_s, u"sources"_s, u"refresh"_s, u"step"_s, u"add a.example"_s, u"remove 1"_s}) {
        const Outcome outcome = foliotctl(command.split(u' '));
        QCOMPARE(outcome.exitCode, 3);
        QCOMPARE(outcome.output, QString());
        QVERIFY2(
            outcome.errors.startsWith("foliotctl: The Foliot service is not running"_L1), qPrintable(outcome.errors));
        QVERIFY2(outcome.errors.contains("Start it"_L1), qPrintable(outcome.errors));
    }
    const Outcome json = foliotctl({u"status"_s, u"--json"_s});
    QCOMPARE(json.exitCode, 3);
    QCOMPARE(QJsonDocument::fromJson(json.output.toUtf8()).object(), (QJsonObject{{u"available"_s, false}}));
    m_bus->stop();
    const Outcome noBus = foliotctl({u"status"_s});
    QCOMPARE(noBus.exitCode, 3);
    QVERIFY2(noBus.errors.startsWith("foliotctl: The message bus cannot be reached"_L1), qPrintable(noBus.errors));
}

void TestFoliotctl::localeWithoutUtf8GetsAscii()
{
    startDaemon();
    const Outcome status = Run({u"sources"_s}, m_bus->environment() + QStringList{u"LC_ALL=C"_s}).outcome();
    QCOMPARE(status.errors, QString()); // no complaint about the locale
    QVERIFY2(status.output.contains("****.***"_L1), qPrintable(status.output));
    QVERIFY2(status.output.contains("+10.0 us"_L1), qPrintable(status.output));
    for (const QChar character : status.output)
        QVERIFY(character.unicode() < 0x80);
}

QTEST_GUILESS_MAIN(TestFoliotctl)
#include "test_foliotctl.moc"
