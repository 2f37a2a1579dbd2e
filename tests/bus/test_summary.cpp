// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "bus/client/summary.h"

#include <QTest>

#include <cmath>

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
        const Summary summary = summarize(Availability::Present, synchronizedClock(), 164'000'000);
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
        const Summary summary = summarize(availability, synchronizedClock(), 164'000'000);
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
            const Summary summary = summarize(Availability::Present, clock, 164'000'000);
            QVERIFY(!summary.isSynchronized());
            QVERIFY(summary.health != Health::Good);
        }
    }

    void ageBeforeTheFirstUpdateIsUnknown()
    {
        ClockData clock = synchronizedClock();
        clock.lastUpdateBoottimeUSec = 0;
        QVERIFY(std::isinf(summarize(Availability::Present, clock, 164'000'000).updateAgeSeconds));
    }
};

QTEST_GUILESS_MAIN(TestSummary)
#include "test_summary.moc"
