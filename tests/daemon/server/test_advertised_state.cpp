// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What our server claims, FAULTS row 58 and RFC 5905 section 9.2: never more than the timekeeping can claim.

#include "daemon/server/advertised_state.h"

#include <QTest>

using namespace foliot;
using namespace foliot::daemon;
using namespace std::chrono_literals;

namespace {

const Now start{.raw = RawTime(1000s), .boot = BootTime(1000s), .real = RealTime(1'800'000'000s)};

// Stratum 3, 1 ms behind, 20 ms root delay, 4 ms dispersion: a bound of 15 ms that grows by 15 ppm.
sync::State synchronizedState()
{
    sync::State state;
    state.asOf = start;
    state.condition = sync::Condition::Synchronized;
    state.estimate.at = start.raw;
    state.estimate.offset = 1ms;
    state.estimate.bound = 15ms;
    state.estimate.boundGrowthPpm = 15.0;
    state.estimate.rootDelay = 20ms;
    state.estimate.rootDispersion = 4ms;
    state.estimate.stratum = 3;
    state.estimate.referenceId = 0xC0000201;
    state.estimate.referenceTime = start.real - 64s;
    state.estimate.leap = ntp::LeapIndicator::InsertSecond;
    return state;
}

Now after(Nanoseconds duration)
{
    return {.raw = start.raw + duration, .boot = start.boot + duration, .real = start.real + duration};
}

bool near(Seconds value, Seconds expected, Seconds tolerance)
{
    return std::abs((value - expected).count()) <= tolerance.count();
}

} // namespace

class TestAdvertisedState : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void synchronizedClockIsServedAsItIs();
    void dispersionCoversOurOwnErrorAndGrows();
    void unsynchronizedClockSaysSo_data();
    void unsynchronizedClockSaysSo();
    void uselessHoldoverIsNotOffered();
    void localStratumIsAReferenceOfItsOwn();
    void localStratumGivesWayToRealSources();
    void precisionIsRoundedUp();
};

void TestAdvertisedState::synchronizedClockIsServedAsItIs()
{
    const auto advertised = advertisedState(synchronizedState(), std::nullopt, start, 100ns);
    QCOMPARE(advertised.stratum, std::uint8_t(3));
    QCOMPARE(advertised.leap, ntp::LeapIndicator::InsertSecond);
    QCOMPARE(advertised.referenceId, std::uint32_t(0xC0000201));
    QVERIFY(advertised.referenceTime == start.real - 64s);
    QVERIFY(advertised.rootDelay == Seconds(20ms));
}

void TestAdvertisedState::dispersionCoversOurOwnErrorAndGrows()
{
    // 15 ms bound less half the root delay is 5 ms: 4 ms dispersion and the 1 ms that our clock is behind.
    const auto now = advertisedState(synchronizedState(), std::nullopt, start, 100ns);
    QVERIFY(near(now.rootDispersion, 5ms, 1ns));
    // 1000 s at 15 ppm add 15 ms.
    const auto later = advertisedState(synchronizedState(), std::nullopt, after(1000s), 100ns);
    QVERIFY(near(later.rootDispersion, 20ms, 1us));
}

void TestAdvertisedState::unsynchronizedClockSaysSo_data()
{
    QTest::addColumn<sync::Condition>("condition");
    QTest::newRow("starting") << sync::Condition::Starting;
    QTest::newRow("no majority") << sync::Condition::NoMajority;
    QTest::newRow("unreachable") << sync::Condition::Unreachable;
    QTest::newRow("no sources") << sync::Condition::NoSources;
    QTest::newRow("step refused") << sync::Condition::StepRefused;
    QTest::newRow("clock failed") << sync::Condition::ClockFailed;
}

void TestAdvertisedState::unsynchronizedClockSaysSo()
{
    QFETCH(const sync::Condition, condition);
    auto state = synchronizedState();
    state.condition = condition;
    const auto advertised = advertisedState(state, std::nullopt, start, 100ns);
    QCOMPARE(advertised.leap, ntp::LeapIndicator::Unsynchronized);
    QCOMPARE(advertised.stratum, ntp::maxStratum);
}

void TestAdvertisedState::uselessHoldoverIsNotOffered()
{
    auto state = synchronizedState();
    state.condition = sync::Condition::Holdover;
    QCOMPARE(advertisedState(state, std::nullopt, after(1h), 100ns).stratum, std::uint8_t(3));
    // 16 s of dispersion is MAXDISP: at 15 ppm after 12.3 days.
    QCOMPARE(advertisedState(state, std::nullopt, after(24h * 13), 100ns).leap, ntp::LeapIndicator::Unsynchronized);
}

void TestAdvertisedState::localStratumIsAReferenceOfItsOwn()
{
    const sync::State nothing;
    const auto first = advertisedState(nothing, 1, start, 100ns);
    QCOMPARE(first.stratum, std::uint8_t(1));
    QCOMPARE(first.referenceId, std::uint32_t(0x4C4F434C)); // "LOCL"
    QCOMPARE(first.leap, ntp::LeapIndicator::None);
    const auto tenth = advertisedState(nothing, 10, start, 100ns);
    QCOMPARE(tenth.stratum, std::uint8_t(10));
    QCOMPARE(tenth.referenceId, std::uint32_t(0x7F7F0101)); // 127.127.1.1
}

void TestAdvertisedState::localStratumGivesWayToRealSources()
{
    QCOMPARE(advertisedState(synchronizedState(), 10, start, 100ns).stratum, std::uint8_t(3));
}

void TestAdvertisedState::precisionIsRoundedUp()
{
    QCOMPARE(precisionExponent(1ns), std::int8_t(-29));   // 2^-30 s = 0.93 ns
    QCOMPARE(precisionExponent(100ns), std::int8_t(-23)); // 2^-23 s = 119 ns
    QCOMPARE(precisionExponent(1us), std::int8_t(-19));   // 2^-20 s = 0.95 us
    QCOMPARE(precisionExponent(0ns), std::int8_t(-29));   // no clock is read more finely than its unit
}

QTEST_GUILESS_MAIN(TestAdvertisedState)
#include "test_advertised_state.moc"
