// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "daemon/clocks/piecewise_clock.h"

#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

constexpr RealTime start{1'800'000'000s};

// The machine so long after the simulated clock was made; its own clock is right.
Now machine(Nanoseconds elapsed, Nanoseconds slept = 0ns)
{
    return {
        .raw = RawTime(1000s + elapsed), .boot = BootTime(1005s + elapsed + slept), .real = start + elapsed + slept};
}

RawTime machineRaw(Nanoseconds elapsed)
{
    return machine(elapsed).raw;
}

PiecewiseClock clockWith(const config::Simulation& settings)
{
    return PiecewiseClock(settings, machine(0s));
}

bool isNear(Nanoseconds value, Nanoseconds expected, Nanoseconds tolerance)
{
    if (value - expected <= tolerance && expected - value <= tolerance)
        return true;
    qWarning(
        "%lld ns, expected %lld ns", static_cast<long long>(value.count()), static_cast<long long>(expected.count()));
    return false;
}

// How far the simulated clock and oscillator are ahead of the machine's.
Nanoseconds realError(PiecewiseClock& clock, Nanoseconds elapsed)
{
    return clock.at(machine(elapsed)).real - machine(elapsed).real;
}
Nanoseconds rawError(PiecewiseClock& clock, Nanoseconds elapsed)
{
    return clock.at(machine(elapsed)).raw - machine(elapsed).raw;
}

} // namespace

