// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/wander_bank.h"

#include <QTest>

using namespace foliot::sync;
using namespace foliot::tests;

namespace {

PathState startOfBank()
{
    PathState start;
    start.mean[PathState::LeastDelay] = 0.001;
    start.covariance[0][0] = 1e-6;
    start.covariance[1][1] = 1e-12;
    start.covariance[2][2] = 1e-10;
    return start;
}

// A bank that follows an oscillator by a packet each 64 s.
struct Followed {
    double jitter = 1e-5;
    WanderBank bank{startOfBank()};
    LatenessBelief there{1, jitter};
    LatenessBelief back{1, jitter};
    Random random{7};
    double offset = 0.0;
    double frequency = 0.0;

    void poll(double wander)
    {
        for (int second = 0; second < 64; ++second) {
            frequency += wander * random.normal();
            offset += frequency;
        }
        bank.advance(64.0, 1e-9);
        there.advance();
        back.advance();
        (void)bank.observe(Way::Outbound, offset + 0.001 + jitter * random.exponential(), there, 1e-14);
        (void)bank.observe(Way::Inbound, -offset + 0.001 + jitter * random.exponential(), back, 1e-14);
    }
};

// The wander that the bank believes in after 600 packets from an oscillator that wanders so.
double learntWander(double wander)
{
    Followed clock;
    for (int i = 0; i < 600; ++i)
        clock.poll(wander);
    return clock.bank.wander();
}

} // namespace

class TestWanderBank : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void wanderIsLearntWithinAFactorOfThree()
    {
        for (const double wander : {1e-9, 1e-8, 5e-8}) {
            const double learnt = learntWander(wander);
            QVERIFY2(learnt > wander / 3.0 && learnt < wander * 3.0, qPrintable(QString::number(learnt)));
        }
    }

    // What is expected of the next packet is what was believed after the last one, carried on.
    void beliefIsCarriedOnAsItIs()
    {
        PathState start;
        start.mean[PathState::Offset] = 100.0; // s from the round part, as after a month at 40 ppm
        start.mean[PathState::LeastDelay] = 0.001;
        start.covariance[0][0] = 1e-12;
        start.covariance[1][1] = 1e-18;
        start.covariance[2][2] = 1e-12;
        WanderBank bank(start);
        LatenessBelief lateness(1, 1e-5);
        for (int i = 0; i < 20; ++i) {
            (void)bank.observe(Way::Outbound, 100.001 + 1e-5, lateness, 1e-14);
            const double before = bank.state().mean[PathState::Offset];
            const double drift = 64.0 * bank.state().mean[PathState::Frequency];
            bank.advance(64.0, 1e-9);
            QVERIFY(near(bank.state().mean[PathState::Offset], before + drift, 1e-9));
        }
    }

    void logarithmOfTheWanderIsLearntLikeIt()
    {
        for (const double wander : {1e-9, 1e-8}) {
            Followed clock{.jitter = 1e-6};
            for (int i = 0; i < 1000; ++i)
                clock.poll(wander);
            QVERIFY2(near(clock.bank.logWander(), std::log(wander), std::log(3.0)),
                qPrintable(QString::number(clock.bank.logWander())));
        }
    }

    void restlessIsToldFromCalm() { QVERIFY(learntWander(1e-10) < learntWander(3e-9)); }

    // One in 50 packets, by 2e-7: 13 us until the next one. Beside a jitter of 100 us no packet shows that by itself.
    void howOftenTheFrequencyJumpsIsLearnt()
    {
        for (const double jitter : {1e-5, 1e-4}) {
            Followed steady{.jitter = jitter};
            Followed jumpy{.jitter = jitter};
            for (int i = 0; i < 1000; ++i) {
                steady.poll(1e-10);
                if (i % 50 == 49)
                    jumpy.frequency += i % 100 == 99 ? 2e-7 : -2e-7;
                jumpy.poll(1e-10);
            }
            const double learnt = jumpy.bank.jumpChance();
            QVERIFY2(learnt > 5.0 * steady.bank.jumpChance() && learnt < 0.04, qPrintable(QString::number(learnt)));
            QVERIFY(jitter > 1e-5 || learnt > 0.01);
        }
    }

    void partsAreTheMixture()
    {
        WanderBank bank(PathState{.covariance = {{{1e-6, 0, 0}, {0, 1e-12, 0}, {0, 0, 1e-10}}}});
        LatenessBelief lateness(1, 1e-4);
        bank.advance(64.0, 1e-9);
        (void)bank.observe(Way::Outbound, 1e-4, lateness, 1e-14);
        std::vector<NormalPart> parts;
        bank.addParts(parts, 1.0, bank.state().mean[PathState::Offset], 0.0);
        double share = 0.0;
        double mean = 0.0;
        double variance = 0.0;
        for (const NormalPart& part : parts) {
            share += part.share;
            mean += part.share * part.mean;
            variance += part.share * (part.deviation * part.deviation + part.mean * part.mean);
        }
        QVERIFY(near(share, 1.0, 1e-3));
        QVERIFY(near(mean, 0.0, 1e-7));
        QVERIFY(near(variance / bank.state().covariance[0][0], 1.0, 1e-2));
    }

    void weightsAreShares()
    {
        WanderBank bank(PathState{.covariance = {{{1e-6, 0, 0}, {0, 1e-12, 0}, {0, 0, 1e-10}}}});
        bank.advance(64.0, 1e-9);
        LatenessBelief lateness(1, 1e-5);
        (void)bank.observe(Way::Outbound, 1.0, lateness, 1e-14); // absurdly late
        (void)bank.observe(Way::Inbound, -1.0, lateness, 1e-14); // absurdly early
        double sum = 0.0;
        for (const double weight : bank.weights())
            sum += weight;
        QVERIFY(near(sum, 1.0, 1e-12));
        QVERIFY(std::isfinite(bank.state().mean[PathState::Offset]));
    }
};

QTEST_GUILESS_MAIN(TestWanderBank)
#include "test_wander_bank.moc"
