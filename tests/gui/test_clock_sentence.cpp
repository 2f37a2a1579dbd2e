// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "gui/clock_sentence.h"
#include "support/enumerators.h"

#include <QLocale>
#include <QRegularExpression>
#include <QSet>
#include <QTest>

#include <limits>

using namespace foliot;
using namespace foliot::gui;
using foliot::tests::allOf;

namespace {

constexpr quint64 now = 5'000'000'000; // microseconds

// Synchronized, computed ten seconds ago.
ClockSituation situation(bus::Condition condition = bus::Condition::Synchronized)
{
    ClockSituation result;
    result.availability = bus::Availability::Present;
    result.clock.condition = condition;
    result.clock.clockType = bus::ClockType::Helper;
    result.clock.clockFault = bus::ClockFault::None;
    result.clock.steering = true;
    result.clock.asOfBoottimeUSec = now - 10'000'000;
    result.clock.lastUpdateBoottimeUSec = now - 10'000'000;
    result.clock.offsetSeconds = 0.000'028;
    result.clock.uncertaintySeconds = 0.000'19;
    result.clock.boundSeconds = 0.000'65;
    result.clock.boundGrowthPpm = 15.0;
    result.clock.frequencyPpm = -30.127;
    result.clock.stratum = 2;
    result.selectedName = QStringLiteral("ntp1.example.org");
    result.sources = 4;
    result.answering = 4;
    return result;
}

QString headline(const ClockSituation& input)
{
    return ClockSentence::describe(input, now).headline;
}

} // namespace

class TestClockSentence : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void initTestCase() { QLocale::setDefault(QLocale(QLocale::English, QLocale::UnitedStates)); }
    void synchronizedSaysTheBoundAsItHasGrown();
    void factsNameTheSource();
    void offsetThatIsLeftAloneIsToldWithWhatIsKnownOfIt();
    void ageIsThatOfTheLastMeasurement();
    void longNameLeavesRoomForTheFigures();
    void nothingToDrawIsOnlyWithoutSources();
    void watchedClockIsNotCalledCorrected();
    void liarIsMentioned();
    void leapSecondIsForetold();
    void everyConditionHasItsOwnSentence();
    void whatIsWrongComesWithWhatToDo();
    void refusedStepSaysWhichWay();
    void silenceSaysItsCause();
    void slewSaysHowLongStill();
    void withoutServiceNothingIsClaimed_data();
    void withoutServiceNothingIsClaimed();
    void silentServiceIsStale();
    void severityFollowsTheClaim();
    void infinityIsNotShown();
    void textOfTheBusIsPlain();
};

void TestClockSentence::synchronizedSaysTheBoundAsItHasGrown()
{
    // 650 µs, and 15 ppm for ten seconds: 800 µs.
    QCOMPARE(headline(situation()), QStringLiteral("Synchronized: within 800 µs of UTC"));
    QCOMPARE(ClockSentence::describe(situation(), now + 10'000'000).headline,
        QStringLiteral("Synchronized: within 950 µs of UTC"));
}

void TestClockSentence::factsNameTheSource()
{
    QCOMPARE(ClockSentence::describe(situation(), now).facts,
        QStringLiteral(
            "ntp1.example.org · own stratum 2 · offset +28 µs · uncertainty ±190 µs · frequency −30.13 ppm"));
}

void TestClockSentence::offsetThatIsLeftAloneIsToldWithWhatIsKnownOfIt()
{
    ClockSituation refused = situation(bus::Condition::StepRefused);
    refused.clock.offsetSeconds = -11'520.0;
    refused.clock.uncertaintySeconds = 11'520.000'185;
    QCOMPARE(ClockSentence::describe(refused, now).facts,
        QStringLiteral("ntp1.example.org · own stratum 2 · offset −3.2 h, known to ±190 µs · frequency −30.13 ppm"));
}

void TestClockSentence::ageIsThatOfTheLastMeasurement()
{
    ClockSituation measured = situation();
    measured.clock.lastUpdateBoottimeUSec = now - 5'200'000;
    const ClockStatus fresh = ClockSentence::describe(measured, now);
    QCOMPARE(fresh.age, QStringLiteral("measured 5 s ago"));
    QVERIFY(ClockSentence::factsWithAge(fresh).startsWith(QStringLiteral("measured 5 s ago · ntp1.example.org · ")));
    // What goes to the notification area stays the same from second to second.
    QCOMPARE(ClockSentence::describe(measured, now + 1'000'000).facts, fresh.facts);
    measured.clock.lastUpdateBoottimeUSec = now - 725'000'000;
    QCOMPARE(ClockSentence::describe(measured, now).age, QStringLiteral("measured 12 min ago"));
    measured.clock.lastUpdateBoottimeUSec = 0;
    QCOMPARE(ClockSentence::describe(measured, now).age, QString());
}

