// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Whom the System believes: what is asked of sources by their options, and what becomes of the clock when too few agree.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

class TestSystemChoice : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void noselectIsMeasuredAndNeverUsed()
    {
        SystemDesk desk;
        desk.add(1, {.noSelect = true}, {.error = Seconds(0.5)});
        desk.pass(Seconds(1000.0));
        QCOMPARE(desk.source(1).verdict, Verdict::Excluded);
        QVERIFY(desk.source(1).hasEstimate);
        QVERIFY(std::abs((desk.source(1).offset - Seconds(0.5) + desk.clockError()).count()) < 1e-5);
        QVERIFY(desk.asked<SteerClock>().empty());
        QVERIFY(desk.asked<StepClock>().empty());
    }

    void preferredSourceIsUsedAlone()
    {
        SystemDesk desk;
        desk.add(1);
        desk.add(2, {.prefer = true});
        desk.add(3);
        desk.pass(Seconds(300.0));
        QCOMPARE(desk.source(2).verdict, Verdict::Selected);
        QCOMPARE(desk.source(1).reason, Reason::NotPreferred);
        QCOMPARE(desk.source(3).reason, Reason::NotPreferred);
        desk.server(2) = silent;
        desk.pass(Seconds(20'000.0));
        QVERIFY(isInUse(desk.source(1)));
    }

    void nobodyStepsToASourceThatAnotherContradicts()
    {
        SystemDesk desk;
        desk.add(1);
        desk.add(2, {}, {.error = Seconds(10.0)});
        desk.pass(Seconds(300.0));
        QCOMPARE(desk.state().condition, Condition::NoMajority);
        desk.forget();
        desk.tell(StepRequested{.limit = Nanoseconds::max()});
        QVERIFY(desk.asked<StepClock>().empty());
    }

    // FAULTS row 63: whoever was right goes on being right within a bound that grows
    void onlyWhoWasSynchronizedClaimsTheTimeWhileSourcesDisagree()
    {
        SystemDesk never;
        never.add(1, {}, {.error = Seconds(-0.02)});
        never.add(2, {}, {.error = Seconds(0.02)});
        never.pass(Seconds(300.0));
        QCOMPARE(never.state().condition, Condition::NoMajority);
        QCOMPARE(never.state().estimate.stratum, ntp::maxStratum);
        for (const DeclareStatus& told : never.asked<DeclareStatus>())
            QVERIFY(!told.status.synchronized);

        SystemDesk once;
        settle(once);
        once.server(3) = silent;
        once.server(2).error = Seconds(0.05);
        once.pass(Seconds(3000.0));
        QCOMPARE(once.state().condition, Condition::NoMajority);
        QCOMPARE(once.state().estimate.stratum, std::uint8_t{3});
        QVERIFY(once.state().estimate.bound > absolute(once.clockError()) * Seconds(1.0));
    }

    void fewerThanWantedDoNotSteer()
    {
        SystemDesk desk({.minSources = 2});
        desk.add(1);
        desk.add(2, {}, silent);
        desk.pass(Seconds(300.0));
        QCOMPARE(desk.source(1).verdict, Verdict::Undecided);
        QCOMPARE(desk.source(1).reason, Reason::TooFewSources);
        QCOMPARE(desk.state().condition, Condition::TooFewSources);
        QVERIFY(desk.asked<SteerClock>().empty());
        desk.server(2) = {};
        desk.pass(Seconds(1500.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }
};

QTEST_GUILESS_MAIN(TestSystemChoice)
#include "test_system_choice.moc"
