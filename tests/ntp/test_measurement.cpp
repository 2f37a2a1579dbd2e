// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// What four timestamps say: RFC 5905 section 8. The numbers are worked out by hand beside each test.

#include "ntp/measurement.h"

#include <QTest>

#include <cmath>

using namespace foliot;
using namespace foliot::ntp;
using namespace std::chrono_literals;

namespace {

constexpr RealTime realStart{1'780'000'000s};
constexpr RawTime rawStart{5'000s};

LocalStamp stamp(Nanoseconds afterStart)
{
    return {.raw = rawStart + afterStart, .real = realStart + afterStart, .origin = StampOrigin::Kernel};
}

// The server is 80 ms ahead, the path takes 10 ms each way, the server thinks for 1 ms.
Measurement validMeasurement()
{
    return {
        .localTransmit = stamp(0ms),
        .serverReceive = realStart + 90ms,
        .serverTransmit = realStart + 91ms,
        .localReceive = stamp(21ms),
        .leap = LeapIndicator::None,
        .stratum = 2,
        .serverPrecision = -20,
    };
}

bool isNear(Seconds value, Seconds expected, Seconds tolerance = 1ns)
{
    return std::abs((value - expected).count()) <= tolerance.count();
}

} // namespace

class TestMeasurement : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void offsetIsPositiveWhenOurClockIsBehind();
    void delayIsTheRoundTripLessTheServersTime();
    void delayDoesNotSeeAStepOfTheClock();
    void delayMayBeNegative();
    void asymmetryMovesTheOffsetByHalf();
    void dispersionSumsWhatIsNotThePath();
    void errorBoundHoldsForAnyStampErrorAndPath();
    void offsetOfCenturiesDoesNotOverflow();
    void onlyStrata1To15WithoutAlarmAreSynchronized();
};

// ((0.090 - 0) + (0.091 - 0.021)) / 2
void TestMeasurement::offsetIsPositiveWhenOurClockIsBehind()
{
    QVERIFY(isNear(offset(validMeasurement()), 80ms));
}

// 0.021 - 0.001
void TestMeasurement::delayIsTheRoundTripLessTheServersTime()
{
    QVERIFY(isNear(delay(validMeasurement()), 20ms));
}

void TestMeasurement::delayDoesNotSeeAStepOfTheClock()
{
    Measurement m = validMeasurement();
    m.localReceive.real += 1h;
    QVERIFY(isNear(delay(m), 20ms));
}

// Section 8: "if the frequency difference is 100 ppm and the interval T4-T1 is 64 s, the apparent delay is -6.4 ms".
void TestMeasurement::delayMayBeNegative()
{
    Measurement m = validMeasurement();
    m.serverTransmit = m.serverReceive + 64s + 6'400us;
    m.localReceive = stamp(64s);
    QVERIFY(isNear(delay(m), Seconds{-0.0064}));
}

// 30 ms there, 10 ms back: the offset is 10 ms too high.
void TestMeasurement::asymmetryMovesTheOffsetByHalf()
{
    Measurement m = validMeasurement();
    m.serverReceive += 20ms;
    m.serverTransmit += 20ms;
    m.localReceive = stamp(41ms);
    QVERIFY(isNear(offset(m), 90ms));
    QVERIFY(isNear(delay(m), 40ms));
}

// 2^-20 + 1e-6 + 300e-9 + 15e-6 * 0.021
void TestMeasurement::dispersionSumsWhatIsNotThePath()
{
    Measurement m = validMeasurement();
    m.localTransmit.error = 200ns;
    m.localReceive.error = 300ns;
    const Seconds expected{std::ldexp(1.0, -20) + 1e-6 + 300e-9 + 0.315e-6};
    QVERIFY(isNear(dispersion(m, 1us), expected, Seconds{1e-15}));

    m.serverPrecision = 2;
    QVERIFY(isNear(dispersion(m, 1us), 4s, 10us));
}

// The promise that root distance is built on: whatever the stamps' errors within their limits and however the delay is
// split, the truth is within delay / 2 + dispersion of the offset.
void TestMeasurement::errorBoundHoldsForAnyStampErrorAndPath()
{
    const Nanoseconds roundTrip = 20ms;
    for (const Nanoseconds outward : {0ms, 5ms, 20ms}) {
        for (const Nanoseconds transmitError : {-200us, 0us, 200us}) {
            for (const Nanoseconds receiveError : {-300us, 0us, 300us}) {
                Measurement m = validMeasurement();
                m.serverReceive = realStart + 80ms + outward;
                m.serverTransmit = m.serverReceive + 1ms;
                m.localTransmit = stamp(transmitError);
                m.localReceive = stamp(roundTrip + 1ms + receiveError);
                m.localTransmit.error = 200us;
                m.localReceive.error = 300us;
                const Seconds bound = delay(m) / 2 + dispersion(m, 0s);
                QVERIFY(std::abs((offset(m) - Seconds{80ms}).count()) <= bound.count());
            }
        }
    }
}

void TestMeasurement::offsetOfCenturiesDoesNotOverflow()
{
    Measurement m = validMeasurement();
    m.localTransmit.real = RealTime::min();
    m.localReceive.real = RealTime::min() + 21ms;
    m.serverReceive = RealTime::max() - 1ms;
    m.serverTransmit = RealTime::max();
    const double twoTo64Nanoseconds = 18'446'744'073.709551616;
    QVERIFY(isNear(offset(m), Seconds{twoTo64Nanoseconds}, 1s));
    QVERIFY(isNear(delay(m), 20ms));
}

// FAULTS row 11.
void TestMeasurement::onlyStrata1To15WithoutAlarmAreSynchronized()
{
    Measurement m = validMeasurement();
    for (int stratum = 0; stratum < 256; ++stratum) {
        m.stratum = static_cast<std::uint8_t>(stratum);
        m.leap = LeapIndicator::InsertSecond;
        QCOMPARE(isSynchronized(m), stratum >= 1 && stratum <= 15);
        m.leap = LeapIndicator::Unsynchronized;
        QVERIFY(!isSynchronized(m));
    }
}

QTEST_APPLESS_MAIN(TestMeasurement)
#include "test_measurement.moc"
