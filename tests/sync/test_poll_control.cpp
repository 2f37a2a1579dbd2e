// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "sync/poll_control.h"

#include <QTest>

#include <algorithm>
#include <cmath>

using namespace foliot;
using namespace foliot::sync;
using foliot::tests::near;

namespace {

constexpr SourceOptions kind{.minPoll = 6, .maxPoll = 10};
constexpr SourceOptions precise{.minPoll = 4, .maxPoll = 10, .profile = PollProfile::Precise};

// Known so well that the wander alone matters.
OscillatorEstimate settled(double wander)
{
    return {.covariance = {.offset = 1e-12, .cross = 0.0, .frequency = 1e-20}, .wander = wander};
}

// Where the control comes to rest after a day.
double rest(const OscillatorEstimate& estimate, double jitter, const SourceOptions& options = kind)
{
    Seconds interval(64.0);
    for (int i = 0; i < 50; ++i)
        interval = wantedInterval(
            {.estimate = estimate, .jitter = Seconds(jitter), .interval = interval, .known = Seconds(86'400.0)},
            options);
    return interval.count();
}

} // namespace

class TestPollControl : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void calmOscillatorIsAskedSeldom() { QVERIFY(rest(settled(1e-10), 1e-5) >= 900.0); }
    void restlessOscillatorIsAskedMoreOften() { QVERIFY(rest(settled(1e-8), 1e-5) < 300.0); }
    void jitterIsNotCuredByAsking() { QVERIFY(rest(settled(3e-9), 1e-3) > rest(settled(3e-9), 1e-5)); }

    // 400 packets in 100 000 s, whatever the need.
    void publicServersAreSpared()
    {
        for (const double wander : {1e-10, 1e-8, 1e-6})
            for (const double jitter : {1e-6, 1e-4, 1e-2})
                QVERIFY(rest(settled(wander), jitter) > 250.0);
    }

    // What ntpd-rs sends in 100 000 s at a jitter of 7, 71 and 707 us: 2682, 796 and 286 packets.
    void preciseAsksNoOftenerThanItsPeer()
    {
        QVERIFY(rest(settled(1e-6), 0.71e-5, precise) > 1e5 / 2682);
        QVERIFY(rest(settled(1e-6), 0.71e-5, precise) < 50.0);
        QVERIFY(rest(settled(1e-6), 0.71e-4, precise) > 1e5 / 796);
        QVERIFY(rest(settled(1e-6), 0.71e-3, precise) > 1e5 / 286);
    }

    void configuredIntervalIsKept()
    {
        for (const PollProfile profile : {PollProfile::Default, PollProfile::Precise}) {
            for (const int poll : {2, 6, 10}) {
                const SourceOptions fixed{.minPoll = poll, .maxPoll = poll, .profile = profile};
                QCOMPARE(rest(settled(1e-10), 1e-4, fixed), std::ldexp(1.0, poll));
                QCOMPARE(rest(settled(1e-7), 1e-4, fixed), std::ldexp(1.0, poll));
            }
        }
    }

    void youngSourceIsAskedMoreOften()
    {
        OscillatorEstimate unsure = settled(1e-9);
        unsure.covariance.frequency = 1e-12;
        const auto wanted = [&](double known) {
            return wantedInterval(
                {.estimate = unsure, .jitter = Seconds(1e-5), .interval = Seconds(64.0), .known = Seconds(known)}, kind)
                .count();
        };
        QCOMPARE(wanted(100.0), 64.0);
        QCOMPARE(wanted(1000.0), 125.0);
        QVERIFY(wanted(10'000.0) > 250.0);
    }

    void atMostTwiceAsLongAtATime()
    {
        const Seconds wanted = wantedInterval({.estimate = settled(1e-12),
                                                  .jitter = Seconds(1e-3),
                                                  .interval = Seconds(300.0),
                                                  .known = Seconds(86'400.0)},
            kind);
        QVERIFY(near(wanted.count(), 600.0, 1.0));
    }

    void shorterAtOnce()
    {
        OscillatorEstimate lost = settled(1e-9);
        lost.covariance.frequency = 1e-12;
        QVERIFY(rest(settled(1e-12), 1e-5) > 1000.0);
        const Seconds wanted = wantedInterval(
            {.estimate = lost, .jitter = Seconds(1e-5), .interval = Seconds(1024.0), .known = Seconds(86'400.0)}, kind);
        QVERIFY(wanted.count() < 300.0);
    }

    void steadyStateDoesNotFlap()
    {
        const double interval = rest(settled(3e-10), 1e-4);
        QCOMPARE(wantedInterval({.estimate = settled(3e-10),
                                    .jitter = Seconds(1e-4),
                                    .interval = Seconds(interval),
                                    .known = Seconds(86'400.0)},
                     kind)
                     .count(),
            interval);
    }
};

QTEST_GUILESS_MAIN(TestPollControl)
#include "test_poll_control.moc"
