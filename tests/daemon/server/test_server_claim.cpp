// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What our server claims, FAULTS row 58 and RFC 5905 section 9.2: never more than the timekeeping can claim.

#include "daemon/server/server_claim.h"

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
    state.estimate.rootDispersion = 5ms; // the bound less half the root delay
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

// What a claim made at a moment says at that moment.
ntp::ServerState advertised(const sync::State& state, std::optional<int> localStratum, const Now& now)
{
    return stateAt(makeClaim(state, localStratum, now.raw, 100ns), now);
}

bool near(Seconds value, Seconds expected, Seconds tolerance)
{
    return std::abs((value - expected).count()) <= tolerance.count();
}

} // namespace

class TestServerClaim : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void synchronizedClockIsServedAsItIs();
    void dispersionCoversOurOwnErrorAndGrows();
    void unsynchronizedClockSaysSo();
    void uselessHoldoverIsNotOffered();
    void localStratumIsAReferenceOfItsOwn();
    void localStratumGivesWayToRealSources();
    void precisionIsRoundedUp();
    void neglectedClaimFadesAndEnds();
    void neglectedClaimFallsBackToLocalStratum();
};

void TestServerClaim::synchronizedClockIsServedAsItIs()
{
    const auto said = advertised(synchronizedState(), std::nullopt, start);
    QCOMPARE(said.stratum, std::uint8_t(3));
    QCOMPARE(said.leap, ntp::LeapIndicator::InsertSecond);
    QCOMPARE(said.referenceId, std::uint32_t(0xC0000201));
    QVERIFY(said.referenceTime == start.real - 64s);
    QVERIFY(said.rootDelay == Seconds(20ms));
}

void TestServerClaim::dispersionCoversOurOwnErrorAndGrows()
{
    const auto atOnce = advertised(synchronizedState(), std::nullopt, start);
    QVERIFY(near(atOnce.rootDispersion, 5ms, 1ns));
    // 1000 s at 15 ppm add 15 ms.
    const auto later = advertised(synchronizedState(), std::nullopt, after(1000s));
    QVERIFY(near(later.rootDispersion, 20ms, 1us));
}

void TestServerClaim::unsynchronizedClockSaysSo()
{
    auto state = synchronizedState();
    state.estimate.stratum = ntp::maxStratum;
    const auto said = advertised(state, std::nullopt, start);
    QCOMPARE(said.leap, ntp::LeapIndicator::Unsynchronized);
    QCOMPARE(said.stratum, ntp::maxStratum);
}

void TestServerClaim::uselessHoldoverIsNotOffered()
{
    auto state = synchronizedState();
    state.condition = sync::Condition::Holdover;
    QCOMPARE(advertised(state, std::nullopt, after(1h)).stratum, std::uint8_t(3));
    // 16 s of dispersion is MAXDISP: at 15 ppm after 12.3 days.
    QCOMPARE(advertised(state, std::nullopt, after(24h * 13)).leap, ntp::LeapIndicator::Unsynchronized);
}

void TestServerClaim::localStratumIsAReferenceOfItsOwn()
{
    const sync::State nothing;
    const auto first = advertised(nothing, 1, start);
    QCOMPARE(first.stratum, std::uint8_t(1));
    QCOMPARE(first.referenceId, std::uint32_t(0x4C4F434C)); // "LOCL"
    QCOMPARE(first.leap, ntp::LeapIndicator::None);
    const auto tenth = advertised(nothing, 10, start);
    QCOMPARE(tenth.stratum, std::uint8_t(10));
    QCOMPARE(tenth.referenceId, std::uint32_t(0x7F7F0101)); // 127.127.1.1
}

void TestServerClaim::localStratumGivesWayToRealSources()
{
    QCOMPARE(advertised(synchronizedState(), 10, start).stratum, std::uint8_t(3));
}

void TestServerClaim::precisionIsRoundedUp()
{
    QCOMPARE(precisionExponent(1ns), std::int8_t(-29));   // 2^-30 s = 0.93 ns
    QCOMPARE(precisionExponent(100ns), std::int8_t(-23)); // 2^-23 s = 119 ns
    QCOMPARE(precisionExponent(1us), std::int8_t(-19));   // 2^-20 s = 0.95 us
    QCOMPARE(precisionExponent(0ns), std::int8_t(-29));   // no clock is read more finely than its unit
}

// FAULTS row 58: when whoever renews the claim hangs, clients are told more and more, and in the end nothing.
void TestServerClaim::neglectedClaimFadesAndEnds()
{
    const auto claim = makeClaim(synchronizedState(), std::nullopt, start.raw, 100ns);
    // Valid for 256 s: 5 ms and 15 ppm. 1000 s more add 15 + 500 ppm of them.
    QVERIFY(near(stateAt(claim, after(256s)).rootDispersion, 5ms + 3.84ms, 1us));
    const auto faded = stateAt(claim, after(1256s));
    QVERIFY(near(faded.rootDispersion, 5ms + 18.84ms + 500ms, 10us));
    QCOMPARE(faded.stratum, std::uint8_t(3));
    // A root distance of MAXDIST, 1 s, is reached about 1.9 ks behind the end: no one should use that.
    QCOMPARE(stateAt(claim, after(2256s)).leap, ntp::LeapIndicator::Unsynchronized);
    QCOMPARE(stateAt(claim, after(2256s)).stratum, ntp::maxStratum);
}

void TestServerClaim::neglectedClaimFallsBackToLocalStratum()
{
    const auto claim = makeClaim(synchronizedState(), 10, start.raw, 100ns);
    QCOMPARE(stateAt(claim, after(1h)).stratum, std::uint8_t(10));
}

QTEST_GUILESS_MAIN(TestServerClaim)
#include "test_server_claim.moc"
