// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "support/near.h"
#include "support/random.h"
#include "sync/made_samples.h"
#include "sync/source_filter.h"

#include <QTest>

#include <utility>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;

namespace {

// An oscillator that runs `frequency` slow against UTC, a path of 1 ms each way with exponential jitter of 50 us.
class Feed {
public:
    explicit Feed(double frequency = 2e-5)
        : m_frequency(frequency)
    {}

    SampleUse give(SourceFilter& filter, double seconds)
    {
        return filter.add(sampleAt(
            seconds, truth(seconds), path + jitter * m_random.exponential(), path + jitter * m_random.exponential()));
    }

    void run(SourceFilter& filter, double from, double until, double step = 64.0)
    {
        for (double at = from; at < until; at += step)
            (void)give(filter, at);
    }

    double truth(double seconds) const { return offset + m_frequency * seconds; }

    double offset = 0.0; // server's time less true time
    double path = 0.001;
    double jitter = 5e-5;

private:
    double m_frequency;
    Random m_random{3};
};

// Alike, with jitter of 10 us, and sometimes a detour on the way back. Asked each 64 s.
class DetourFeed {
public:
    void run(SourceFilter& filter, double until, double detour)
    {
        for (; m_at < until; m_at += 64.0)
            (void)filter.add(sampleAt(m_at, frequency * m_at, 0.001 + jitter * m_random.exponential(),
                0.001 + detour + jitter * m_random.exponential()));
    }

    // One answer without a detour, of a server that is so much ahead.
    SampleUse giveAhead(SourceFilter& filter, double ahead)
    {
        const double at = std::exchange(m_at, m_at + 64.0);
        return filter.add(sampleAt(at, frequency * at + ahead, 0.001 + jitter * m_random.exponential(),
            0.001 + jitter * m_random.exponential()));
    }

    double error(const SourceFilter& filter) const
    {
        return withOrigin(predicted(*filter.estimate(), rawAt(m_at)), utcMinusRaw).offset - frequency * m_at;
    }

private:
    static constexpr double frequency = 2e-5;
    static constexpr double jitter = 1e-5;
    double m_at = 0.0;
    Random m_random{9};
};

double errorOf(const SourceFilter& filter, const Feed& feed, double seconds)
{
    const OscillatorEstimate estimate = withOrigin(predicted(*filter.estimate(), rawAt(seconds)), utcMinusRaw);
    return estimate.offset - feed.truth(seconds);
}

} // namespace