void TestClockSentence::longNameLeavesRoomForTheFigures()
{
    ClockSituation input = situation();
    input.selectedName = QString(200, QLatin1Char('x'));
    const QString facts = ClockSentence::describe(input, now).facts;
    QVERIFY2(facts.contains(QStringLiteral("x… · own stratum 2")), qPrintable(facts));
    QVERIFY(facts.size() < 130);
}

void TestClockSentence::nothingToDrawIsOnlyWithoutSources()
{
    ClockSituation input = situation();
    QVERIFY(!ClockSentence::describe(input, now).isEmpty);
    input.clock.condition = bus::Condition::NoSources;
    input.sources = 0;
    const ClockStatus empty = ClockSentence::describe(input, now);
    QVERIFY(empty.isEmpty);
    QCOMPARE(empty.remedy, ClockStatus::Remedy::AddSource);
    // A service that has fallen silent is told about where its last numbers stand.
    input.isSilent = true;
    QVERIFY(!ClockSentence::describe(input, now).isEmpty);
}

void TestClockSentence::watchedClockIsNotCalledCorrected()
{
    ClockSituation watched = situation();
    watched.clock.steering = false;
    watched.clock.clockType = bus::ClockType::None;
    QCOMPARE(headline(watched), QStringLiteral("Within 800 µs of UTC, only watched"));
}

void TestClockSentence::liarIsMentioned()
{
    ClockSituation lied = situation();
    lied.falsetickers = 1;
    const ClockStatus status = ClockSentence::describe(lied, now);
    QVERIFY(status.advice.contains(QStringLiteral("wrong time")));
    QCOMPARE(status.health, bus::Health::Good);
}

void TestClockSentence::leapSecondIsForetold()
{
    ClockSituation leaping = situation();
    leaping.clock.leap = bus::Leap::None;
    QVERIFY(ClockSentence::describe(leaping, now).advice.isEmpty());
    leaping.clock.leap = bus::Leap::Insert;
    QVERIFY(ClockSentence::describe(leaping, now).advice.contains(QStringLiteral("61 seconds")));
    leaping.clock.leap = bus::Leap::Delete;
    leaping.falsetickers = 1;
    const QString advice = ClockSentence::describe(leaping, now).advice;
    QVERIFY(advice.contains(QStringLiteral("59 seconds")));
    QVERIFY(advice.contains(QStringLiteral("wrong time")));
}

void TestClockSentence::everyConditionHasItsOwnSentence()
{
    QSet<QString> headlines;
    const QList<bus::Condition> conditions{bus::Condition::Unknown, bus::Condition::Starting,
        bus::Condition::Synchronized, bus::Condition::Holdover, bus::Condition::NoMajority,
        bus::Condition::TooFewSources, bus::Condition::Unreachable, bus::Condition::NoSources,
        bus::Condition::StepRefused, bus::Condition::ClockFailed};
    for (const bus::Condition condition : conditions) {
        const ClockStatus status = ClockSentence::describe(situation(condition), now);
        QVERIFY(status.hasService);
        headlines.insert(status.headline);
    }
    QCOMPARE(headlines.size(), conditions.size());
}

void TestClockSentence::whatIsWrongComesWithWhatToDo()
{
    for (const bus::Condition condition : {bus::Condition::Holdover, bus::Condition::NoMajority,
             bus::Condition::TooFewSources, bus::Condition::Unreachable, bus::Condition::NoSources,
             bus::Condition::StepRefused, bus::Condition::ClockFailed, bus::Condition::Unknown})
        QVERIFY(!ClockSentence::describe(situation(condition), now).advice.isEmpty());
    using Remedy = ClockStatus::Remedy;
    QCOMPARE(ClockSentence::describe(situation(bus::Condition::NoSources), now).remedy, Remedy::AddSource);
    QCOMPARE(ClockSentence::describe(situation(bus::Condition::StepRefused), now).remedy, Remedy::StepClock);
}

void TestClockSentence::refusedStepSaysWhichWay()
{
    ClockSituation refused = situation(bus::Condition::StepRefused);
    refused.clock.refusedStepSeconds = 11'520.0;
    QCOMPARE(headline(refused), QStringLiteral("The clock is 3.20 h behind"));
    refused.clock.refusedStepSeconds = -86'400.0 * 3.0;
    QCOMPARE(headline(refused), QStringLiteral("The clock is 3.00 d ahead"));
}

