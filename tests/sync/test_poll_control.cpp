// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/poll_control.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;

namespace {

OscillatorEstimate settled(double wander)
{
    return {.covariance = {.offset = 1e-11, .cross = 0.0, .frequency = 1e-17}, .wander = wander};
}

// Where the control comes to rest.
int rest(const OscillatorEstimate& estimate, double jitter)
{
    int exponent = 6;
    for (int i = 0; i < 50; ++i)
        exponent = wantedExponent(estimate, Seconds(jitter), exponent);
    return exponent;
}

} // namespace

class TestPollControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void calmOscillatorIsAskedSeldom() { QVERIFY(rest(settled(1e-10), 1e-5) >= 10); }
    void restlessOscillatorIsAskedOften() { QVERIFY(rest(settled(1e-8), 1e-5) <= 8); }
    void jitterIsNotCuredByAsking() { QVERIFY(rest(settled(1e-9), 1e-3) > rest(settled(1e-9), 1e-5)); }
    void oneLongerAtATime() { QCOMPARE(wantedExponent(settled(1e-12), Seconds(1e-3), 6), 7); }

    void shorterAtOnce()
    {
        OscillatorEstimate lost = settled(1e-9);
        lost.covariance.frequency = 1e-12;
        QVERIFY(wantedExponent(lost, Seconds(1e-5), 10) <= 7);
    }

    void steadyStateDoesNotFlap()
    {
        const int exponent = rest(settled(3e-9), 1e-4);
        QCOMPARE(wantedExponent(settled(3e-9), Seconds(1e-4), exponent), exponent);
    }
};

QTEST_GUILESS_MAIN(TestPollControl)
#include "test_poll_control.moc"
