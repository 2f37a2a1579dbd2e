// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/combination.h"

#include <cmath>
#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using foliot::tests::near;

namespace {

Candidate candidateAt(std::uint32_t id, double offset, double deviation, double distance = 0.001)
{
    Candidate candidate{.source = {id}, .offset = Seconds(offset), .rootDistance = Seconds(distance)};
    candidate.estimate.offset = offset;
    candidate.estimate.covariance = {.offset = deviation * deviation, .cross = 0.0, .frequency = 1e-16};
    return candidate;
}

std::vector<Judgement> allCombined(const std::vector<Candidate>& candidates)
{
    std::vector<Judgement> judgements;
    for (const Candidate& candidate : candidates)
        judgements.push_back({.source = candidate.source, .verdict = Verdict::Combined, .reason = Reason::Agrees});
    return judgements;
}

} // namespace

class TestCombination : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void withoutAnyThereIsNone()
    {
        std::vector<Judgement> judgements;
        QVERIFY(!combine({}, judgements, {}, {}));
    }

    void oneIsItself()
    {
        const std::vector candidates{candidateAt(1, 0.002, 1e-5)};
        auto judgements = allCombined(candidates);
        const auto result = combine(candidates, judgements, {}, {});
        QVERIFY(near(result->estimate.offset, 0.002, 1e-15));
        QVERIFY(near(result->estimate.covariance.offset, 1e-10, 1e-16));
        QCOMPARE(judgements[0].verdict, Verdict::Selected);
    }

    void theSurerWeighsMore()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1e-5), candidateAt(2, 0.00001, 1e-3)};
        auto judgements = allCombined(candidates);
        const auto result = combine(candidates, judgements, {}, {});
        QVERIFY(result->estimate.offset < 1e-7);
        QCOMPARE(judgements[0].verdict, Verdict::Selected);
        QCOMPARE(judgements[1].verdict, Verdict::Combined);
    }

    void differenceBeyondTheirDoubtIsDoubt()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1e-6), candidateAt(2, 0.001, 1e-6)};
        auto judgements = allCombined(candidates);
        const auto result = combine(candidates, judgements, {}, {});
        QVERIFY(near(result->estimate.offset, 0.0005, 1e-6));
        QVERIFY(result->estimate.covariance.offset > 1e-7);
    }

    // |UTC - mean| is at most the mean of |UTC - each|.
    void distanceIsTheMeanOfTheDistances()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1e-5, 0.001), candidateAt(2, 0.0, 1e-5, 0.003)};
        auto judgements = allCombined(candidates);
        QVERIFY(near(combine(candidates, judgements, {}, {})->rootDistance.count(), 0.002, 1e-9));
    }

    void selectedOneStaysWhileItIsNotMuchWorse()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1.0e-5), candidateAt(2, 0.0, 1.2e-5)};
        auto judgements = allCombined(candidates);
        QCOMPARE(combine(candidates, judgements, {}, SourceId{2})->selected, SourceId{2});
        judgements = allCombined(candidates);
        QCOMPARE(combine(candidates, judgements, {}, std::nullopt)->selected, SourceId{1});
    }

    // Of 1 the other weighs 0.69, 0.83 and 0.45.
    void lowestStratumIsSelectedOfThoseNearlyAsSure()
    {
        const auto selected = [](double deviation, std::optional<SourceId> before) {
            std::vector candidates{candidateAt(1, 0.0, 1.0e-5), candidateAt(2, 0.0, deviation)};
            candidates[0].stratum = 4;
            candidates[1].stratum = 3;
            auto judgements = allCombined(candidates);
            const auto result = combine(candidates, judgements, {}, before);
            return result->selected == SourceId{2} && result->stratum == 3 ? 2U : result->selected.value;
        };
        QCOMPARE(selected(1.2e-5, {}), 1U);
        QCOMPARE(selected(1.1e-5, {}), 2U);
        QCOMPARE(selected(1.1e-5, SourceId{1}), 2U);
        QCOMPARE(selected(1.2e-5, SourceId{2}), 2U); // it stays
        QCOMPARE(selected(1.5e-5, SourceId{2}), 1U);
    }

    // Nothing is known of what they share: then a second opinion is worth nothing.
    void errorsThatMayBeTheSameDoNotAverageOut()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1e-5), candidateAt(2, 0.0, 1e-5)};
        auto judgements = allCombined(candidates);
        QVERIFY(near(combine(candidates, judgements, {}, {})->estimate.covariance.offset, 1e-10, 1e-14));
    }

    void errorsKnownToBeApartAverageOut()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1e-5), candidateAt(2, 0.0, 1e-5)};
        CrossCovariances shared;
        shared.begun({1}, candidates[0].estimate, 0.0);
        shared.begun({2}, candidates[1].estimate, 0.0);
        auto judgements = allCombined(candidates);
        QVERIFY(near(combine(candidates, judgements, shared, {})->estimate.covariance.offset, 0.5e-10, 1e-14));
    }

    // A sum of errors is more normal than each: what three alike reach beyond the normal law's 3.29 shrinks by their root.
    void severalReachLessFarThanEach()
    {
        std::vector candidates{candidateAt(1, 0.0, 1e-5), candidateAt(2, 0.0, 1e-5), candidateAt(3, 0.0, 1e-5)};
        for (Candidate& candidate : candidates)
            candidate.estimate.reach = 5.0;
        auto judgements = allCombined(candidates);
        QVERIFY(near(combine(candidates, judgements, {}, {})->estimate.reach, 3.29 + 1.71 / std::sqrt(3.0), 1e-3));
        auto alone = allCombined({candidates[0]});
        QVERIFY(near(combine(std::span(candidates).first(1), alone, {}, {})->estimate.reach, 5.0, 1e-9));
    }

    void onlyTheCombinedCount()
    {
        const std::vector candidates{candidateAt(1, 0.0, 1e-5), candidateAt(2, 1.0, 1e-9)};
        auto judgements = allCombined(candidates);
        judgements[1].verdict = Verdict::Falseticker;
        QVERIFY(near(combine(candidates, judgements, {}, {})->estimate.offset, 0.0, 1e-12));
        QCOMPARE(judgements[1].verdict, Verdict::Falseticker);
    }
};

QTEST_GUILESS_MAIN(TestCombination)
#include "test_combination.moc"
