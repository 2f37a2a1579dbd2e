// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/selection.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;

namespace {

Candidate candidateAt(std::uint32_t id, double offset, double distance)
{
    Candidate candidate{.source = {id}, .offset = Seconds(offset), .rootDistance = Seconds(distance)};
    candidate.estimate.covariance.offset = 1e-10;
    return candidate;
}

} // namespace

class TestSelection : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void aSingleSourceIsUsed()
    {
        const std::vector candidates{candidateAt(1, 0.5, 0.001)};
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Combined);
        QCOMPARE(selection.undecided, Reason::None);
    }

    // FAULTS row 61
    void falsetickerIsOutvoted()
    {
        const std::vector candidates{
            candidateAt(1, 0.0, 0.001), candidateAt(2, 0.005, 0.001), candidateAt(3, 0.0001, 0.001)};
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[1].verdict, Verdict::Falseticker);
        QCOMPARE(selection.judgements[1].reason, Reason::OutsideAgreement);
        QCOMPARE(selection.judgements[2].verdict, Verdict::Combined);
    }

    void twoThatDisagreeAreNotResolvedByLuck()
    {
        const std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.01, 0.002)};
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.undecided, Reason::NoMajority);
        QVERIFY(!selection.agreement);
        for (const Judgement& judgement : selection.judgements) {
            QCOMPARE(judgement.verdict, Verdict::Undecided);
            QCOMPARE(judgement.reason, Reason::NoMajority);
        }
    }

    // FAULTS row 63
    void twoAgainstTwoIsNoMajority()
    {
        const std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0, 0.001),
            candidateAt(3, 0.01, 0.001), candidateAt(4, 0.01, 0.001)};
        QCOMPARE(select(candidates, 1).undecided, Reason::NoMajority);
    }

    void fewerThanWantedAreNotEnough()
    {
        const std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0001, 0.001)};
        const Selection selection = select(candidates, 3);
        QCOMPARE(selection.undecided, Reason::TooFewSources);
        QCOMPARE(selection.judgements[0].reason, Reason::TooFewSources);
    }

    void agreementIsWhereTheIntervalsMeet()
    {
        const std::vector candidates{candidateAt(1, 0.0, 0.003), candidateAt(2, 0.004, 0.002)};
        const Selection selection = select(candidates, 1);
        QVERIFY(selection.agreement);
        QVERIFY(std::abs(selection.agreement->low.count() - 0.002) < 1e-12);
        QVERIFY(std::abs(selection.agreement->high.count() - 0.003) < 1e-12);
    }

    void excludedSourceHasNoVote()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.01, 0.001)};
        candidates[1].noSelect = true;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[1].verdict, Verdict::Excluded);
        QVERIFY(selection.judgements[1].correctness);
    }

    void preferredTruechimerIsUsedAlone()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0001, 0.001)};
        candidates[1].prefer = true;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Outlier);
        QCOMPARE(selection.judgements[0].reason, Reason::NotPreferred);
        QCOMPARE(selection.judgements[1].verdict, Verdict::Combined);
    }

    void preferredFalsetickerIsOutAllTheSame()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0001, 0.001), candidateAt(3, 1.0, 0.001)};
        candidates[2].prefer = true;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[2].verdict, Verdict::Falseticker);
    }

    void trustedSourceIsRightAgainstTheMajority()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0001, 0.001), candidateAt(3, 1.0, 0.001)};
        candidates[2].trust = true;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[2].verdict, Verdict::Combined);
        for (std::size_t i : {0U, 1U}) {
            QCOMPARE(selection.judgements[i].verdict, Verdict::Falseticker);
            QCOMPARE(selection.judgements[i].reason, Reason::AgainstTrusted);
        }
        QVERIFY(std::abs(selection.agreement->low.count() - 0.999) < 1e-12);
    }

    void othersHelpATrustedSourceToABetterAnswer()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.01), candidateAt(2, 0.004, 0.001), candidateAt(3, 0.0045, 0.001),
            candidateAt(4, 0.5, 0.001)};
        candidates[0].trust = true;
        candidates[0].estimate.covariance.offset = 1e-5; // it does not know so well itself
        const Selection selection = select(candidates, 3);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[1].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[2].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[3].verdict, Verdict::Falseticker);
        QVERIFY(std::abs(selection.agreement->low.count() - 0.0035) < 1e-12);
        QVERIFY(std::abs(selection.agreement->high.count() - 0.005) < 1e-12);
    }

    void trustedSourcesThatDisagreeAreNotResolvedByTheOthers()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 1.0, 0.001), candidateAt(3, 1.0, 0.001)};
        candidates[0].trust = candidates[1].trust = true;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.undecided, Reason::NoMajority);
        QCOMPARE(selection.judgements[2].reason, Reason::NoMajority);
    }

    void trustedSourceIsOutvotedByTrustedOnes()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 1.0, 0.001), candidateAt(3, 1.0, 0.001)};
        for (Candidate& candidate : candidates)
            candidate.trust = true;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Falseticker);
        QCOMPARE(selection.judgements[1].verdict, Verdict::Combined);
    }

    void trustedSourceThatIsAwayLeavesItToTheMajority()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0, 0.001), candidateAt(3, 1.0, 0.001)};
        candidates[2].trust = true;
        candidates[2].unusable = Reason::NoReply;
        QCOMPARE(select(candidates, 1).judgements[0].verdict, Verdict::Combined);
    }

    void nothingIsUsedWithoutARequiredSource_data()
    {
        QTest::addColumn<double>("offset");
        QTest::addColumn<Reason>("unusable");
        QTest::addColumn<bool>("isUsed");
        QTest::newRow("agrees") << 0.0 << Reason::None << true;
        QTest::newRow("disagrees") << 1.0 << Reason::None << false;
        QTest::newRow("is away") << 0.0 << Reason::NoReply << false;
        QTest::newRow("is still to answer") << 0.0 << Reason::FirstSamplesPending << false;
    }
    void nothingIsUsedWithoutARequiredSource()
    {
        QFETCH(double, offset);
        QFETCH(Reason, unusable);
        QFETCH(bool, isUsed);
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0, 0.001), candidateAt(3, offset, 0.001)};
        candidates[2].require = true;
        candidates[2].unusable = unusable;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, isUsed ? Verdict::Combined : Verdict::Undecided);
        QCOMPARE(selection.judgements[0].reason, isUsed ? Reason::Agrees : Reason::RequiredMissing);
        QCOMPARE(selection.undecided, isUsed ? Reason::None : Reason::RequiredMissing);
        QCOMPARE(selection.agreement.has_value(), isUsed);
    }

    void oneOfTheRequiredSourcesIsEnough()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0, 0.001), candidateAt(3, 0.0, 0.001)};
        candidates[0].require = candidates[1].require = true;
        candidates[0].unusable = Reason::NoReply;
        QCOMPARE(select(candidates, 1).judgements[2].verdict, Verdict::Combined);
    }

    void truechimerFarFromTheOthersIsAnOutlier()
    {
        const std::vector candidates{
            candidateAt(1, 0.0, 0.01), candidateAt(2, 0.00001, 0.01), candidateAt(3, 0.004, 0.01)};
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Combined);
        QCOMPARE(selection.judgements[2].verdict, Verdict::Outlier);
        QCOMPARE(selection.judgements[2].reason, Reason::MoreJitter);
    }

    void sourcesThatAllDifferAreAllKept()
    {
        const std::vector candidates{
            candidateAt(1, -0.001, 0.01), candidateAt(2, 0.0, 0.01), candidateAt(3, 0.0012, 0.01)};
        for (const Judgement& judgement : select(candidates, 1).judgements)
            QCOMPARE(judgement.verdict, Verdict::Combined);
    }

    void unusableSourceSaysWhy()
    {
        std::vector candidates{candidateAt(1, 0.0, 0.001), candidateAt(2, 0.0, 0.001), candidateAt(3, 0.0, 0.001)};
        candidates[0].unusable = Reason::NoReply;
        candidates[1].unusable = Reason::ServerUnsynchronized;
        candidates[2].unusable = Reason::FirstSamplesPending;
        const Selection selection = select(candidates, 1);
        QCOMPARE(selection.judgements[0].verdict, Verdict::Unreachable);
        QCOMPARE(selection.judgements[1].verdict, Verdict::Unusable);
        QCOMPARE(selection.judgements[2].verdict, Verdict::Waiting);
        QCOMPARE(selection.undecided, Reason::None);
    }
};

QTEST_GUILESS_MAIN(TestSelection)
#include "test_selection.moc"
