// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/cross_covariance.h"
#include "sync/made_samples.h"

#include <QTest>

#include <array>
#include <cmath>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

namespace {

constexpr double wander = 1e-9;
constexpr SourceId one{1};
constexpr SourceId two{2};

// A Kalman filter of phase and frequency with normal noise.
OscillatorEstimate corrected(const OscillatorEstimate& before, double measured, double noise)
{
    const Covariance& p = before.covariance;
    const double variance = p.offset + noise * noise;
    const double innovation = measured - before.offset;
    OscillatorEstimate after = before;
    after.offset += p.offset / variance * innovation;
    after.frequency += p.cross / variance * innovation;
    after.covariance = {.offset = p.offset - p.offset * p.offset / variance,
        .cross = p.cross - p.offset * p.cross / variance,
        .frequency = p.frequency - p.cross * p.cross / variance};
    return after;
}

// Two filters of one oscillator, their samples 64 s apart and half a poll from each other.
class Twins {
public:
    Twins(std::uint64_t seed, std::array<double, 2> noises)
        : m_random(seed)
        , m_noises(noises)
    {
        m_frequency = 1e-7 * m_random.normal();
        for (std::size_t i = 0; i < 2; ++i) {
            m_estimates[i] = {.at = rawAt(0.0),
                .offset = m_noises[i] * m_random.normal(),
                .covariance = {.offset = m_noises[i] * m_noises[i], .cross = 0.0, .frequency = 1e-14},
                .wander = wander};
            m_shared.begun(i == 0 ? one : two, m_estimates[i], 1e-14);
        }
    }

    void step()
    {
        for (std::size_t i = 0; i < 2; ++i) {
            for (int second = 0; second < 32; ++second) {
                m_frequency += wander * m_random.normal();
                m_offset += m_frequency;
                m_now += 1.0;
            }
            const OscillatorEstimate before = predicted(m_estimates[i], rawAt(m_now));
            m_estimates[i] = corrected(before, m_offset + m_noises[i] * m_random.normal(), m_noises[i]);
            m_shared.updated(i == 0 ? one : two, before, m_estimates[i]);
        }
    }

    double error(std::size_t i) const { return predicted(m_estimates[i], rawAt(m_now)).offset - m_offset; }
    Cross claimed() const
    {
        return m_shared.between(
            one, predicted(m_estimates[0], rawAt(m_now)), two, predicted(m_estimates[1], rawAt(m_now)));
    }

private:
    Random m_random;
    std::array<double, 2> m_noises;
    std::array<OscillatorEstimate, 2> m_estimates;
    CrossCovariances m_shared;
    double m_now = 0.0;
    double m_offset = 0.0;
    double m_frequency = 0.0;
};

} // namespace

class TestCrossCovariance : public QObject {
    Q_OBJECT

private Q_SLOTS:
    // By brute force: the mean product of the errors over 4000 oscillators.
    void sharedErrorIsWhatItTurnsOutToBe_data()
    {
        QTest::addColumn<int>("steps");
        QTest::addColumn<double>("secondNoise");
        QTest::newRow("early") << 3 << 2e-5;
        QTest::newRow("settled") << 60 << 2e-5;
        QTest::newRow("settled, unlike") << 60 << 1e-4;
    }

    void sharedErrorIsWhatItTurnsOutToBe()
    {
        QFETCH(int, steps);
        QFETCH(double, secondNoise);
        const int runs = 4000;
        double product = 0.0;
        double squares = 0.0;
        double claimed = 0.0;
        for (int run = 0; run < runs; ++run) {
            Twins twins(static_cast<std::uint64_t>(run) + 1, {2e-5, secondNoise});
            for (int i = 0; i < steps; ++i)
                twins.step();
            product += twins.error(0) * twins.error(1) / runs;
            squares += (twins.error(0) * twins.error(0) + twins.error(1) * twins.error(1)) / 2.0 / runs;
            claimed = twins.claimed().offsetOffset;
        }
        QVERIFY(near(claimed, product, 0.06 * squares));
        QVERIFY(claimed > 0.1 * product); // not nothing
    }

    void orderOfTheTwoDoesNotMatter()
    {
        CrossCovariances shared;
        OscillatorEstimate a{.at = rawAt(0.0), .covariance = {.offset = 1e-10, .frequency = 1e-14}, .wander = wander};
        OscillatorEstimate b{.at = rawAt(0.0), .covariance = {.offset = 4e-10, .frequency = 2e-14}, .wander = wander};
        shared.begun(one, a, 1e-14);
        shared.begun(two, b, 1e-14);
        const OscillatorEstimate before = predicted(a, rawAt(64.0));
        a = corrected(before, 0.0, 1e-5);
        shared.updated(one, before, a);
        b = predicted(b, rawAt(64.0));
        const Cross there = shared.between(one, a, two, b);
        const Cross back = shared.between(two, b, one, a);
        QCOMPARE(there.offsetOffset, back.offsetOffset);
        // Too small for QCOMPARE to tell them apart.
        QVERIFY(near(there.offsetFrequency, back.frequencyOffset, 1e-20));
        QVERIFY(near(there.frequencyOffset, back.offsetFrequency, 1e-20));
        QVERIFY(!near(there.offsetFrequency, there.frequencyOffset, 1e-14));
        QVERIFY(there.frequencyFrequency > 0.0);
    }

    void strangersAreTakenToErrAlike()
    {
        const OscillatorEstimate a{.covariance = {.offset = 1e-10, .frequency = 1e-14}};
        const OscillatorEstimate b{.covariance = {.offset = 4e-10, .frequency = 1e-14}};
        QVERIFY(near(CrossCovariances().between(one, a, two, b).offsetOffset, 2e-10, 1e-20));
    }

    void forgottenIsAStranger()
    {
        CrossCovariances shared;
        const OscillatorEstimate a{.covariance = {.offset = 1e-10, .frequency = 1e-14}};
        shared.begun(one, a, 0.0);
        shared.begun(two, a, 0.0);
        QVERIFY(near(shared.between(one, a, two, a).offsetOffset, 0.0, 1e-25));
        shared.forget(two);
        QVERIFY(near(shared.between(one, a, two, a).offsetOffset, 1e-10, 1e-20));
    }
};

QTEST_GUILESS_MAIN(TestCrossCovariance)
#include "test_cross_covariance.moc"