class TestPiecewiseClock : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void clockWithoutErrorIsTheMachines()
    {
        auto clock = clockWith({});
        QVERIFY(clock.at(machine(12345s)) == machine(12345s));
    }

    void offsetAndFrequencyAreThoseOfTheSettings()
    {
        auto clock = clockWith({.offset = 80ms, .frequencyPpm = 30.0});
        QVERIFY(isNear(realError(clock, 0s), 80ms, 0ns));
        QVERIFY(isNear(rawError(clock, 0s), 0ms, 0ns));
        QVERIFY(isNear(realError(clock, 1000s), 110ms, 1ns)); // 30 ppm of 1000 s
        QVERIFY(isNear(rawError(clock, 1000s), 30ms, 1ns));
    }

    void steeringChangesTheClockAndNotTheOscillator()
    {
        auto clock = clockWith({.frequencyPpm = 30.0});
        clock.steer(-30.0, 0.0, 0s, machineRaw(0s));
        // (1 + 30e-6)(1 - 30e-6) = 1 - 9e-10
        QVERIFY(isNear(realError(clock, 1000s), -900ns, 1ns));
        QVERIFY(isNear(rawError(clock, 1000s), 30ms, 1ns));
    }

    void extraRateEndsByItselfHoweverLateOneLooks()
    {
        auto clock = clockWith({});
        clock.steer(0.0, 1000.0, 10s, machineRaw(0s));
        QCOMPARE(clock.extraRatePpm(), 1000.0);
        QVERIFY(isNear(realError(clock, 5s), 5ms, 1ns));
        QVERIFY(isNear(realError(clock, 3600s), 9'990'010ns, 1ns)); // 10 s of its own time, 1/1001 of them gained
        QCOMPARE(clock.extraRatePpm(), 0.0);
    }

    void extraTimeIsCountedByTheClocksOwnTimers()
    {
        auto clock = clockWith({.frequencyPpm = 1000.0});
        clock.steer(0.0, 100'000.0, 10s, machineRaw(0s));
        // 10 s there, of which 1/11 are gained on the oscillator; and that gains 0.001 * 20 s all along.
        QVERIFY(isNear(realError(clock, 20s), 909'090'909ns + 20ms, 2ns));
    }

    void newCommandReplacesTheExtraRate()
    {
        auto clock = clockWith({});
        clock.steer(0.0, 1000.0, 10s, machineRaw(0s));
        clock.steer(5.0, 0.0, 0s, machineRaw(4s));
        QVERIFY(isNear(realError(clock, 104s), 4ms + 500us, 1ns));
    }

    void stepMovesTheClockAlone()
    {
        auto clock = clockWith({.offset = 80ms});
        clock.step(-80ms, machineRaw(10s));
        QVERIFY(isNear(realError(clock, 10s), 0s, 0ns));
        QVERIFY(isNear(rawError(clock, 10s), 0s, 0ns));
    }

    void lateStampIsMappedByThePieceInForceAtTheStamp()
    {
        auto clock = clockWith({.frequencyPpm = 100.0});
        clock.at(machine(1s));
        clock.steer(0.0, 50'000.0, 500ms, machineRaw(1s));
        clock.step(1h, machineRaw(1200ms));
        clock.at(machine(3s));
        const auto before = clock.past(machineRaw(900ms)).value();
        QVERIFY(isNear(before.real - start, 900ms + 90us, 1ns));
        QVERIFY(isNear(before.raw - machineRaw(900ms), 90us, 1ns));
        const auto slewing = clock.past(machineRaw(1100ms)).value();
        QVERIFY(isNear(slewing.real - start, 1100ms + 110us + 5ms + 500ns, 1ns)); // 5 % of 100.01 ms
        // The extra rate is over when the clock's own timers have counted 500 ms, of which 1/21 are gained.
        const auto stepped = clock.past(machineRaw(1300ms)).value();
        QVERIFY(isNear(stepped.real - start, 1h + 1300ms + 130us + 15ms + 1500ns, 1ns));
        const auto ended = clock.past(machineRaw(2s)).value();
        QVERIFY(isNear(ended.real - start, 1h + 2s + 200us + 23'809'524ns, 3ns));
    }

    void stampOlderThanTheHistoryIsRefused()
    {
        auto clock = clockWith({.wanderPpm = 0.001});
        clock.at(machine(100s));
        QVERIFY(!clock.past(machineRaw(-1s)));
        QVERIFY(!clock.past(machineRaw(50s)));
        QVERIFY(clock.past(machineRaw(95s)));
    }

    void clocksAreContinuousButForSteps()
    {
        auto clock = clockWith({.frequencyPpm = 500.0, .wanderPpm = 1.0});
        clock.steer(-100.0, 100'000.0, 3s, machineRaw(0s));
        auto last = clock.at(machine(0s));
        for (auto elapsed = 1ms; elapsed < 5s; elapsed += 1ms) {
            const auto now = clock.at(machine(elapsed));
            QVERIFY(now.raw - last.raw > 998us && now.raw - last.raw < 1002us);
            QVERIFY(now.real - last.real > 990us && now.real - last.real < 1110us);
            last = now;
        }
    }

    void wanderIsARandomWalkOfTheFrequency()
    {
        // Over 400 seeds: standard deviation of the frequency after 100 s is W sqrt(100) = 10 W; known to 3.5 %.
        constexpr int seeds = 400;
        double sum = 0.0;
        for (int seed = 1; seed <= seeds; ++seed) {
            auto clock = clockWith({.wanderPpm = 0.5, .seed = static_cast<std::uint64_t>(seed)});
            const auto first = rawError(clock, 100s);
            const double ppm = static_cast<double>((rawError(clock, 101s) - first).count()) * 1e-3;
            sum += ppm * ppm;
        }
        const double deviation = std::sqrt(sum / seeds);
        QVERIFY2(std::abs(deviation - 5.0) < 0.5, std::to_string(deviation).c_str());
    }

    void wanderDependsOnTheSeedAndNotOnWhenOneLooks()
    {
        const config::Simulation settings{.wanderPpm = 0.5, .seed = 7};
        auto often = clockWith(settings);
        for (auto elapsed = 0ms; elapsed < 100s; elapsed += 37ms)
            often.at(machine(elapsed));
        auto once = clockWith(settings);
        QVERIFY(isNear(often.at(machine(100s)).raw - once.at(machine(100s)).raw, 0s, 0ns));
        auto other = clockWith({.wanderPpm = 0.5, .seed = 8});
        QVERIFY(other.at(machine(100s)) != once.at(machine(100s)));
    }

    // As the kernel's does.
    void bootTimeFollowsTheRateAndNotTheSteps()
    {
        auto clock = clockWith({.frequencyPpm = 50.0});
        const auto bootMinusReal = [&](Nanoseconds elapsed) {
            const auto now = clock.at(machine(elapsed));
            return now.boot.time_since_epoch() - now.real.time_since_epoch();
        };
        const auto atStart = bootMinusReal(0s);
        clock.steer(-20.0, 100'000.0, 5s, machineRaw(1s));
        QCOMPARE(bootMinusReal(3s), atStart);
        QCOMPARE(bootMinusReal(100s), atStart);
        clock.step(-2s, machineRaw(100s));
        QCOMPARE(bootMinusReal(101s), atStart + 2s);
    }

    void sleepOfTheMachineIsOurs_71()
    {
        auto clock = clockWith({.offset = 80ms, .frequencyPpm = 10.0});
        const auto before = clock.at(machine(100s));
        const auto after = clock.at(machine(101s, 1h));
        QVERIFY(isNear(after.raw - before.raw, 1s + 10us, 1ns));
        QVERIFY(isNear(after.boot - before.boot, 1h + 1s + 10us, 1ns));
        QVERIFY(isNear(after.real - before.real, 1h + 1s + 10us, 1ns));
        QVERIFY(isNear(clock.at(machine(102s, 1h)).real - after.real, 1s + 10us, 1ns)); // once only
    }

    void steeringOfTheMachineIsNoSleep()
    {
        auto clock = clockWith({});
        clock.at(machine(0s));
        // Boot time runs 10 % fast for 20 s: a slew by tick.
        const auto after = clock.at(machine(20s, 2s));
        QVERIFY(isNear(after.real - start, 20s, 0ns));
    }

    void monthIsKeptToTheNanosecond()
    {
        auto clock = clockWith({.frequencyPpm = 12.5});
        QVERIFY(isNear(realError(clock, 30 * 24h), 32'400ms, 1ns)); // 12.5 ppm of 2 592 000 s
    }
};

QTEST_APPLESS_MAIN(TestPiecewiseClock)
#include "test_piecewise_clock.moc"
