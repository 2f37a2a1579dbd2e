// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System makes of what befalls its sources.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

namespace {

Server kissing(ntp::KissCode code)
{
    return {.way = Server::Way::Kisses, .kiss = code};
}

// The shortest poll interval in the time to come.
int leastPoll(SystemDesk& desk, double seconds)
{
    int least = 17;
    for (double passed = 0.0; passed < seconds; passed += 64.0) {
        desk.pass(Seconds(64.0));
        least = std::min(least, desk.source(1).pollExponent);
    }
    return least;
}

bool isInUse(const SourceState& source)
{
    return source.verdict == Verdict::Selected || source.verdict == Verdict::Combined;
}

} // namespace

class TestSystemSources : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // FAULTS row 17
    void denyStopsTheSourceAndSaysWhy_data()
    {
        QTest::addColumn<ntp::KissCode>("code");
        QTest::addColumn<Reason>("reason");
        QTest::newRow("DENY") << ntp::KissCode::Deny << Reason::KissDeny;
        QTest::newRow("RSTR") << ntp::KissCode::Restrict << Reason::KissRestrict;
    }
    void denyStopsTheSourceAndSaysWhy()
    {
        QFETCH(ntp::KissCode, code);
        QFETCH(Reason, reason);
        SystemDesk desk;
        desk.add(1);
        desk.add(2);
        desk.pass(Seconds(300.0));
        QVERIFY(isInUse(desk.source(1)));
        desk.forget();
        desk.server(1) = kissing(code);
        desk.pass(Seconds(200.0));

        QCOMPARE(desk.queries(1), std::size_t(1));
        QCOMPARE(desk.source(1).verdict, Verdict::Unusable);
        QCOMPARE(desk.source(1).reason, reason);
        QCOMPARE(desk.source(1).lastKiss->code, code);
        QCOMPARE(desk.said(Notice::SourceStopped).size(), std::size_t(1));
        QCOMPARE(desk.said(Notice::SourceStopped).front().reason, reason);
        QCOMPARE(desk.asked<ReplaceSource>(), std::vector<ReplaceSource>({{.source = {1}, .reason = reason}}));
        QCOMPARE(desk.state().condition, Condition::Synchronized); // the other one is there

        desk.server(1) = {};
        desk.forget();
        desk.tell(RefreshRequested{});
        desk.tell(NetworkChanged{.online = true});
        desk.pass(Seconds(100'000.0));
        QCOMPARE(desk.queries(1), std::size_t(0)); // for good
    }

    // FAULTS row 18
    void rateIsObeyedWithinOurOwnBoundsAndForgottenInTime()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 10, .profile = PollProfile::Precise});
        desk.pass(Seconds(300.0));
        const int before = desk.source(1).pollExponent;
        desk.server(1) = kissing(ntp::KissCode::Rate);
        desk.forget();
        desk.pass(Seconds(1000.0 * 1024.0));
        QCOMPARE(desk.source(1).pollExponent, 10);
        QVERIFY(desk.queries(1) > 900);
        QVERIFY(desk.queries(1) < 1100);
        const std::vector<Announce> slowed = desk.said(Notice::SourceSlowedDown);
        QVERIFY(slowed.front().value > Seconds(std::ldexp(1.0, before)));
        QCOMPARE(slowed.back().value, Seconds(1024.0));

        desk.server(1) = {};
        desk.pass(Seconds(20.0 * 1024.0));
        QVERIFY(isInUse(desk.source(1)));
        // A server whose time changes is worth asking often, but its word still counts.
        desk.server(1).error = Seconds(0.005);
        QCOMPARE(leastPoll(desk, 8.0 * 1024.0), 10);
        desk.pass(Seconds(400.0 * 1024.0));
        desk.server(1).error = Seconds(0.01);
        QCOMPARE(leastPoll(desk, 12.0 * 1024.0), 6);
    }

    // FAULTS row 19
    void unknownKissCountsAsUnsynchronized()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 6});
        desk.pass(Seconds(300.0));
        desk.server(1) = kissing(ntp::KissCode::Other);
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.source(1).verdict, Verdict::Unusable);
        QCOMPARE(desk.source(1).reason, Reason::ServerUnsynchronized);
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QVERIFY(desk.said(Notice::SourceStopped).empty());
        desk.server(1) = {};
        desk.pass(Seconds(200.0));
        QVERIFY(isInUse(desk.source(1)));
    }

    // FAULTS rows 11, 12 and 15
    void whatAServerSaysOfItselfCanRuleItOut_data()
    {
        QTest::addColumn<Server>("server");
        QTest::addColumn<Reason>("reason");
        QTest::newRow("leap 3") << Server{.leap = ntp::LeapIndicator::Unsynchronized} << Reason::ServerUnsynchronized;
        QTest::newRow("stratum 0") << Server{.stratum = 0} << Reason::ServerUnsynchronized;
        QTest::newRow("stratum 16") << Server{.stratum = 16} << Reason::ServerUnsynchronized;
        QTest::newRow("far from UTC") << Server{.rootDispersion = Seconds(1.5)} << Reason::DistanceTooLarge;
        QTest::newRow("far away") << Server{.rootDelay = Seconds(2.5)} << Reason::DistanceTooLarge;
        QTest::newRow("follows us") << Server{.referenceId = 0x7f000001, .ourReferenceId = 0x7f000001}
                                    << Reason::SynchronizedToUs;
    }
    void whatAServerSaysOfItselfCanRuleItOut()
    {
        QFETCH(Server, server);
        QFETCH(Reason, reason);
        SystemDesk desk;
        desk.add(1, {}, server);
        desk.pass(Seconds(300.0));
        QVERIFY(desk.source(1).reach != 0); // it answers
        QCOMPARE(desk.source(1).verdict, Verdict::Unusable);
        QCOMPARE(desk.source(1).reason, reason);
        QVERIFY(desk.state().condition != Condition::Synchronized);
        QVERIFY(desk.asked<SteerClock>().empty());
        QVERIFY(desk.asked<StepClock>().empty());
    }

    void primaryServerMayNameAnythingAsItsReference()
    {
        SystemDesk desk;
        desk.add(1, {}, {.stratum = 1, .referenceId = 0x7f000001, .ourReferenceId = 0x7f000001});
        desk.pass(Seconds(10.0));
        QVERIFY(isInUse(desk.source(1)));
    }

    void reachRegisterTellsTheLastEightQueries()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 6});
        desk.pass(Seconds(1000.0));
        QCOMPARE(desk.source(1).reach, std::uint8_t(0xff));
        desk.server(1) = silent;
        desk.forget();
        while (desk.queries(1) < 3)
            desk.pass(Seconds(1.0));
        desk.pass(Seconds(2.0)); // until the last one has timed out
        QCOMPARE(desk.source(1).reach, std::uint8_t(0xf8));
        desk.server(1) = {};
        while (desk.queries(1) < 4)
            desk.pass(Seconds(1.0));
        desk.pass(Seconds(1.0));
        QCOMPARE(desk.source(1).reach, std::uint8_t(0xf1));
        QVERIFY(isInUse(desk.source(1)));
    }

    void silentSourceIsLostSaidOnceAndAnotherIsAskedFor()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 6});
        desk.pass(Seconds(1000.0));
        desk.forget();
        desk.server(1) = silent;
        desk.pass(Seconds(20.0 * 64.0));
        QCOMPARE(desk.source(1).reach, std::uint8_t(0));
        QCOMPARE(desk.source(1).verdict, Verdict::Unreachable);
        QCOMPARE(desk.source(1).reason, Reason::NoReply);
        QCOMPARE(desk.said(Notice::SourceUnreachable).size(), std::size_t(1));
        QCOMPARE(desk.asked<ReplaceSource>(), std::vector<ReplaceSource>({{.source = {1}, .reason = Reason::NoReply}}));
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QCOMPARE(desk.said(Notice::LostSynchronization).size(), std::size_t(1));

        desk.forget();
        desk.server(1) = {};
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.said(Notice::SourceReachable).size(), std::size_t(1));
        QVERIFY(desk.queries(1) >= 5); // a burst tells where the server's time is now
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    void sourceThatCannotBeAskedSaysWhy_data()
    {
        QTest::addColumn<QueryFault>("fault");
        QTest::addColumn<Reason>("reason");
        QTest::newRow("name") << QueryFault::NameUnresolved << Reason::NameUnresolved;
        QTest::newRow("network") << QueryFault::NetworkUnreachable << Reason::NetworkUnreachable;
        QTest::newRow("refused") << QueryFault::ConnectionRefused << Reason::ConnectionRefused;
        QTest::newRow("sending") << QueryFault::SendFailed << Reason::NetworkUnreachable;
        QTest::newRow("keys") << QueryFault::NoKeys << Reason::NoKeys;
        QTest::newRow("twice") << QueryFault::AskedAlready << Reason::AskedAlready;
    }
    void sourceThatCannotBeAskedSaysWhy()
    {
        QFETCH(QueryFault, fault);
        QFETCH(Reason, reason);
        SystemDesk desk;
        desk.add(1, {}, {.way = Server::Way::CannotBeAsked, .fault = fault});
        desk.pass(Seconds(3600.0));
        QCOMPARE(desk.source(1).verdict, Verdict::Unreachable);
        QCOMPARE(desk.source(1).reason, reason);
        QCOMPARE(desk.state().condition, Condition::Unreachable);
        QVERIFY(desk.queries(1) < 70); // asked on and on, at the ordinary pace
        QVERIFY(desk.queries(1) > 3);
    }

    void burstIsWantedOrNot()
    {
        SystemDesk desk;
        desk.add(1, {.burst = true});
        desk.add(2, {.burst = false});
        desk.pass(Seconds(7.0));
        QCOMPARE(desk.queries(1), std::size_t(4));
        QCOMPARE(desk.queries(2), std::size_t(1));
    }

    void answersAreNotWaitedForTwice()
    {
        SystemDesk desk;
        desk.add(1, {}, silent);
        desk.pass(Seconds(0.9)); // the first query is still open
        desk.tell(RefreshRequested{});
        desk.tell(RefreshRequested{});
        QCOMPARE(desk.queries(1), std::size_t(1));
    }

    void refreshAsksAllSourcesSoonAndPolitely()
    {
        SystemDesk desk;
        desk.add(1);
        desk.add(2, {.noSelect = true});
        desk.pass(Seconds(1000.0));
        desk.forget();
        for (int i = 0; i < 10; ++i)
            desk.tell(RefreshRequested{});
        desk.pass(Seconds(2.0));
        QCOMPARE(desk.queries(1), std::size_t(1));
        QCOMPARE(desk.queries(2), std::size_t(1));
    }

    void networkThatComesBackIsUsedAtOnce()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 6, .maxPoll = 10}, {.way = Server::Way::CannotBeAsked});
        desk.pass(Seconds(20'000.0)); // by now it is asked seldom
        desk.server(1) = {};
        desk.forget();
        desk.tell(NetworkChanged{.online = false});
        desk.pass(Seconds(3.0));
        QCOMPARE(desk.queries(1), std::size_t(0));
        desk.tell(NetworkChanged{.online = true});
        desk.pass(Seconds(6.5));
        QVERIFY(desk.queries(1) >= 4);
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    void replacedSourceStartsAfresh()
    {
        SystemDesk desk;
        desk.add(1);
        desk.pass(Seconds(1000.0));
        desk.forget();
        desk.server(1) = {.error = Seconds(0.05)};
        desk.tell(SourceReplaced{.source = {1}});
        const SourceState fresh = desk.source(1);
        QCOMPARE(fresh.verdict, Verdict::Waiting);
        QCOMPARE(fresh.reach, std::uint8_t(0));
        QVERIFY(!fresh.hasEstimate);
        QVERIFY(!fresh.last);
        desk.pass(Seconds(3.0));
        QCOMPARE(desk.queries(1), std::size_t(2));
        // Nothing of the old server's time is left in what is believed of the new one's.
        QVERIFY(std::abs((desk.source(1).offset - Seconds(0.05) + desk.clockError()).count()) < 1e-3);
    }

    void sourceStoppedByAKissWorksAgainWhenReplaced()
    {
        SystemDesk desk;
        desk.add(1, {}, kissing(ntp::KissCode::Deny));
        desk.pass(Seconds(10.0));
        QCOMPARE(desk.source(1).reason, Reason::KissDeny);
        desk.server(1) = {};
        desk.tell(SourceReplaced{.source = {1}});
        desk.pass(Seconds(10.0));
        QVERIFY(isInUse(desk.source(1)));
        QVERIFY(!desk.source(1).lastKiss);
    }

    void removedSourceIsForgottenAndItsLateAnswerToo()
    {
        SystemDesk desk;
        desk.add(1);
        desk.pass(Seconds(300.0));
        desk.tell(SourceRemoved{.source = {1}});
        QVERIFY(desk.state().sources.empty());
        QCOMPARE(desk.state().condition, Condition::NoSources);
        desk.forget();
        desk.tell(MeasurementReceived{.source = {1}});
        desk.tell(KissReceived{.source = {1}});
        desk.tell(QueryTimedOut{.source = {1}});
        desk.tell(ReplyRejected{.source = {1}, .reason = ntp::Rejection::BogusOrigin});
        desk.pass(Seconds(1000.0));
        QCOMPARE(desk.queries(1), std::size_t(0));
    }

    void sourceAddedTwiceIsOne()
    {
        SystemDesk desk;
        desk.add(1);
        desk.pass(Seconds(300.0));
        const std::uint64_t accepted = desk.source(1).accepted;
        desk.tell(SourceAdded{.source = {1}, .options = {}});
        QCOMPARE(desk.state().sources.size(), std::size_t(1));
        QCOMPARE(desk.source(1).accepted, accepted);
    }

    void rejectedPacketsAreCountedByReasonAndChangeNothingElse()
    {
        SystemDesk desk;
        desk.add(1);
        desk.pass(Seconds(300.0));
        desk.tell(Wakeup{}); // the state is as of now
        const State before = desk.state();
        desk.forget();
        for (const ntp::Rejection reason : ntp::allRejections) {
            desk.tell(ReplyRejected{.source = {1}, .reason = reason});
            desk.tell(ReplyRejected{.source = {1}, .reason = reason});
        }
        State after = desk.state();
        for (const std::uint64_t count : after.sources[0].rejected)
            QCOMPARE(count, std::uint64_t(2));
        after.sources[0].rejected = before.sources[0].rejected;
        QCOMPARE(after, before);
        QVERIFY(desk.asked<Announce>().empty());
    }

    void sourceOfNoUseIsToBeReplaced()
    {
        SystemDesk desk;
        desk.add(1, {}, {.error = Seconds(0.5)});
        desk.add(2);
        desk.add(3);
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.source(1).verdict, Verdict::Falseticker);
        QCOMPARE(desk.asked<ReplaceSource>(),
            std::vector<ReplaceSource>({{.source = {1}, .reason = Reason::OutsideAgreement}}));
    }

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
        for (const SetClockStatus& told : never.asked<SetClockStatus>())
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

QTEST_GUILESS_MAIN(TestSystemSources)
#include "test_system_sources.moc"
