// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Which orphan is followed, source by source, and what a few of them make of each other.

#include "sync/orphans.h"
#include "sync/settled_desk.h"

#include <QTest>

#include <array>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

namespace {

constexpr int orphanStratum = 10;
constexpr std::uint32_t us = 50;

Candidate at(int stratum, std::uint32_t address, Reason unusable = Reason::None)
{
    return {
        .source = {address}, .unusable = unusable, .stratum = stratum, .referenceId = address, .ourReferenceId = us};
}

// The addresses of those that can still be used.
std::vector<std::uint32_t> leftOf(std::vector<Candidate> candidates)
{
    judgeOrphans(candidates, orphanStratum);
    std::vector<std::uint32_t> left;
    for (const Candidate& candidate : candidates) {
        if (candidate.unusable == Reason::None)
            left.push_back(candidate.referenceId);
    }
    return left;
}

// Computers 1, 2, ... that ask each other, by perfect oscillators and with clocks that are off by so much.
class Orphans {
public:
    explicit Orphans(const std::vector<double>& errors)
    {
        for (const double error : errors)
            desks.push_back(
                std::make_unique<SystemDesk>(SystemOptions{.orphanStratum = orphanStratum}, Seconds(error)));
        for (std::uint32_t i = 1; i <= desks.size(); ++i) {
            for (std::uint32_t j = 1; j <= desks.size(); ++j) {
                if (i != j)
                    desk(i).add(j, {.minPoll = 4, .maxPoll = 4}, {.address = j, .ourReferenceId = i});
            }
        }
    }

    SystemDesk& desk(std::uint32_t number) { return *desks.at(number - 1); }

    int stratumOf(std::uint32_t number)
    {
        const int stratum = desk(number).state().estimate.stratum;
        return stratum < ntp::maxStratum ? stratum : orphanStratum;
    }

    void silence(std::uint32_t number) { silent = number; }

    // Each learns every `step` seconds how the others' clocks are.
    void pass(int seconds, int step = 1)
    {
        for (int second = 0; second < seconds; second += step) {
            for (std::uint32_t i = 1; i <= desks.size(); ++i) {
                tellOfOthers(i);
                desk(i).pass(Seconds(step));
            }
        }
    }

    void tellOfOthers(std::uint32_t i)
    {
        for (std::uint32_t j = 1; j <= desks.size(); ++j) {
            if (i == j)
                continue;
            Server& server = desk(i).server(j);
            server.way = j == silent || i == silent ? Server::Way::IsSilent : Server::Way::Answers;
            server.error = desk(j).clockError();
            server.stratum = static_cast<std::uint8_t>(stratumOf(j));
            const SystemEstimate estimate = desk(j).state().estimate;
            server.referenceId = estimate.referenceId;
            server.rootDelay = estimate.rootDelay;
            server.rootDispersion = estimate.rootDispersion;
        }
    }

    std::vector<std::unique_ptr<SystemDesk>> desks;
    std::uint32_t silent = 0;
};

// Its number is 9, and it is followed then.
void giveSourceToTheThird(Orphans& orphans)
{
    orphans.desk(3).add(9, {.minPoll = 4, .maxPoll = 4}, {.stratum = 2, .address = 9, .ourReferenceId = 3});
    orphans.pass(1000);
}

} // namespace

