// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System leaves alone around a leap second. FAULTS row 74.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

// From the desk's first day to an hour before the end of June: clock and servers are there already.
constexpr Seconds toJune{181.0 * 86'400.0 - 3600.0};

// Three seconds before midnight.
void waitForMidnight(SystemDesk& desk)
{
    for (std::uint32_t source : {1U, 2U, 3U})
        desk.add(source, steady, {.error = toJune, .leap = ntp::LeapIndicator::InsertSecond});
    desk.pass(Seconds(3597.0));
    QCOMPARE(desk.state().estimate.leap, ntp::LeapIndicator::InsertSecond);
    desk.forget();
}

void insertSecond(SystemDesk& desk)
{
    desk.setClockBy(Seconds(-1.0));
    for (std::uint32_t source : {1U, 2U, 3U}) {
        desk.server(source).error -= Seconds(1.0);
        desk.server(source).leap = ntp::LeapIndicator::None;
    }
}

} // namespace

class TestSystemLeap : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // Told the moment before that there is none, the kernel would not insert it.
    void nothingIsAskedToldOrCorrectedAroundIt()
    {
        SystemDesk desk({}, toJune);
        waitForMidnight(desk);
        desk.pass(Seconds(2.0));
        desk.forget();
        desk.tell(RefreshRequested{});
        desk.tell(SettingsChanged{});
        desk.pass(Seconds(1.0));
        insertSecond(desk);
        desk.pass(Seconds(1.0));
        desk.tell(SettingsChanged{});
        desk.pass(Seconds(0.9));
        QVERIFY(desk.asked<Query>().empty());
        QVERIFY(desk.asked<DeclareStatus>().empty());
        QVERIFY(desk.asked<SteerClock>().empty());
        QVERIFY(desk.said(Notice::ClockSetByOthers).empty());

        desk.pass(Seconds(1.0));
        QCOMPARE(desk.asked<Query>().size(), std::size_t(3));
        QVERIFY(!desk.asked<DeclareStatus>().empty());
        QCOMPARE(desk.asked<DeclareStatus>().back().status.leap, ntp::LeapIndicator::None);
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.state().condition, Condition::Synchronized);
        QVERIFY(absolute(desk.clockError() - toJune + Seconds(1.0)) < 1e-5);
    }

    void kernelInsertsItUnlessTheClockMayNotGoBack()
    {
        for (const bool neverBackwards : {false, true}) {
            SystemDesk desk({.neverBackwards = neverBackwards}, toJune);
            waitForMidnight(desk);
            desk.tell(SettingsChanged{.options = {.neverBackwards = !neverBackwards}});
            const std::vector<DeclareStatus> told = desk.asked<DeclareStatus>();
            QVERIFY(!told.empty());
            QCOMPARE(
                told.back().status.leap, neverBackwards ? ntp::LeapIndicator::InsertSecond : ntp::LeapIndicator::None);
        }
    }

    // Of sources that say nothing of it, and to a clock that is right.
    void listedLeapSecondIsToldToTheKernelWithTai()
    {
        SystemDesk desk({}, toJune);
        desk.tell(LeapSecondsListed{
            .list = {.changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}, {.day = 2026y / 7 / 1, .taiMinusUtc = 38}},
                .expires = RealTime{std::chrono::sys_days{2026y / 12 / 28}.time_since_epoch()}}});
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.add(source, steady, {.error = toJune});
        desk.pass(Seconds(3597.0));
        for (const DeclareStatus& told : desk.asked<DeclareStatus>())
            QCOMPARE(told.status.taiMinusUtc, told.status.synchronized ? std::optional(37) : std::nullopt);
        QCOMPARE(desk.state().estimate.leap, ntp::LeapIndicator::InsertSecond);
        QCOMPARE(desk.asked<DeclareStatus>().back().status.leap, ntp::LeapIndicator::InsertSecond);
        desk.forget();
        desk.pass(Seconds(3.0));
        insertSecond(desk);
        desk.pass(Seconds(5.0));
        QVERIFY(!desk.asked<DeclareStatus>().empty());
        for (const DeclareStatus& told : desk.asked<DeclareStatus>()) {
            QCOMPARE(told.status.taiMinusUtc, std::optional(38)); // as the kernel counts it by itself
            QCOMPARE(told.status.leap, ntp::LeapIndicator::None);
        }
    }

    void announcementOutlivesTheSources()
    {
        SystemDesk desk({}, toJune);
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.add(source, steady, {.error = toJune, .leap = ntp::LeapIndicator::InsertSecond});
        desk.pass(Seconds(1000.0));
        for (std::uint32_t source : {1U, 2U, 3U})
            desk.server(source).way = Server::Way::IsSilent;
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QCOMPARE(desk.state().estimate.leap, ntp::LeapIndicator::InsertSecond);
    }

    // Nobody can tell on which side of it the server's stamps are.
    void answerAroundItIsNotCounted()
    {
        SystemDesk desk({}, toJune);
        waitForMidnight(desk);
        desk.pass(Seconds(0.9995));
        const std::uint64_t before = desk.source(1).accepted;
        desk.tell(RefreshRequested{});
        QCOMPARE(desk.queries(1), std::size_t(1));
        desk.pass(Seconds(0.01));
        QCOMPARE(desk.source(1).accepted, before);
        desk.pass(Seconds(300.0));
        QVERIFY(desk.queries(1) > 1); // it is asked again all the same
    }

    void answerOfBeforeThatComesAfterItIsMovedAlong()
    {
        SystemDesk desk({}, toJune);
        waitForMidnight(desk);
        const Now then = desk.now();
        const LocalStamp stamp{.raw = then.raw, .real = then.real, .origin = StampOrigin::Kernel};
        desk.pass(Seconds(3.0));
        insertSecond(desk);
        desk.pass(Seconds(5.0));
        desk.forget();
        const std::uint64_t before = desk.source(1).accepted;
        desk.tell(MeasurementReceived{.source = {1},
            .measurement = {.localTransmit = stamp,
                .serverReceive = then.real,
                .serverTransmit = then.real,
                .localReceive = stamp,
                .leap = ntp::LeapIndicator::InsertSecond,
                .stratum = 2,
                .serverPrecision = -25}});
        QCOMPARE(desk.source(1).accepted, before + 1);
        QVERIFY(absolute(desk.source(1).offset) < 1e-4);
        QVERIFY(desk.source(1).rootDistance < Seconds(0.1)); // nor is it doubted
        QVERIFY(desk.source(1).verdict != Verdict::Falseticker);
    }
};

QTEST_GUILESS_MAIN(TestSystemLeap)
#include "test_system_leap.moc"
