// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/summary.h"

#include <QTest>

#include <cmath>
#include <limits>

using namespace foliot::bus;

namespace {

ClockData synchronizedClock()
{
    return {.condition = Condition::Synchronized,
        .clockType = ClockType::Helper,
        .clockFault = ClockFault::None,
        .steering = true,
        .asOfBoottimeUSec = 100'000'000,
        .lastUpdateBoottimeUSec = 90'000'000,
        .boundSeconds = 0.001,
        .boundGrowthPpm = 15.0};
}

} // namespace

class TestSummary : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void boundGrowsWithItsAge()
    {
        const ClockData clock = synchronizedClock();
        QCOMPARE(boundAt(clock, 100'000'000), 0.001);
        // 15 ppm for 64 s are 960 us.
        QVERIFY(std::abs(boundAt(clock, 164'000'000) - 0.00196) < 1e-12);
        // A clock read before the daemon's is no older than now.
        QCOMPARE(boundAt(clock, 99'000'000), 0.001);
        QVERIFY(std::isinf(boundAt({}, 164'000'000)));
    }

    void synchronizedSaysBoundAndAge()
    {
        const Summary summary = summarize(Availability::Present, synchronizedClock(), {}, 164'000'000);
        QCOMPARE(summary.claim, Claim::Synchronized);
        QCOMPARE(summary.health, Health::Good);
        QVERIFY(summary.isSynchronized());
        QVERIFY(summary.isSteering);
        QVERIFY(std::abs(summary.boundSeconds - 0.00196) < 1e-12);
        QCOMPARE(summary.updateAgeSeconds, 74.0);
    }

    void daemonThatIsNotThereClaimsNothing_data()
    {
        QTest::addColumn<Availability>("availability");
        QTest::addColumn<Claim>("claim");
        QTest::newRow("asking") << Availability::Asking << Claim::Asking;
        QTest::newRow("no bus") << Availability::NoBus << Claim::NoBus;
        QTest::newRow("absent") << Availability::Absent << Claim::DaemonAbsent;
        QTest::newRow("not answering") << Availability::NotAnswering << Claim::NotAnswering;
    }
    void daemonThatIsNotThereClaimsNothing()
    {
        QFETCH(const Availability, availability);
        QFETCH(const Claim, claim);
        // Even with data left over from before.
        const Summary summary = summarize(availability, synchronizedClock(), {}, 164'000'000);
        QCOMPARE(summary.claim, claim);
        QVERIFY(summary.health != Health::Good);
        QVERIFY(!summary.isSynchronized());
        QVERIFY(std::isinf(summary.boundSeconds));
    }

    void onlySynchronizedIsGood()
    {
        for (const Condition condition : {Condition::Unknown, Condition::Starting, Condition::Holdover,
                 Condition::NoMajority, Condition::TooFewSources, Condition::Unreachable, Condition::NoSources,
                 Condition::StepRefused, Condition::ClockFailed}) {
            ClockData clock = synchronizedClock();
            clock.condition = condition;
            const Summary summary = summarize(Availability::Present, clock, {}, 164'000'000);
            QVERIFY(!summary.isSynchronized());
            QVERIFY(summary.health != Health::Good);
        }
    }

    void silenceIsThatOfAllSources_data()
    {
        QTest::addColumn<QList<Reason>>("reasons");
        QTest::addColumn<Silence>("silence");
        QTest::newRow("no source") << QList<Reason>{} << Silence::NoReply;
        QTest::newRow("no reply") << QList{Reason::NoReply, Reason::NoReply} << Silence::NoReply;
        QTest::newRow("no keys") << QList{Reason::NoKeys, Reason::NoKeys} << Silence::NoKeys;
        QTest::newRow("names") << QList{Reason::NameUnresolved} << Silence::NoNames;
        QTest::newRow("refused") << QList{Reason::ConnectionRefused} << Silence::NoServer;
        QTest::newRow("denied") << QList{Reason::KissDeny, Reason::KissRestrict} << Silence::Denied;
        QTest::newRow("unsynchronized") << QList{Reason::ServerUnsynchronized} << Silence::Unsynchronized;
        // What differs is no common cause, in whatever order.
        QTest::newRow("some have keys") << QList{Reason::NoKeys, Reason::NoReply} << Silence::NoReply;
        QTest::newRow("the last has none")
            << QList{Reason::NoReply, Reason::NoKeys, Reason::NoKeys} << Silence::NoReply;
    }
    void silenceIsThatOfAllSources()
    {
        QFETCH(const QList<Reason>, reasons);
        QFETCH(const Silence, silence);
        SilenceSurvey survey;
        for (const Reason reason : reasons)
            survey.add({.reason = reason});
        survey.add({.noSelect = true, .reason = Reason::ExcludedByUser});
        ClockData clock = synchronizedClock();
        clock.condition = Condition::Unreachable;
        QCOMPARE(summarize(Availability::Present, clock, survey, 164'000'000).silence, silence);
    }

    // An answer whose authenticator is not that of our key is dropped, and looks like none.
    void answersThatAreNotAuthenticAreToldFromNone()
    {
        SourceData source{.authentication = Authentication::Key, .reason = Reason::NoReply};
        const auto silence = [&source] {
            SilenceSurvey survey;
            survey.add(source);
            return survey.silence();
        };
        QCOMPARE(silence(), Silence::NoReply);
        source.rejected.insert(QStringLiteral("unauthenticated"), 3);
        QCOMPARE(silence(), Silence::NotAuthentic);
        source.authentication = Authentication::None; // a crypto-NAK that nobody asked for
        QCOMPARE(silence(), Silence::NoReply);
    }

    void firstErrorOfASourceIsHandedOn()
    {
        SilenceSurvey survey;
        for (const char* error : {"", "one", "two"})
            survey.add({.reason = Reason::NoKeys, .lastError = QString::fromLatin1(error)});
        QCOMPARE(survey.error(), QStringLiteral("one"));
    }

    void slewSaysHowLongStill_data()
    {
        QTest::addColumn<double>("offset");
        QTest::addColumn<double>("ratePpm");
        QTest::addColumn<double>("left");                               // 64 s later
        QTest::addColumn<double>("seconds");                            // the same
        QTest::newRow("hours") << 20.0 << 1000.0 << 19.936 << 21'600.0; // 19 936 s are 5.5 h
        QTest::newRow("ahead") << -1.0 << -10'000.0 << -0.36 << 40.0;   // 36 s
        QTest::newRow("minutes") << 1.0 << 1000.0 << 0.936 << 960.0;    // 936 s are 15.6 min
        QTest::newRow("over by now") << 0.001 << 1000.0 << 0.0 << 10.0;
    }
    void slewSaysHowLongStill()
    {
        QFETCH(const double, offset);
        QFETCH(const double, ratePpm);
        ClockData clock = synchronizedClock();
        clock.condition = Condition::Starting;
        clock.offsetSeconds = offset;
        clock.extraRatePpm = ratePpm;
        const Summary summary = summarize(Availability::Present, clock, {}, 164'000'000);
        QCOMPARE(summary.claim, Claim::Slewing);
        QCOMPARE(summary.health, Health::Attention);
        QFETCH(const double, left);
        QVERIFY(std::abs(summary.slewOffsetSeconds - left) < 1e-9);
        QTEST(summary.slewSeconds, "seconds");
    }

    void slewIsNoClaimOfAnythingElse()
    {
        ClockData clock = synchronizedClock();
        const auto claim = [&clock] { return summarize(Availability::Present, clock, {}, 164'000'000).claim; };
        clock.offsetSeconds = 1e-6;
        clock.extraRatePpm = 1.0;
        QCOMPARE(claim(), Claim::Synchronized);
        clock.condition = Condition::Starting;
        QCOMPARE(claim(), Claim::Slewing);
        clock.extraRatePpm = -1.0; // away from UTC: not yet turned round
        QCOMPARE(claim(), Claim::Starting);
        clock.extraRatePpm = 0.0;
        QCOMPARE(claim(), Claim::Starting);
        clock.extraRatePpm = 1.0;
        clock.boundSeconds = std::numeric_limits<double>::infinity(); // no estimate
        QCOMPARE(claim(), Claim::Starting);
    }

    void ageBeforeTheFirstUpdateIsUnknown()
    {
        ClockData clock = synchronizedClock();
        clock.lastUpdateBoottimeUSec = 0;
        QVERIFY(std::isinf(summarize(Availability::Present, clock, {}, 164'000'000).updateAgeSeconds));
    }
};

QTEST_GUILESS_MAIN(TestSummary)
#include "test_summary.moc"
