// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/made_samples.h"
#include "sync/poller.h"

#include <QTest>

#include <algorithm>
#include <set>
#include <vector>

using namespace foliot;
using namespace foliot::sync;
using namespace foliot::tests;
using namespace std::chrono_literals;

namespace {

constexpr SourceOptions options{.minPoll = 6, .maxPoll = 10};

// Asks when it is due; the answer comes at once.
RawTime askAndAnswer(Poller& poller, Seconds wanted = 64s)
{
    const RawTime at = *poller.nextQuery();
    poller.asked(at);
    poller.answered(wanted);
    return at;
}

RawTime askInVain(Poller& poller)
{
    const RawTime at = *poller.nextQuery();
    poller.asked(at);
    (void)poller.unanswered();
    return at;
}

double secondsBetween(RawTime a, RawTime b)
{
    return Seconds(b - a).count();
}

} // namespace

class TestPoller : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void firstQueriesLetTheProgramSettleAndDoNotCoincide()
    {
        std::set<double> starts;
        for (std::uint32_t id = 1; id <= 100; ++id)
            starts.insert(secondsBetween(rawAt(0.0), *Poller({id}, options, rawAt(0.0)).nextQuery()));
        QVERIFY(*starts.begin() >= 0.1 && *starts.rbegin() <= 0.2);
        QCOMPARE(starts.size(), std::size_t(100));
    }

    void startIsABurstOfFourTwoSecondsApart()
    {
        Poller poller({1}, options, rawAt(0.0));
        const RawTime first = askAndAnswer(poller);
        QVERIFY(secondsBetween(rawAt(0.0), first) <= 0.2);
        RawTime last = first;
        for (int i = 0; i < 3; ++i) {
            const RawTime next = askAndAnswer(poller);
            QCOMPARE(next - last, Nanoseconds(2s));
            last = next;
        }
        QCOMPARE(askAndAnswer(poller) - last, Nanoseconds(8s));
    }

    void withoutBurstTheFirstIntervalIsRegular()
    {
        Poller poller({1}, {.minPoll = 6, .maxPoll = 6, .burst = false}, rawAt(0.0));
        const RawTime first = askAndAnswer(poller);
        QVERIFY(secondsBetween(first, *poller.nextQuery()) >= 32.0);
    }

    void pauseIsKeptHoweverHurried()
    {
        Poller poller({1}, options, rawAt(0.0));
        poller.pause(rawAt(64.0));
        poller.hurry(rawAt(1.0));
        const RawTime first = askAndAnswer(poller);
        QVERIFY(secondsBetween(rawAt(64.0), first) >= 0.0);
        QVERIFY(secondsBetween(rawAt(64.0), first) <= 0.1);
        QVERIFY(secondsBetween(first, *poller.nextQuery()) >= 32.0); // no burst
        Poller other({1}, options, rawAt(0.0));
        other.pause(rawAt(0.0));
        other.hurry(rawAt(0.0));
        QCOMPARE(*other.nextQuery(), rawAt(0.0));
    }

    void regularIntervalsKeepToThePollOnAverage()
    {
        Poller poller({1}, {.minPoll = 6, .maxPoll = 6}, rawAt(0.0));
        for (int i = 0; i < 8; ++i)
            (void)askAndAnswer(poller);
        RawTime last = askAndAnswer(poller);
        const RawTime begin = last;
        for (int i = 0; i < 1000; ++i) {
            const RawTime next = askAndAnswer(poller);
            QVERIFY(secondsBetween(last, next) > 61.0);
            QVERIFY(secondsBetween(last, next) < 67.0);
            last = next;
        }
        QVERIFY(std::abs(secondsBetween(begin, last) / 1000.0 - 64.0) < 0.2);
    }

    void sourcesDoNotFallIntoStep()
    {
        std::vector<double> phases;
        for (std::uint32_t id = 1; id <= 5; ++id) {
            Poller poller({id}, {.minPoll = 6, .maxPoll = 6, .burst = false}, rawAt(0.0));
            (void)askAndAnswer(poller);
            phases.push_back(secondsBetween(rawAt(0.0), *poller.nextQuery()));
        }
        std::ranges::sort(phases);
        for (std::size_t i = 1; i < phases.size(); ++i)
            QVERIFY(phases[i] - phases[i - 1] > 0.1);
    }

    void machinesWithTheSameSourcesDoNotFallIntoStep()
    {
        std::vector<double> first;
        std::vector<double> second;
        for (std::uint64_t phase = 1; phase <= 5; ++phase) {
            Poller poller(
                {1}, {.minPoll = 6, .maxPoll = 6, .phase = phase * 0x0123'4567'89ab'cdefU, .burst = false}, rawAt(0.0));
            const RawTime asked = askAndAnswer(poller);
            first.push_back(secondsBetween(rawAt(0.0), asked));
            second.push_back(secondsBetween(asked, *poller.nextQuery()));
        }
        for (auto* phases : {&first, &second}) {
            std::ranges::sort(*phases);
            for (std::size_t i = 1; i < phases->size(); ++i)
                QVERIFY((*phases)[i] - (*phases)[i - 1] > 0.001);
        }
    }

    void reachRegisterShiftsWithEachQuery()
    {
        Poller poller({1}, options, rawAt(0.0));
        (void)askAndAnswer(poller);
        (void)askAndAnswer(poller);
        (void)askInVain(poller);
        QCOMPARE(poller.reach(), 0b110);
        for (int i = 0; i < 8; ++i)
            (void)askInVain(poller);
        QVERIFY(!poller.isReachable());
    }

    void sourceIsLostOnceAfterEightSilentQueries()
    {
        Poller poller({1}, options, rawAt(0.0));
        (void)askAndAnswer(poller);
        int lost = 0;
        for (int i = 1; i <= 20; ++i) {
            poller.asked(*poller.nextQuery());
            if (poller.unanswered()) {
                QCOMPARE(i, 8);
                ++lost;
            }
        }
        QCOMPARE(lost, 1);
    }

    void silenceIsAskedLessAndLessButNotBeyondTheMaximum()
    {
        Poller poller({1}, options, rawAt(0.0));
        for (int i = 0; i < 100; ++i)
            (void)askInVain(poller);
        QCOMPARE(poller.exponent(), options.maxPoll);
    }

    void returnFromSilenceIsABurst()
    {
        Poller poller({1}, options, rawAt(0.0));
        (void)askAndAnswer(poller);
        for (int i = 0; i < 20; ++i)
            (void)askInVain(poller);
        const RawTime back = askAndAnswer(poller);
        QCOMPARE(*poller.nextQuery() - back, Nanoseconds(2s));
    }

    void nothingIsAskedWhileAQueryIsOpen()
    {
        Poller poller({1}, options, rawAt(0.0));
        poller.asked(rawAt(0.0));
        QVERIFY(!poller.nextQuery());
    }

    // A thousand RATE kisses: as slow as our own maximum, no slower, and it ends.
    void rateRaisesThePollWithinOurOwnBounds()
    {
        Poller poller({1}, options, rawAt(0.0));
        (void)askAndAnswer(poller);
        for (int i = 0; i < 1000; ++i) {
            poller.asked(*poller.nextQuery());
            poller.toldToSlowDown();
            QVERIFY(poller.exponent() <= options.maxPoll);
        }
        QCOMPARE(poller.exponent(), options.maxPoll);
        for (int i = 0; i < 200; ++i)
            (void)askAndAnswer(poller);
        QCOMPARE(poller.exponent(), options.minPoll);
    }

    void rateEndsABurst()
    {
        Poller poller({1}, options, rawAt(0.0));
        const RawTime first = *poller.nextQuery();
        poller.asked(first);
        poller.toldToSlowDown();
        QVERIFY(secondsBetween(first, *poller.nextQuery()) >= 64.0);
    }

    void refusedMeansNever()
    {
        Poller poller({1}, options, rawAt(0.0));
        poller.asked(*poller.nextQuery());
        poller.refused();
        QVERIFY(!poller.nextQuery());
        poller.hurry(rawAt(10.0));
        QVERIFY(!poller.nextQuery());
    }

    void hurryStaysPolite()
    {
        Poller poller({1}, options, rawAt(0.0));
        for (int i = 0; i < 8; ++i)
            (void)askAndAnswer(poller);
        const RawTime last = askAndAnswer(poller);
        poller.hurry(last + 100ms);
        QCOMPARE(*poller.nextQuery() - last, Nanoseconds(2s));
        poller.hurry(last + 10s);
        QCOMPARE(*poller.nextQuery() - last, Nanoseconds(2s)); // asked for once already
    }

    // An hour in which somebody hurries every half a second.
    void hurryingWithoutEndAsksNoMoreOftenThanTheShortestInterval()
    {
        Poller poller({1}, options, rawAt(0.0));
        RawTime at = rawAt(0.0);
        std::vector<double> asked;
        while (at < rawAt(4000.0)) {
            poller.hurry(at);
            if (*poller.nextQuery() <= at) {
                asked.push_back(secondsBetween(rawAt(0.0), at));
                poller.asked(at);
                poller.answered(1024s);
            }
            at += 500ms;
        }
        for (std::size_t i = 1; i < asked.size(); ++i)
            QVERIFY(asked[i] - asked[i - 1] >= 2.0);
        const auto within = [&](double from, double until) {
            return std::ranges::count_if(asked, [&](double when) { return when >= from && when < until; });
        };
        QVERIFY(within(0.0, 60.0) <= 11); // the start's seven, and four in a row
        QVERIFY(within(400.0, 3600.0) <= 3200 / 64);
        QVERIFY(within(400.0, 3600.0) >= 3200 / 64 - 1);
    }

    void hurryingBringsFourForwardInARow()
    {
        Poller poller({1}, options, rawAt(0.0));
        for (int i = 0; i < 8; ++i)
            (void)askAndAnswer(poller);
        const RawTime begin = *poller.nextQuery();
        int asked = 0;
        for (RawTime at = begin; at < begin + 60s; at += 500ms) {
            if (*poller.nextQuery() <= at) {
                ++asked;
                poller.asked(at);
                poller.answered(1024s);
            }
            poller.hurry(at);
        }
        QCOMPARE(asked, 4);
    }

    void hurryingAfterARateWaitsAsLongAsTold()
    {
        Poller poller({1}, options, rawAt(0.0));
        for (int i = 0; i < 8; ++i)
            (void)askAndAnswer(poller);
        const RawTime told = *poller.nextQuery();
        poller.asked(told);
        poller.toldToSlowDown();
        poller.hurry(told + 1s);
        QVERIFY(secondsBetween(told, *poller.nextQuery()) >= 124.0); // twice 64 s, and a little spread
        const RawTime again = askAndAnswer(poller, 1024s);
        poller.hurry(again + 1s);
        QCOMPARE(*poller.nextQuery() - again, Nanoseconds(128s));
    }

    void wantedIntervalIsHeldWithinTheConfigured()
    {
        Poller poller({1}, options, rawAt(0.0));
        (void)askAndAnswer(poller, 1e6s);
        QCOMPARE(poller.exponent(), options.maxPoll);
        QCOMPARE(poller.interval(), Seconds(1024.0));
        (void)askAndAnswer(poller, 1s);
        QCOMPARE(poller.exponent(), options.minPoll);
        (void)askAndAnswer(poller, 272s);
        QCOMPARE(poller.interval(), Seconds(272.0)); // no power of two
        QCOMPARE(poller.exponent(), 8);
    }
};

QTEST_GUILESS_MAIN(TestPoller)
#include "test_poller.moc"