// "Check the network" is said only where that helps.
void TestClockSentence::silenceSaysItsCause()
{
    QSet<QString> headlines;
    for (const bus::Reason reason : {bus::Reason::NoReply, bus::Reason::NoKeys, bus::Reason::NameUnresolved,
             bus::Reason::ConnectionRefused, bus::Reason::KissDeny, bus::Reason::ServerUnsynchronized}) {
        ClockSituation silent = situation(bus::Condition::Unreachable);
        silent.silence.add({.reason = reason, .lastError = QStringLiteral("nts.example: <b>expired</b>")});
        const ClockStatus status = ClockSentence::describe(silent, now);
        headlines.insert(status.headline);
        const bool isNetwork = reason == bus::Reason::NoReply || reason == bus::Reason::NameUnresolved;
        QCOMPARE(status.advice.contains(QStringLiteral("network")), isNetwork);
        const bool hasText = reason == bus::Reason::NoKeys || reason == bus::Reason::NameUnresolved;
        QCOMPARE(status.advice.contains(QStringLiteral("nts.example: <b>expired</b>")), hasText);
    }
    QCOMPARE(headlines.size(), 6);
    ClockSituation forged = situation(bus::Condition::Unreachable);
    forged.silence.add({.authentication = bus::Authentication::Key,
        .reason = bus::Reason::NoReply,
        .rejected = {{QStringLiteral("unauthenticated"), 2}}});
    QCOMPARE(headline(forged), QStringLiteral("No answer of a source is authentic"));
}

void TestClockSentence::slewSaysHowLongStill()
{
    ClockSituation slewing = situation(bus::Condition::Starting);
    slewing.clock.offsetSeconds = 1.3;
    slewing.clock.extraRatePpm = 10'000.0; // for 10 s already, so that 1.2 s and 120 s are left
    const ClockStatus status = ClockSentence::describe(slewing, now);
    QCOMPARE(status.headline, QStringLiteral("Correcting the clock: 1.20 s behind, right in about 2 min"));
    QCOMPARE(status.remedy, ClockStatus::Remedy::StepClock);
    slewing.clock.offsetSeconds = -1.3;
    slewing.clock.extraRatePpm = -10'000.0;
    QCOMPARE(headline(slewing), QStringLiteral("Correcting the clock: 1.20 s ahead, right in about 2 min"));
}

void TestClockSentence::withoutServiceNothingIsClaimed_data()
{
    QTest::addColumn<bus::Availability>("availability");
    QTest::newRow("asking") << bus::Availability::Asking;
    QTest::newRow("no bus") << bus::Availability::NoBus;
    QTest::newRow("absent") << bus::Availability::Absent;
    QTest::newRow("not answering") << bus::Availability::NotAnswering;
}

void TestClockSentence::withoutServiceNothingIsClaimed()
{
    QFETCH(bus::Availability, availability);
    // Even if old numbers were still lying about.
    ClockSituation gone = situation();
    gone.availability = availability;
    const ClockStatus status = ClockSentence::describe(gone, now);
    QVERIFY(!status.hasService);
    QVERIFY(status.facts.isEmpty());
    QVERIFY(!status.headline.contains(QStringLiteral("UTC")));
    QVERIFY(status.health != bus::Health::Good);
}

void TestClockSentence::silentServiceIsStale()
{
    ClockSituation silent = situation();
    silent.isSilent = true;
    silent.clock.asOfBoottimeUSec = now - 130'000'000;
    const ClockStatus status = ClockSentence::describe(silent, now);
    QVERIFY(status.isStale);
    QCOMPARE(status.health, bus::Health::Bad);
    QCOMPARE(status.headline, QStringLiteral("The Foliot service has stopped answering"));
    QVERIFY(status.advice.contains(QStringLiteral("2 min")));
}

void TestClockSentence::severityFollowsTheClaim()
{
    const auto health = [](bus::Condition condition) {
        return ClockSentence::describe(situation(condition), now).health;
    };
    QCOMPARE(health(bus::Condition::Synchronized), bus::Health::Good);
    QCOMPARE(health(bus::Condition::Holdover), bus::Health::Attention);
    QCOMPARE(health(bus::Condition::ClockFailed), bus::Health::Bad);
}

void TestClockSentence::infinityIsNotShown()
{
    for (const bus::Condition condition : allOf<bus::Condition>()) {
        ClockSituation unknown = situation(condition);
        unknown.clock.boundSeconds = std::numeric_limits<double>::infinity();
        unknown.clock.uncertaintySeconds = std::numeric_limits<double>::infinity();
        const ClockStatus status = ClockSentence::describe(unknown, now);
        for (const QString& text : {status.headline, status.facts, status.advice}) {
            static const QRegularExpression number(QStringLiteral(R"(\binf\b|\bnan\b|—)"));
            QVERIFY2(!text.contains(number), qPrintable(text));
        }
    }
}

void TestClockSentence::textOfTheBusIsPlain()
{
    ClockSituation refused;
    refused.availability = bus::Availability::NotAnswering;
    refused.problem = QStringLiteral("no\x07 <b>way</b>");
    QVERIFY(ClockSentence::describe(refused, now).advice.endsWith(QStringLiteral("no\\u{7} <b>way</b>")));
}

QTEST_APPLESS_MAIN(TestClockSentence)
#include "test_clock_sentence.moc"