class TestOrphans : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void smallestAddressIsFollowed()
    {
        QCOMPARE(leftOf({at(10, 40), at(10, 30), at(10, 45)}), std::vector<std::uint32_t>{30});
    }

    void whoHasTheSmallestAddressFollowsNobody()
    {
        QCOMPARE(leftOf({at(10, 60), at(10, 70)}), std::vector<std::uint32_t>{});
        QCOMPARE(leftOf({at(10, us)}), std::vector<std::uint32_t>{});
    }

    void whoseAddressIsNotKnownFollowsNobody()
    {
        Candidate candidate = at(10, 30);
        candidate.ourReferenceId = 0;
        QCOMPARE(leftOf({candidate}), std::vector<std::uint32_t>{});
    }

    void sourceOfItsOwnComesBeforeAnyOrphan()
    {
        QCOMPARE(leftOf({at(10, 30), at(3, 90)}), std::vector<std::uint32_t>{90});
        QCOMPARE(leftOf({at(10, 30), at(9, 20), at(3, 90)}), (std::vector<std::uint32_t>{20, 90}));
    }

    void whoIsAboutToSpeakIsWaitedFor()
    {
        QCOMPARE(leftOf({at(10, 30), at(0, 90, Reason::FirstSamplesPending)}), std::vector<std::uint32_t>{});
        QCOMPARE(leftOf({at(10, 30), at(0, 90, Reason::NoReply)}), std::vector<std::uint32_t>{30});
    }

    void followerOfAnOrphanIsNoRoot()
    {
        QCOMPARE(leftOf({at(11, 20), at(10, 30)}), std::vector<std::uint32_t>{30});
        QCOMPARE(leftOf({at(11, 20)}), std::vector<std::uint32_t>{});
    }

    void whatIsNeverSelectedIsNeitherFollowedNorWaitedFor()
    {
        Candidate watched = at(10, 20);
        watched.noSelect = true;
        Candidate real = at(2, 90);
        real.noSelect = true;
        QCOMPARE(leftOf({watched, at(10, 30), real}), (std::vector<std::uint32_t>{30, 90}));
    }

    void withoutOrphanModeNothingIsTakenAway()
    {
        SystemDesk desk;
        desk.add(1, steady, {.stratum = 10, .address = 1, .ourReferenceId = us});
        desk.pass(Seconds(300.0));
        QCOMPARE(desk.source(1).verdict, Verdict::Selected);
    }

    void allFollowTheOneWithTheSmallestAddress()
    {
        Orphans orphans({0.010, 0.050, -0.030});
        orphans.pass(1000);
        QCOMPARE(orphans.stratumOf(1), orphanStratum);
        QVERIFY(absolute(orphans.desk(1).clockError() - Seconds(0.010)) < 1e-9); // nobody moves its clock
        for (const std::uint32_t follower : {2U, 3U}) {
            QCOMPARE(orphans.stratumOf(follower), orphanStratum + 1);
            QCOMPARE(orphans.desk(follower).state().selected, SourceId{1});
            QVERIFY(absolute(orphans.desk(follower).clockError() - Seconds(0.010)) < 1e-4);
            QCOMPARE(orphans.desk(1).source(follower).reason, Reason::SynchronizedToUs);
        }
        QCOMPARE(orphans.desk(2).source(3).reason, Reason::Orphan);
    }

    void nextOneTakesItsPlace()
    {
        Orphans orphans({0.010, 0.050, -0.030});
        orphans.pass(1000);
        orphans.silence(1);
        orphans.pass(100'000, 16); // what was learnt of it has to become useless first
        QCOMPARE(orphans.stratumOf(2), orphanStratum);
        QCOMPARE(orphans.stratumOf(3), orphanStratum + 1);
        QCOMPARE(orphans.desk(3).state().selected, SourceId{2});
        QVERIFY(absolute(orphans.desk(3).clockError() - orphans.desk(2).clockError()) < 1e-4);
    }

    // Nobody repeats what another one makes of what the first one said before.
    void lostSourceMakesNobodyCountUp()
    {
        Orphans orphans({0.010, 0.050, -0.030});
        orphans.pass(1000);
        giveSourceToTheThird(orphans);
        QCOMPARE(orphans.stratumOf(3), 3);
        orphans.desk(3).server(9).way = Server::Way::IsSilent;
        orphans.pass(10'000);
        QCOMPARE(orphans.stratumOf(3), 3);
        for (const std::uint32_t follower : {1U, 2U}) {
            QCOMPARE(orphans.stratumOf(follower), 4);
            QVERIFY(absolute(orphans.desk(follower).clockError() - orphans.desk(3).clockError()) < 1e-4);
        }
    }

    void sourceThatOneOfThemGetsIsFollowedByAll()
    {
        Orphans orphans({0.010, 0.050, -0.030});
        orphans.pass(1000);
        giveSourceToTheThird(orphans);
        QCOMPARE(orphans.stratumOf(3), 3);
        QCOMPARE(orphans.desk(3).state().selected, SourceId{9});
        for (const std::uint32_t number : {1U, 2U, 3U})
            QVERIFY(absolute(orphans.desk(number).clockError()) < 1e-3);
        for (const std::uint32_t number : {1U, 2U}) {
            const Verdict verdict = orphans.desk(number).source(3).verdict;
            QVERIFY(verdict == Verdict::Selected || verdict == Verdict::Combined);
        }
    }
};

QTEST_GUILESS_MAIN(TestOrphans)
#include "test_orphans.moc"