class TestSourceFilter : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstSampleIsAnEstimate()
    {
        SourceFilter filter({});
        Feed feed;
        QCOMPARE(feed.give(filter, 0.0), SampleUse::Used);
        QVERIFY(std::abs(errorOf(filter, feed, 0.0)) < 1e-3);
    }

    // As two machines behind one address would answer.
    void serverOfTwoMindsIsNotFollowedToAndFro()
    {
        SourceFilter filter({});
        Feed feed;
        int begunAnew = 0;
        for (int answer = 0; answer < 400; ++answer) {
            feed.offset = answer % 2 == 0 ? 0.005 : -0.005;
            begunAnew += feed.give(filter, 16.0 * answer) == SampleUse::Restarted ? 1 : 0;
        }
        QVERIFY2(begunAnew <= 4, qPrintable(QString::number(begunAnew)));
        feed.offset = 0.0;
        QVERIFY(std::abs(errorOf(filter, feed, 16.0 * 400)) < 0.006);
    }

    void fourSamplesTellTheFrequency()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 8.0, 2.0);
        QVERIFY(near(filter.estimate()->frequency, 2e-5, 3e-5));
        QVERIFY(std::abs(errorOf(filter, feed, 6.0)) < 2e-4);
    }

    void offsetAndFrequencyAreFoundAmongJitter()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 20'000.0);
        QVERIFY(near(filter.estimate()->frequency, 2e-5, 1e-8));
        QVERIFY(std::abs(errorOf(filter, feed, 20'000.0)) < 2e-5);
        QVERIFY(near(filter.delay().count(), 0.002, 2e-5));
    }

    void oldSampleIsNotTaken()
    {
        SourceFilter filter({});
        Feed feed;
        (void)feed.give(filter, 64.0);
        QCOMPARE(feed.give(filter, 32.0), SampleUse::TooOld);
    }

    // FAULTS row 14
    void veryLatePacketHardlyMovesTheEstimate()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 6400.0);
        const double before = errorOf(filter, feed, 6400.0);
        (void)filter.add(sampleAt(6400.0, feed.truth(6400.0), feed.path + 0.5, feed.path));
        QVERIFY(std::abs(errorOf(filter, feed, 6400.0) - before) < 5e-5);
    }

    // Before the least delay is known a late packet must not poison what follows.
    void latePacketAmongTheFirstIsForgotten()
    {
        SourceFilter filter({});
        Feed feed;
        (void)feed.give(filter, 0.0);
        (void)filter.add(sampleAt(2.0, feed.truth(2.0), feed.path + 0.3, feed.path));
        feed.run(filter, 4.0, 3000.0);
        QVERIFY(std::abs(errorOf(filter, feed, 3000.0)) < 1e-4);
    }

    void earlyPacketIsKeptApart()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 6400.0);
        const OscillatorEstimate before = *filter.estimate();
        QCOMPARE(filter.add(sampleAt(6400.0, feed.truth(6400.0) - 0.02, feed.path, feed.path)), SampleUse::Spike);
        QCOMPARE(filter.estimate()->offset, before.offset);
        QCOMPARE(filter.estimate()->frequency, before.frequency);
    }

    // It may be right, when it is our clock that stood still.
    void earlyPacketWidensWhatIsClaimedUntilTheNextOne()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 6400.0);
        (void)filter.add(sampleAt(6400.0, feed.truth(6400.0) - 10.0, feed.path, feed.path));
        QVERIFY(filter.isInDoubt());
        QVERIFY(std::sqrt(filter.estimate()->covariance.offset) > 9.9);
        QVERIFY(filter.halfWidth(rawAt(6400.0)).count() > 9.9);
        QCOMPARE(feed.give(filter, 6464.0), SampleUse::Used);
        QVERIFY(!filter.isInDoubt());
        QVERIFY(std::sqrt(filter.estimate()->covariance.offset) < 1e-3);
        QVERIFY(filter.halfWidth(rawAt(6464.0)).count() < 0.01);
    }

    void serverThatWasSetIsFollowedAfterFourSamples()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 6400.0);
        feed.offset = -0.5;
        QCOMPARE(feed.give(filter, 6400.0), SampleUse::Spike);
        QCOMPARE(feed.give(filter, 6464.0), SampleUse::Spike);
        QCOMPARE(feed.give(filter, 6528.0), SampleUse::Spike);
        QCOMPARE(feed.give(filter, 6592.0), SampleUse::Restarted);
        QVERIFY(std::abs(errorOf(filter, feed, 6592.0)) < 1e-3);
        QVERIFY(near(filter.estimate()->frequency, 2e-5, 1e-6)); // the oscillator is the same
    }

    void longerPathIsLearntAndDoesNotMoveTheTimeBeyondItsDoubt()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 6400.0);
        feed.path = 0.006;
        feed.run(filter, 6400.0, 20'000.0);
        QVERIFY(near(filter.delay().count(), 0.012, 2e-4));
        QVERIFY(std::abs(errorOf(filter, feed, 20'000.0)) < 1e-4);
    }

    void shorterPathIsLearnt()
    {
        SourceFilter filter({});
        Feed feed;
        feed.path = 0.006;
        feed.run(filter, 0.0, 6400.0);
        feed.path = 0.001;
        feed.run(filter, 6400.0, 20'000.0);
        QVERIFY(near(filter.delay().count(), 0.002, 1e-4));
        QVERIFY(std::abs(errorOf(filter, feed, 20'000.0)) < 1e-4);
    }

    // By half of the detour, if both ways were taken to be alike again; but the clock is known better than that.
    void detourOnOneWayDoesNotMoveTheTime()
    {
        SourceFilter filter({});
        Random random(9);
        const auto feed = [&](double at, double detour) {
            return filter.add(sampleAt(
                at, 2e-5 * at, 0.001 + detour + 5e-5 * random.exponential(), 0.001 + 5e-5 * random.exponential()));
        };
        const auto error = [&](double at) {
            return withOrigin(predicted(*filter.estimate(), rawAt(at)), utcMinusRaw).offset - 2e-5 * at;
        };
        for (double at = 0.0; at < 6400.0; at += 64.0)
            (void)feed(at, 0.0);
        for (double at = 6400.0; at < 20'000.0; at += 64.0)
            (void)feed(at, 0.005);
        QVERIFY(near(filter.delay().count(), 0.007, 2e-4));
        QVERIFY(near(error(20'000.0), 0.0, 6e-5));
        for (double at = 20'000.0; at < 30'000.0; at += 64.0)
            (void)feed(at, 0.0);
        QVERIFY(near(filter.delay().count(), 0.002, 2e-4));
        QVERIFY(near(error(30'000.0), 0.0, 1e-4));
    }

    // Of so small a detour that its end could be a restless oscillator, if both ways together had not become shorter.
    void endOfASmallDetourDoesNotMoveTheTime()
    {
        SourceFilter filter({});
        DetourFeed feed;
        feed.run(filter, 6400.0, 0.0);
        feed.run(filter, 8000.0, 2e-4);
        feed.run(filter, 16'000.0, 0.0);
        QVERIFY(near(feed.error(filter), 0.0, 1e-5));
        QVERIFY(near(filter.delay().count(), 0.002, 1e-5));
    }

    // As one answer of another machine behind the same address, which the quicker path leads to.
    void quickestPathDoesNotMakeAnotherTimeTrue()
    {
        SourceFilter filter({});
        DetourFeed feed;
        feed.run(filter, 6400.0, 0.0);
        feed.run(filter, 8000.0, 2e-4);
        QCOMPARE(feed.giveAhead(filter, 0.05), SampleUse::Spike);
        QVERIFY(filter.isInDoubt());
        QVERIFY(near(feed.error(filter), 0.0, 1e-4));
        feed.run(filter, 16'000.0, 0.0);
        QVERIFY(near(feed.error(filter), 0.0, 1e-5));
    }

    void detourThatOnlySomePacketsTakeDoesNotMoveTheTime()
    {
        SourceFilter filter({});
        DetourFeed feed;
        feed.run(filter, 6400.0, 0.0);
        for (double until = 7200.0; until < 20'000.0; until += 1000.0) {
            feed.run(filter, until, 2e-4); // some are enough to believe in it
            feed.run(filter, until + 200.0, 0.0);
        }
        QVERIFY(near(feed.error(filter), 0.0, 2e-5));
    }

    // Of a detour that was there from the start nobody can know; but once packets are quicker it was one.
    void endOfADetourFromTheStartTellsTheTime_data()
    {
        QTest::addColumn<double>("detour");
        QTest::newRow("small") << 2e-4;
        QTest::newRow("large") << 1e-3;
        QTest::newRow("longer than the path") << 5e-3;
    }
    void endOfADetourFromTheStartTellsTheTime()
    {
        QFETCH(double, detour);
        SourceFilter filter({});
        DetourFeed feed;
        feed.run(filter, 6400.0, detour);
        QVERIFY(near(feed.error(filter), -detour / 2.0, 2e-5));
        feed.run(filter, 12'800.0, 0.0);
        QVERIFY(near(feed.error(filter), 0.0, 2e-5));
        feed.run(filter, 19'200.0, detour);
        QVERIFY(near(feed.error(filter), 0.0, 4e-5));
    }

    // One that wanders by 1e-9 and then seems to stand still. What it makes of the day after is not told by that.
    void calmOfTheLastHoursIsNotExpectedOfADay()
    {
        Random random(4);
        SourceFilter filter({});
        double offset = 0.0;
        double frequency = 0.0;
        for (int packet = 0; packet < 620; ++packet) {
            (void)filter.add(sampleAt(
                64.0 * packet, offset, 0.001 + 1e-5 * random.exponential(), 0.001 + 1e-5 * random.exponential()));
            for (int step = 0; step < 8; ++step) {
                frequency += packet < 500 ? 1e-9 * std::sqrt(8.0) * random.normal() : 0.0;
                offset += 8.0 * frequency;
            }
        }
        const OscillatorEstimate& estimate = *filter.estimate();
        QVERIFY2(estimate.gapWander > 1.3 * estimate.wander,
            qPrintable(QString("%1 %2").arg(estimate.gapWander).arg(estimate.wander)));
    }

    // The hardest numbers: a long path that does not jitter at all, asked every few seconds.
    void pathWithoutJitterStaysFinite()
    {
        SourceFilter filter({.frequency = 0.0, .deviation = 1e-4});
        for (int i = 0; i < 1000; ++i)
            (void)filter.add(sampleAt(i * 4.0, 1e-5 * i * 4.0, 0.15, 0.15));
        QVERIFY(std::isfinite(filter.estimate()->offset));
        QVERIFY(std::isfinite(filter.estimate()->frequency));
        QVERIFY(filter.estimate()->covariance.offset > 0.0);
        QVERIFY(near(filter.estimate()->frequency, 1e-5, 1e-7));
    }

    // What really comes: stamps of the same nanosecond, zero delay, delays of many seconds, all in turn.
    void nonsenseStaysFinite()
    {
        Random random(5);
        SourceFilter filter({});
        double at = 0.0;
        for (int i = 0; i < 5000; ++i) {
            at += 100.0 * random.uniform();
            const double size = std::pow(10.0, 2.0 - 10.0 * random.uniform());
            (void)filter.add(
                sampleAt(at, random.normal() * size, size * random.exponential(), size * random.exponential()));
            QVERIFY(std::isfinite(filter.estimate()->offset));
            QVERIFY(std::isfinite(filter.estimate()->frequency));
            QVERIFY(filter.estimate()->covariance.offset > 0.0);
            QVERIFY(filter.estimate()->covariance.frequency > 0.0);
            QVERIFY(std::isfinite(filter.halfWidth(rawAt(at)).count()));
        }
    }

    void sleepLosesThePhaseAndKeepsTheFrequency()
    {
        SourceFilter filter({});
        Feed feed;
        feed.run(filter, 0.0, 6400.0);
        filter.slept(std::chrono::seconds(3600));
        QVERIFY(filter.estimate()->covariance.offset >= 1.0);
        QVERIFY(near(filter.estimate()->frequency, 2e-5, 3e-7));
        feed.offset = 3600.2; // raw stood still meanwhile
        feed.run(filter, 6400.0, 7400.0);
        QVERIFY(std::abs(errorOf(filter, feed, 7400.0)) < 1e-4);
    }
};

QTEST_GUILESS_MAIN(TestSourceFilter)
#include "test_source_filter.moc"
