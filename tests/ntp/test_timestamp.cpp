// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Wire time: eras, rounding and wrapping. Dates from RFC 5905 figure 4; eras begin every 2^32 s from 1900-01-01.

#include "ntp/timestamp.h"

#include <QTest>

#include <cmath>
#include <limits>
#include <random>

using namespace foliot;
using namespace foliot::ntp;
using namespace std::chrono_literals;

namespace {

constexpr Nanoseconds era = std::chrono::seconds{std::int64_t{1} << 32};

RealTime utc(int year, unsigned month, unsigned day, Nanoseconds timeOfDay = 0ns)
{
    using namespace std::chrono;
    const sys_days date = std::chrono::year{year} / std::chrono::month{month} / std::chrono::day{day};
    return RealTime{date.time_since_epoch() + timeOfDay};
}

Timestamp wholeSeconds(std::uint32_t seconds)
{
    return Timestamp{std::uint64_t{seconds} << 32};
}

} // namespace

class TestTimestamp : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void datesOfFigure4HaveTheirTimestamps_data();
    void datesOfFigure4HaveTheirTimestamps();
    void lastNanosecondOfEra0AndFirstOfEra1();
    void sameTimestampIsADifferentMomentInEachEra();
    void eraIsTheOneNearestToThePivot();
    void clockOf1970StillReadsEra0();
    void year2038IsLikeAnyOther();
    void endsOfTimeHaveTheirTimestamps();
    void pivotAtTheEndOfTimeDoesNotOverflow();
    void differenceIsExactAcrossTheEra();
    void differenceHasASign();
    void fractionIsRoundedToTheNearest_data();
    void fractionIsRoundedToTheNearest();
    void everyNanosecondSurvivesThereAndBack();
    void shortIntervalIsRoundedUpAndClamped_data();
    void shortIntervalIsRoundedUpAndClamped();
    void shortIntervalReadsExactly();
};

void TestTimestamp::datesOfFigure4HaveTheirTimestamps_data()
{
    QTest::addColumn<RealTime>("time");
    QTest::addColumn<quint32>("seconds");
    QTest::newRow("last day of era -1") << utc(1899, 12, 31) << 4'294'880'896U;
    QTest::newRow("first day of era 0") << utc(1900, 1, 1) << 0U;
    QTest::newRow("first day of Unix") << utc(1970, 1, 1) << 2'208'988'800U;
    QTest::newRow("first day of UTC") << utc(1972, 1, 1) << 2'272'060'800U;
    QTest::newRow("last day of the 20th century") << utc(1999, 12, 31) << 3'155'587'200U;
    QTest::newRow("first day of era 1") << utc(2036, 2, 8) << 63'104U;
}

void TestTimestamp::datesOfFigure4HaveTheirTimestamps()
{
    QFETCH(RealTime, time);
    QFETCH(quint32, seconds);
    QCOMPARE(toTimestamp(time), wholeSeconds(seconds));
    QCOMPARE(fromTimestamp(wholeSeconds(seconds), time + 30 * 365 * 24h), time);
    QCOMPARE(fromTimestamp(wholeSeconds(seconds), time - 30 * 365 * 24h), time);
}

