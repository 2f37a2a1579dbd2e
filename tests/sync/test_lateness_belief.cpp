// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/lateness_belief.h"

#include <QTest>

#include <cmath>

using namespace foliot::sync;
using namespace foliot::tests;

namespace {

// The belief is told of a packet as late as this, exactly.
void see(LatenessBelief& belief, double lateness)
{
    LatenessBelief::Shares likelihoods{};
    for (std::size_t i = 0; i < LatenessBelief::size; ++i)
        likelihoods[i] = std::exp(-lateness / belief.law(i).scale) / belief.law(i).scale * 1e-6;
    belief.learn(likelihoods);
    belief.advance();
}

// How likely the next packet is of a scale of this or more.
double shareFrom(const LatenessBelief& belief, double scale)
{
    double share = 0.0;
    for (std::size_t i = 0; i < LatenessBelief::size; ++i)
        share += belief.law(i).scale >= scale ? belief.shares()[i] : 0.0;
    return share;
}

} // namespace

class TestLatenessBelief : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void scaleIsLearntWithinAFactorOfTwo()
    {
        for (const double scale : {1e-6, 3e-5, 1e-3}) {
            Random random(11);
            LatenessBelief belief(1, 1e-4);
            for (int i = 0; i < 300; ++i)
                see(belief, scale * random.exponential());
            QVERIFY(belief.mean() > scale / 2.0 && belief.mean() < scale * 2.0);
        }
    }

    // A hundred times later than usual: three packets in a row are a regime.
    void congestionIsNoticedWithinAFewPackets()
    {
        Random random(12);
        LatenessBelief belief(1, 1e-5);
        for (int i = 0; i < 200; ++i)
            see(belief, 1e-5 * random.exponential());
        QVERIFY(shareFrom(belief, 2e-4) < 0.05);
        for (int i = 0; i < 3; ++i)
            see(belief, 1e-3);
        QVERIFY(shareFrom(belief, 2e-4) > 0.7);
    }

    void oneSpikeIsNoRegime()
    {
        Random random(13);
        LatenessBelief belief(1, 1e-5);
        for (int i = 0; i < 200; ++i)
            see(belief, 1e-5 * random.exponential() * (i % 20 == 9 ? 100.0 : 1.0));
        see(belief, 1e-3);
        QVERIFY(shareFrom(belief, 2e-4) < 0.6);
        for (int i = 0; i < 4; ++i)
            see(belief, 1e-5);
        QVERIFY(shareFrom(belief, 2e-4) < 0.1);
    }

    void sharesAddUpToOneWhateverComes()
    {
        LatenessBelief belief(12, 1e-3);
        LatenessBelief::Shares likelihoods{};
        belief.learn(likelihoods); // impossible by all scales: nothing is learnt
        likelihoods[3] = 1e-300;
        belief.learn(likelihoods);
        belief.advance();
        double sum = 0.0;
        for (const double share : belief.shares()) {
            QVERIFY(share > 0.0);
            sum += share;
        }
        QVERIFY(near(sum, 1.0, 1e-9));
    }
};

QTEST_GUILESS_MAIN(TestLatenessBelief)
#include "test_lateness_belief.moc"
