// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What the System makes of servers that ask to be left alone.

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

} // namespace

class TestSystemKisses : public QObject {
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
        QCOMPARE(desk.asked<ReplaceSource>(), std::vector<ReplaceSource>({{.source = {1}}}));
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
};

QTEST_GUILESS_MAIN(TestSystemKisses)
#include "test_system_kisses.moc"
