// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Sources that smear a leap second are not mixed with others. FAULTS row 74.

#include "ntp/smear.h"
#include "sync/settled_desk.h"
#include "sync/smeared.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

// From the desk's first day to noon of the last one of June.
constexpr Seconds toJune{180.5 * 86'400.0};

Candidate candidate(std::uint32_t id, bool smears, Reason unusable = Reason::None)
{
    return {.source = {id}, .unusable = unusable, .smears = smears};
}

std::vector<Reason> reasonsOf(std::vector<Candidate> candidates)
{
    judgeSmeared(candidates);
    std::vector<Reason> reasons;
    for (const Candidate& one : candidates)
        reasons.push_back(one.unusable);
    return reasons;
}

} // namespace

class TestSmeared : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void oneThatDoesNotSmearIsEnough()
    {
        QCOMPARE(reasonsOf({candidate(1, true), candidate(2, false), candidate(3, true)}),
            (std::vector{Reason::Smeared, Reason::None, Reason::Smeared}));
    }

    void withoutSuchAOneTheyAreUsed()
    {
        QCOMPARE(reasonsOf({candidate(1, true), candidate(2, true)}), (std::vector{Reason::None, Reason::None}));
        QCOMPARE(reasonsOf({candidate(1, true), candidate(2, false, Reason::NoReply)}),
            (std::vector{Reason::None, Reason::NoReply}));
        Candidate watched = candidate(2, false);
        watched.noSelect = true;
        QCOMPARE(reasonsOf({candidate(1, true), watched}), (std::vector{Reason::None, Reason::None}));
    }

    // Two that are 10 ms off together against one that is right.
    void majorityThatSmearsDoesNotOutvote_data()
    {
        QTest::addColumn<bool>("isConfigured");
        QTest::newRow("by its reference identifier") << false;
        QTest::newRow("by the configuration") << true;
    }
    void majorityThatSmearsDoesNotOutvote()
    {
        QFETCH(const bool, isConfigured);
        const Seconds smear(-0.01);
        SourceOptions options = steady;
        options.smears = isConfigured;
        SystemDesk desk({}, toJune);
        desk.add(1, steady, {.error = toJune});
        for (std::uint32_t source : {2U, 3U})
            desk.add(source, options,
                {.error = toJune + smear, .referenceId = isConfigured ? 0x12345678 : ntp::smearReferenceId(smear)});
        desk.pass(Seconds(1000.0));
        QVERIFY(absolute(desk.clockError() - toJune) < 1e-4);
        QCOMPARE(desk.source(1).verdict, Verdict::Selected);
        for (std::uint32_t source : {2U, 3U})
            QCOMPARE(desk.source(source).reason, Reason::Smeared);
    }

    // Smeared time runs 11.6 ppm off. Who took it for true on its end would follow it for a minute.
    void whatWasLearntOfSmearedTimeIsForgottenAtItsEnd()
    {
        constexpr double drift = 1.0 / 86'400.0;
        constexpr Seconds step{16.0};
        SystemDesk desk({}, toJune);
        desk.add(1, steady, {.error = toJune});
        for (std::uint32_t source : {2U, 3U})
            desk.add(source, steady, {.error = toJune, .referenceId = ntp::smearReferenceId(Seconds(-0.5))});
        for (Seconds passed{}; passed < Seconds(2000.0); passed += step) {
            for (std::uint32_t source : {2U, 3U})
                desk.server(source).error = toJune - (Seconds(2000.0) - passed) * drift;
            desk.pass(step);
        }
        for (std::uint32_t source : {2U, 3U})
            desk.server(source) = {.error = toJune};
        double largest = 0.0;
        for (Seconds passed{}; passed < Seconds(500.0); passed += step) {
            desk.pass(step);
            largest = std::max(largest, absolute(desk.clockError() - toJune));
        }
        QVERIFY2(largest < 2e-5, qPrintable(QString::number(largest)));
        for (std::uint32_t source : {2U, 3U})
            QVERIFY(desk.source(source).reason != Reason::Smeared);
    }

    // On any other day 254.x.y.z is the hash of an IPv6 address.
    void identifierMeansNothingOnOtherDays()
    {
        constexpr Seconds later{10.0 * 86'400.0}; // the desk begins on the first of January
        SystemDesk desk({}, later);
        desk.add(1, steady, {.error = later});
        desk.add(2, steady, {.error = later, .referenceId = ntp::smearReferenceId(Seconds(-0.01))});
        desk.pass(Seconds(1000.0));
        QVERIFY(desk.source(2).reason != Reason::Smeared);
    }

    // Their time has no leap second, so that the kernel must not do one; the list says otherwise of UTC.
    void smearedTimeHasNoLeapSecond()
    {
        SystemDesk desk({}, toJune);
        desk.tell(LeapSecondsListed{
            .list = {.changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}, {.day = 2026y / 7 / 1, .taiMinusUtc = 38}},
                .expires = RealTime{std::chrono::sys_days{2026y / 12 / 28}.time_since_epoch()}}});
        SourceOptions options = steady;
        options.smears = true;
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.add(source, options, {.error = toJune});
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QCOMPARE(desk.state().estimate.leap, ntp::LeapIndicator::None);
        QVERIFY(!desk.state().leap);
        for (const DeclareStatus& told : desk.asked<DeclareStatus>())
            QCOMPARE(told.status.leap, ntp::LeapIndicator::None);
    }
};

QTEST_GUILESS_MAIN(TestSmeared)
#include "test_smeared.moc"
