// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/clock_observer.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace std::chrono_literals;

namespace {

// Three clocks that agree until something happens.
struct Clocks {
    Nanoseconds raw = 1000s;
    Nanoseconds boot = 1000s;
    Nanoseconds real = 1'767'225'600s;

    Now now() const { return {.raw = RawTime(raw), .boot = BootTime(boot), .real = RealTime(real)}; }

    // rate: of real and boot time against raw.
    void pass(Seconds seconds, double rate = 1.0)
    {
        raw += std::chrono::duration_cast<Nanoseconds>(seconds);
        boot += std::chrono::duration_cast<Nanoseconds>(seconds * rate);
        real += std::chrono::duration_cast<Nanoseconds>(seconds * rate);
    }
};

bool isNothing(const ClockObserver::Events& events)
{
    return events.slept == 0ns && events.setByOthers == 0ns;
}

} // namespace

class TestClockObserver : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void ordinaryTimeIsNoEvent()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        for (int i = 0; i < 100; ++i) {
            clocks.pass(Seconds(1024.0), 1.0 + 4e-4);
            QVERIFY(isNothing(watch.observe(clocks.now())));
        }
    }

    void ownSlewIsNoEvent()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        clocks.pass(Seconds(100.0));
        (void)watch.observe(clocks.now());
        const ClockCommand command{.extraRatePpm = 100'000.0, .extraFor = 20s};
        watch.commanded(command);
        watch.reported({.before = clocks.now(), .after = clocks.now(), .extraRatePpm = 100'000.0});
        clocks.pass(Seconds(18.0), 1.1);
        QVERIFY(isNothing(watch.observe(clocks.now())));
        clocks.pass(Seconds(1000.0));
        QVERIFY(isNothing(watch.observe(clocks.now())));
    }

    void ownStepIsNoEvent()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        watch.stepCommanded();
        clocks.real += 5s;
        QVERIFY(isNothing(watch.observe(clocks.now()))); // before the report
        watch.reported({.before = clocks.now(), .after = clocks.now(), .stepped = 5s});
        QVERIFY(isNothing(watch.observe(clocks.now())));
    }

    // FAULTS row 71
    void somebodyElsesStepIsSeenOnce()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        clocks.pass(Seconds(64.0));
        clocks.real -= 3s;
        const ClockObserver::Events events = watch.observe(clocks.now());
        QCOMPARE(events.setByOthers, Nanoseconds(-3s));
        QCOMPARE(events.slept, Nanoseconds(0));
        QVERIFY(isNothing(watch.observe(clocks.now())));
    }

    void sleepIsSeenOnceAndNotTakenForAStep()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        clocks.pass(Seconds(64.0));
        clocks.boot += 3600s;
        clocks.real += 3600s;
        const ClockObserver::Events events = watch.observe(clocks.now());
        QCOMPARE(events.setByOthers, Nanoseconds(0));
        QVERIFY(std::chrono::abs(events.slept - 3600s) < 1ms);
        QVERIFY(isNothing(watch.observe(clocks.now())));
    }

    void sleepAndAStepTogetherAreToldApart()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        clocks.boot += 3600s;
        clocks.real += 3600s + 2s;
        const ClockObserver::Events events = watch.observe(clocks.now());
        QCOMPARE(events.setByOthers, Nanoseconds(2s));
        QVERIFY(std::chrono::abs(events.slept - 3600s) < 1ms);
    }

    // FAULTS row 74
    void leapSecondThatWasExpectedIsNoEvent()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        QVERIFY(isNothing(watch.observe(clocks.now(), -1s)));
        clocks.real -= 1s;
        QVERIFY(isNothing(watch.observe(clocks.now(), -1s)));
        QVERIFY(isNothing(watch.observe(clocks.now())));
        clocks.real -= 1s;
        QCOMPARE(watch.observe(clocks.now()).setByOthers, Nanoseconds(-1s)); // nobody expects a second one
        clocks.real += 300ms;
        QCOMPARE(watch.observe(clocks.now(), -1s).setByOthers, Nanoseconds(300ms)); // nor that
    }

    void reportSaysWhatIsInForce()
    {
        Clocks clocks;
        ClockObserver watch(clocks.now());
        watch.commanded({.baseFrequencyPpm = 10.0, .extraRatePpm = 100.0, .extraFor = 4s});
        watch.reported({.before = clocks.now(), .after = clocks.now(), .baseFrequencyPpm = 9.99, .extraRatePpm = 99.9});
        QCOMPARE(watch.baseFrequencyPpm(), 9.99);
        QCOMPARE(watch.extraRatePpmAt(clocks.now().raw + 3s), 99.9);
        QCOMPARE(watch.extraRatePpmAt(clocks.now().raw + 5s), 0.0);
    }
};

QTEST_GUILESS_MAIN(TestClockObserver)
#include "test_clock_observer.moc"