// FAULTS row 73.
void TestTimestamp::lastNanosecondOfEra0AndFirstOfEra1()
{
    const RealTime start = utc(2036, 2, 7, 6h + 28min + 16s);
    QCOMPARE(toTimestamp(start - 1ns).bits(), 0xffff'ffff'ffff'fffcU); // 2^64 - 4.29
    QVERIFY(toTimestamp(start).isZero());
    QCOMPARE(toTimestamp(start + 1ns).bits(), 4U);

    for (const Nanoseconds pivotAway : {-1h, 0h, 1h}) {
        QCOMPARE(fromTimestamp(toTimestamp(start - 1ns), start + pivotAway), start - 1ns);
        QCOMPARE(fromTimestamp(toTimestamp(start), start + pivotAway), start);
        QCOMPARE(fromTimestamp(toTimestamp(start + 1ns), start + pivotAway), start + 1ns);
    }
}

void TestTimestamp::sameTimestampIsADifferentMomentInEachEra()
{
    QCOMPARE(fromTimestamp(wholeSeconds(0), utc(1905, 1, 1)), utc(1900, 1, 1));
    QCOMPARE(fromTimestamp(wholeSeconds(0), utc(2026, 1, 1)), utc(2036, 2, 7, 6h + 28min + 16s));
    QCOMPARE(fromTimestamp(wholeSeconds(0), utc(2172, 1, 1)), utc(2172, 3, 15, 12h + 56min + 32s));
}

void TestTimestamp::eraIsTheOneNearestToThePivot()
{
    const RealTime pivot = utc(2026, 1, 1);
    const RealTime latest = pivot + era / 2 - 1s;
    const RealTime earliest = pivot - era / 2;
    QCOMPARE(fromTimestamp(toTimestamp(latest), pivot), latest);
    QCOMPARE(fromTimestamp(toTimestamp(latest + 1s), pivot), earliest);
    QCOMPARE(fromTimestamp(toTimestamp(earliest), pivot), earliest);
}

// A machine without a clock battery starts in 1970; era 0 is nearer to it than era 1.
void TestTimestamp::clockOf1970StillReadsEra0()
{
    QCOMPARE(fromTimestamp(toTimestamp(utc(2026, 5, 4, 3h)), utc(1970, 1, 1)), utc(2026, 5, 4, 3h));
}

void TestTimestamp::year2038IsLikeAnyOther()
{
    const RealTime lastOf31Bits = utc(2038, 1, 19, 3h + 14min + 7s);
    QCOMPARE(lastOf31Bits.time_since_epoch(), Nanoseconds{2'147'483'647s});
    QCOMPARE(toTimestamp(lastOf31Bits + 1s), wholeSeconds(61'505'152)); // 2^31 + 2208988800 - 2^32
    QCOMPARE(fromTimestamp(wholeSeconds(61'505'152), lastOf31Bits), lastOf31Bits + 1s);
    QCOMPARE(toTimestamp(lastOf31Bits + 1s) - toTimestamp(lastOf31Bits), TimestampInterval{std::int64_t{1} << 32});
}

// +-2^63 ns = -9223372037 s + 0.145224192 s and 9223372036.854775807 s; with 2208988800 s more, modulo 2^32.
void TestTimestamp::endsOfTimeHaveTheirTimestamps()
{
    const Seconds firstFraction = toTimestamp(RealTime::min()) - wholeSeconds(1'575'551'355);
    const Seconds lastFraction = toTimestamp(RealTime::max()) - wholeSeconds(2'842'426'244);
    const double halfUnit = std::ldexp(1.0, -33);
    QVERIFY(std::abs(firstFraction.count() - 0.145224192) <= halfUnit);
    QVERIFY(std::abs(lastFraction.count() - 0.854775807) <= halfUnit);
}

void TestTimestamp::pivotAtTheEndOfTimeDoesNotOverflow()
{
    for (const std::uint64_t bits : {std::uint64_t{0}, std::uint64_t{0x7fff'ffff'ffff'ffff},
             std::uint64_t{0x8000'0000'0000'0000}, std::uint64_t{0xffff'ffff'ffff'ffff}}) {
        const RealTime late = fromTimestamp(Timestamp{bits}, RealTime::max());
        const RealTime early = fromTimestamp(Timestamp{bits}, RealTime::min());
        QVERIFY(late > utc(2120, 1, 1));
        QVERIFY(early < utc(1820, 1, 1));
    }
}

void TestTimestamp::differenceIsExactAcrossTheEra()
{
    const Timestamp before{0xffff'ffff'8000'0000};
    const Timestamp after{0x0000'0000'8000'0001};
    QCOMPARE((after - before).count(), (std::int64_t{1} << 32) + 1);
    QCOMPARE((before - after).count(), -(std::int64_t{1} << 32) - 1);
    QCOMPARE(Seconds{after - before}.count(), 1.0 + std::ldexp(1.0, -32));
}

void TestTimestamp::differenceHasASign()
{
    QCOMPARE(Seconds{wholeSeconds(10) - wholeSeconds(12)}.count(), -2.0);
    QCOMPARE((wholeSeconds(0x8000'0000) - wholeSeconds(0)).count(), std::numeric_limits<std::int64_t>::min());
}

void TestTimestamp::fractionIsRoundedToTheNearest_data()
{
    QTest::addColumn<quint32>("fraction");
    QTest::addColumn<qint64>("nanoseconds");
    QTest::newRow("half a second") << 0x8000'0000U << qint64{500'000'000};
    QTest::newRow("0.47 ns") << 2U << qint64{0};
    QTest::newRow("0.70 ns") << 3U << qint64{1};
    QTest::newRow("a third") << 0x5555'5555U << qint64{333'333'333};
    QTest::newRow("two thirds") << 0xaaaa'aaaaU << qint64{666'666'667};
    QTest::newRow("0.23 ns less than a second") << 0xffff'ffffU << qint64{1'000'000'000};
}

void TestTimestamp::fractionIsRoundedToTheNearest()
{
    QFETCH(quint32, fraction);
    QFETCH(qint64, nanoseconds);
    const RealTime moment = utc(2026, 1, 1);
    const Timestamp timestamp{toTimestamp(moment).bits() + fraction};
    QCOMPARE(fromTimestamp(timestamp, moment), moment + Nanoseconds{nanoseconds});
}

void TestTimestamp::everyNanosecondSurvivesThereAndBack()
{
    std::mt19937_64 random{20'360'207};
    std::uniform_int_distribution<std::int64_t> anyTime{
        utc(1800, 1, 1).time_since_epoch().count(), utc(2190, 1, 1).time_since_epoch().count()};
    std::uniform_int_distribution<std::int64_t> anyDistance{-(era / 2 - 2s).count(), (era / 2 - 2s).count()};
    for (int i = 0; i < 100'000; ++i) {
        const RealTime time{Nanoseconds{anyTime(random)}};
        const RealTime pivot = std::min(time + Nanoseconds{anyDistance(random)}, utc(2190, 1, 1));
        QCOMPARE(fromTimestamp(toTimestamp(time), pivot), time);
    }
}

void TestTimestamp::shortIntervalIsRoundedUpAndClamped_data()
{
    QTest::addColumn<double>("seconds");
    QTest::addColumn<quint32>("units");
    QTest::newRow("zero") << 0.0 << 0U;
    QTest::newRow("a second") << 1.0 << 65'536U;
    QTest::newRow("exact unit") << std::ldexp(5.0, -16) << 5U;
    QTest::newRow("nanosecond") << 1e-9 << 1U;
    QTest::newRow("just over a unit") << std::ldexp(1.0, -16) + 1e-9 << 2U;
    QTest::newRow("largest") << 65'536.0 - std::ldexp(1.0, -16) << 0xffff'ffffU;
    QTest::newRow("too large") << 65'536.0 << 0xffff'ffffU;
    QTest::newRow("infinite") << std::numeric_limits<double>::infinity() << 0xffff'ffffU;
    QTest::newRow("not a number") << std::numeric_limits<double>::quiet_NaN() << 0xffff'ffffU;
    QTest::newRow("negative") << -3.5 << 0U;
    QTest::newRow("minus infinite") << -std::numeric_limits<double>::infinity() << 0U;
}

void TestTimestamp::shortIntervalIsRoundedUpAndClamped()
{
    QFETCH(double, seconds);
    QFETCH(quint32, units);
    QCOMPARE(toShortInterval(Seconds{seconds}).count(), units);
}

void TestTimestamp::shortIntervalReadsExactly()
{
    QCOMPARE(Seconds{ShortInterval{0x0001'8000}}.count(), 1.5);
    QCOMPARE(Seconds{ShortInterval{0xffff'ffff}}.count(), 65'536.0 - std::ldexp(1.0, -16));
}

QTEST_APPLESS_MAIN(TestTimestamp)
#include "test_timestamp.moc"
