// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Who says only what another source says has no voice of its own.

#include "sync/followers.h"
#include "sync/settled_desk.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

namespace {

Candidate server(std::uint32_t address, int stratum, std::uint32_t reference)
{
    return {.source = {address}, .stratum = stratum, .referenceId = address, .serverReferenceId = reference};
}

// The addresses of those that can still be used.
std::vector<std::uint32_t> leftOf(std::vector<Candidate> candidates)
{
    judgeFollowers(candidates);
    std::vector<std::uint32_t> left;
    for (const Candidate& candidate : candidates) {
        if (candidate.unusable == Reason::None)
            left.push_back(candidate.referenceId);
    }
    return left;
}

using Addresses = std::vector<std::uint32_t>;

} // namespace

class TestFollowers : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void whoFollowsAnotherIsTakenAway()
    {
        QCOMPARE(leftOf({server(20, 3, 10), server(10, 2, 7), server(30, 3, 8)}), (Addresses{10, 30}));
    }

    void ofAChainTheFirstIsLeft()
    {
        QCOMPARE(leftOf({server(30, 4, 20), server(20, 3, 10), server(10, 2, 7)}), Addresses{10});
    }

    void speaksForItselfWhenTheOtherCannotBeUsed()
    {
        Candidate other = server(10, 2, 7);
        other.unusable = Reason::NoReply;
        QCOMPARE(leftOf({server(20, 3, 10), other}), Addresses{20});
        Candidate watched = server(10, 2, 7);
        watched.noSelect = true;
        QCOMPARE(leftOf({server(20, 3, 10), watched}), (Addresses{20, 10}));
    }

    void whoIsNotFartherAwayDoesNotFollow()
    {
        QCOMPARE(leftOf({server(20, 2, 10), server(10, 2, 20)}), (Addresses{20, 10}));
    }

    void nameOfAReferenceClockIsNoAddress()
    {
        QCOMPARE(leftOf({server(20, 1, 10), server(10, 0, 7)}), (Addresses{20, 10}));
    }

    void unknownAddressIsNotFollowed() { QCOMPARE(leftOf({server(20, 3, 0), server(0, 2, 7)}), (Addresses{20, 0})); }

    void whatAPersonSingledOutStays_data()
    {
        QTest::addColumn<bool>("prefer");
        QTest::addColumn<bool>("trust");
        QTest::addColumn<bool>("require");
        QTest::newRow("prefer") << true << false << false;
        QTest::newRow("trust") << false << true << false;
        QTest::newRow("require") << false << false << true;
    }
    void whatAPersonSingledOutStays()
    {
        QFETCH(bool, prefer);
        QFETCH(bool, trust);
        QFETCH(bool, require);
        Candidate follower = server(20, 3, 10);
        follower.prefer = prefer;
        follower.trust = trust;
        follower.require = require;
        QCOMPARE(leftOf({follower, server(10, 2, 7)}), (Addresses{20, 10}));
    }

    void whoSaysSomethingElseKeepsItsVote()
    {
        Candidate liar = server(10, 2, 7);
        liar.offset = Seconds(0.4);
        liar.rootDistance = Seconds(0.001);
        Candidate honest = server(20, 3, 10);
        honest.rootDistance = Seconds(0.01);
        QCOMPARE(leftOf({honest, liar}), (Addresses{20, 10}));
        liar.offset = Seconds(-0.011);
        QCOMPARE(leftOf({honest, liar}), Addresses{10});
    }

    // One that lies to us alone does not silence those that follow it.
    void liarDoesNotSilenceThoseThatFollowIt()
    {
        SystemDesk desk;
        desk.add(1, steady, {.error = Seconds(0.4), .stratum = 1, .address = 10, .ourReferenceId = 99});
        for (const std::uint32_t honest : {2U, 3U, 4U})
            desk.add(honest, steady, {.stratum = 2, .referenceId = 10, .address = 10 * honest, .ourReferenceId = 99});
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.source(1).reason, Reason::OutsideAgreement);
        for (const std::uint32_t honest : {2U, 3U, 4U})
            QVERIFY(isInUse(desk.source(honest)));
        QVERIFY(absolute(desk.clockError()) < 1e-4);
    }

    // Two that repeat a third one do not outvote a fourth.
    void liarIsNoMajorityWithItsFollowers()
    {
        SystemDesk desk;
        const Server liar{.error = Seconds(0.04), .stratum = 2, .address = 10, .ourReferenceId = 99};
        desk.add(1, steady, liar);
        for (const std::uint32_t follower : {2U, 3U}) {
            Server server = liar;
            server.stratum = 3;
            server.referenceId = liar.address;
            server.address = 10 * follower;
            desk.add(follower, steady, server);
        }
        for (const std::uint32_t honest : {4U, 5U})
            desk.add(honest, steady, {.address = 10 * honest, .ourReferenceId = 99});
        desk.pass(Seconds(2000.0));
        QCOMPARE(desk.source(1).reason, Reason::OutsideAgreement);
        QCOMPARE(desk.source(2).verdict, Verdict::Unusable);
        QCOMPARE(desk.source(2).reason, Reason::FollowsAnother);
        QVERIFY(isInUse(desk.source(4)) && isInUse(desk.source(5)));
        QVERIFY(absolute(desk.clockError()) < 1e-4);
    }
};

QTEST_GUILESS_MAIN(TestFollowers)
#include "test_followers.moc"
