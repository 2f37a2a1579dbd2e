// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System makes of what befalls its sources: silence, faults, coming and going.

#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

class TestSystemSources : public QObject {
    Q_OBJECT

private Q_SLOTS:
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
        QCOMPARE(desk.asked<ReplaceSource>(), std::vector<ReplaceSource>({{.source = {1}}}));
        QCOMPARE(desk.state().condition, Condition::Holdover);
        QCOMPARE(desk.said(Notice::LostSynchronization).size(), std::size_t(1));

        desk.forget();
        desk.server(1) = {};
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.said(Notice::SourceReachable).size(), std::size_t(1));
        QVERIFY(desk.queries(1) >= 5); // a burst tells where the server's time is now
        QCOMPARE(desk.state().condition, Condition::Synchronized);
    }

    // Its first answers contradict each other by more than any path could.
    void serverThatIsBeingSlewedAtOurStartIsFollowed()
    {
        SystemDesk desk;
        desk.add(1, {.minPoll = 4, .maxPoll = 4});
        for (const double error : {-0.030, -0.020, -0.003, -0.001, -0.0008, -0.0007, -0.0006, -0.0003, 0.0}) {
            desk.server(1).error = Seconds(error);
            desk.pass(Seconds(1.0));
        }
        for (int answer = 0; answer < 24; ++answer) {
            desk.pass(Seconds(16.0));
            QVERIFY(absolute(desk.clockError()) < 3e-3); // its packets take 2 ms
        }
        QVERIFY(absolute(desk.clockError()) < 1e-5);
    }

    // RFC 5905 A.5.5.5: what our clients are told of it is set when it is selected.
    void whatAnUnusedSourceSaysIsNotRepeated()
    {
        SystemDesk desk;
        desk.add(1, steady, {.rootDelay = Seconds(0.004), .address = 7});
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.state().estimate.stratum, std::uint8_t(3));
        desk.server(1).stratum = 9;
        desk.server(1).rootDelay = Seconds(0.5);
        desk.server(1).rootDispersion = Seconds(5.0);
        desk.pass(Seconds(200.0));
        QCOMPARE(desk.source(1).reason, Reason::DistanceTooLarge);
        QCOMPARE(desk.state().condition, Condition::Holdover);
        const SystemEstimate estimate = desk.state().estimate;
        QCOMPARE(estimate.stratum, std::uint8_t(3));
        QCOMPARE(estimate.referenceId, std::uint32_t(7));
        QVERIFY(absolute(estimate.rootDelay - Seconds(0.006)) < 1e-6); // the server's, and 1 ms each way
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
        QCOMPARE(desk.asked<ReplaceSource>(), std::vector<ReplaceSource>({{.source = {1}}}));
    }

    // All servers of its name follow another source, as the one after the other is asked.
    void sourceIsSeldomReplacedInVain()
    {
        SystemDesk desk;
        desk.add(1, {}, {.stratum = 3, .referenceId = 20, .address = 10, .ourReferenceId = 99});
        desk.add(2, {}, {.stratum = 2, .address = 20, .ourReferenceId = 99});
        int replaced = 0;
        const auto pass = [&](Seconds duration) {
            for (const Seconds end = desk.elapsed() + duration; desk.elapsed() < end;) {
                desk.pass(Seconds(16.0));
                if (desk.asked<ReplaceSource>().empty())
                    continue;
                ++replaced;
                desk.forget();
                desk.tell(SourceReplaced{.source = {1}});
            }
        };
        pass(Seconds(86'400.0));
        QCOMPARE(desk.source(1).reason, Reason::FollowsAnother);
        QVERIFY2(replaced >= 2 && replaced <= 8, qPrintable(QString::number(replaced)));
        // One that was of use is given up as soon as any other.
        desk.server(1).referenceId = 77;
        pass(Seconds(20'000.0));
        QVERIFY(desk.source(1).verdict == Verdict::Combined || desk.source(1).verdict == Verdict::Selected);
        desk.server(1).referenceId = 20;
        replaced = 0;
        pass(Seconds(20'000.0));
        QVERIFY(replaced >= 1);
    }
};

QTEST_GUILESS_MAIN(TestSystemSources)
#include "test_system_sources.moc"
