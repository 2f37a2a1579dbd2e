// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// FAULTS row 74

#include "sync/leap_watch.h"

#include <QTest>

using namespace foliot;
using namespace foliot::sync;
using namespace std::chrono_literals;

namespace {

using Leap = ntp::LeapIndicator;

constexpr Nanoseconds rawAtNoon = 1000s;

RealTime at(std::chrono::sys_days day, Nanoseconds time)
{
    return RealTime(day.time_since_epoch() + time);
}

// A watch on that day, read each second as the oscillator counts them from noon on.
class Day {
public:
    explicit Day(std::chrono::sys_days day)
        : m_day(day)
    {}

    void announce(const std::vector<Leap>& leaps) { watch.hear(leaps); }
    // Seconds after noon; UTC as it is counted before any leap second.
    Nanoseconds pass(Nanoseconds sinceNoon)
    {
        const Nanoseconds jump = watch.observe(raw(sinceNoon), at(m_day, 12h + sinceNoon) + m_leapt);
        m_leapt += jump;
        return jump;
    }
    static RawTime raw(Nanoseconds sinceNoon) { return RawTime(rawAtNoon + sinceNoon); }

    LeapWatch watch;

private:
    std::chrono::sys_days m_day;
    Nanoseconds m_leapt{};
};

constexpr std::chrono::sys_days lastOfJune = 2026y / 6 / 30;

} // namespace

class TestLeapWatch : public QObject {
    Q_OBJECT

private Q_SLOTS:
    void leapSecondOfTheMajorityIsDue_data()
    {
        QTest::addColumn<std::vector<Leap>>("announced");
        QTest::addColumn<Leap>("due");
        const auto insert = Leap::InsertSecond;
        const auto leaveOut = Leap::DeleteSecond;
        QTest::newRow("none") << std::vector{Leap::None} << Leap::None;
        QTest::newRow("the only one") << std::vector{insert} << insert;
        QTest::newRow("left out") << std::vector{leaveOut, leaveOut} << leaveOut;
        QTest::newRow("half") << std::vector{insert, Leap::None} << Leap::None;
        QTest::newRow("two of three") << std::vector{insert, Leap::None, insert} << insert;
        QTest::newRow("one of three") << std::vector{Leap::None, Leap::None, insert} << Leap::None;
        QTest::newRow("opposite ones") << std::vector{insert, leaveOut, Leap::None} << Leap::None;
        QTest::newRow("nobody") << std::vector<Leap>{} << Leap::None;
    }
    void leapSecondOfTheMajorityIsDue()
    {
        QFETCH(std::vector<Leap>, announced);
        Day day(lastOfJune);
        day.announce(announced);
        QCOMPARE(day.pass(0s), 0s);
        QTEST(day.watch.due(), "due");
    }

    void onlyTheEndsOfTheHalfYearsHaveOne_data()
    {
        QTest::addColumn<std::chrono::sys_days>("date");
        QTest::addColumn<Leap>("due");
        const auto day = [](auto date) { return std::chrono::sys_days(date); };
        QTest::newRow("June") << day(2026y / 6 / 30) << Leap::InsertSecond;
        QTest::newRow("December") << day(2026y / 12 / 31) << Leap::InsertSecond;
        QTest::newRow("the day before") << day(2026y / 6 / 29) << Leap::None;
        QTest::newRow("the day after") << day(2026y / 7 / 1) << Leap::None;
        QTest::newRow("March") << day(2026y / 3 / 31) << Leap::None;
        QTest::newRow("leap day") << day(2028y / 2 / 29) << Leap::None;
    }
    void onlyTheEndsOfTheHalfYearsHaveOne()
    {
        QFETCH(std::chrono::sys_days, date);
        Day day(date);
        day.announce({Leap::InsertSecond});
        day.pass(0s);
        QTEST(day.watch.due(), "due");
    }

    void listDecidesWhereTheSourcesAnnounceNothing_data()
    {
        QTest::addColumn<std::optional<Leap>>("listed");
        QTest::addColumn<Leap>("announced");
        QTest::addColumn<Leap>("due");
        const auto listed = [](Leap leap) { return std::optional(leap); };
        QTest::newRow("listed, and nobody says so") << listed(Leap::InsertSecond) << Leap::None << Leap::InsertSecond;
        QTest::newRow("listed and announced") << listed(Leap::InsertSecond) << Leap::InsertSecond << Leap::InsertSecond;
        QTest::newRow("listed, and the opposite announced")
            << listed(Leap::DeleteSecond) << Leap::InsertSecond << Leap::InsertSecond;
        QTest::newRow("announced and not listed") << listed(Leap::None) << Leap::InsertSecond << Leap::InsertSecond;
        QTest::newRow("neither") << listed(Leap::None) << Leap::None << Leap::None;
        QTest::newRow("expired list") << std::optional<Leap>{} << Leap::InsertSecond << Leap::InsertSecond;
        QTest::newRow("expired list, and nobody says so") << std::optional<Leap>{} << Leap::None << Leap::None;
    }
    void listDecidesWhereTheSourcesAnnounceNothing()
    {
        QFETCH(const std::optional<Leap>, listed);
        QFETCH(const Leap, announced);
        Day day(lastOfJune);
        ntp::LeapSeconds list{.changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}}, .expires = at(lastOfJune, 12h)};
        if (listed)
            list.expires = at(lastOfJune, 24h);
        if (listed && *listed != Leap::None)
            list.changes.push_back({.day = 2026y / 7 / 1, .taiMinusUtc = *listed == Leap::InsertSecond ? 38 : 36});
        day.watch.know(list);
        day.announce({announced});
        day.pass(0s);
        QTEST(day.watch.due(), "due");
        const int before = 37;
        QCOMPARE(day.watch.taiMinusUtc(), before);
        day.pass(12h + 1s);
        day.pass(12h + 3s);
        if (listed)
            QCOMPARE(day.watch.taiMinusUtc(), list.changes.back().taiMinusUtc); // by the day that it is now
        QVERIFY(day.watch.due() == Leap::None);
    }

    // Nobody vouches for what it has beyond that.
    void expiredListSaysNothing()
    {
        Day day(lastOfJune);
        day.watch.know(
            {.changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}, {.day = 2026y / 7 / 1, .taiMinusUtc = 38}},
                .expires = at(lastOfJune, 24h - 1ns)});
        day.pass(0s);
        QCOMPARE(day.watch.due(), Leap::None);
    }

    void listKnowsLeapSecondsOfOtherMonths()
    {
        Day day(2026y / 3 / 31);
        day.watch.know(
            {.changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}, {.day = 2026y / 4 / 1, .taiMinusUtc = 38}},
                .expires = at(2026y / 6 / 28, 0s)});
        day.pass(0s);
        QCOMPARE(day.watch.due(), Leap::InsertSecond);
    }

    void momentIsToldBeforeAndAfter()
    {
        for (const Leap leap : {Leap::InsertSecond, Leap::DeleteSecond}) {
            Day day(lastOfJune);
            QVERIFY(!day.watch.moment());
            day.announce({leap});
            day.pass(0s);
            const Nanoseconds until = leap == Leap::InsertSecond ? 12h : 12h - 1s;
            LeapMoment moment{.leap = leap, .midnight = at(lastOfJune, 24h), .at = day.raw(until), .isPast = false};
            QCOMPARE(day.watch.moment(), std::optional(moment));
            day.pass(until + 50ms);
            moment.isPast = true;
            QCOMPARE(day.watch.moment(), std::optional(moment));
        }
    }

    // Whoever starts an hour after it.
    void momentThatWasMissedIsInTheList()
    {
        Day day(2026y / 7 / 1);
        day.watch.know(
            {.changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}, {.day = 2026y / 7 / 1, .taiMinusUtc = 38}},
                .expires = at(2026y / 12 / 28, 0s)});
        day.pass(-11h);
        QCOMPARE(day.watch.moment(),
            std::optional(LeapMoment{
                .leap = Leap::InsertSecond, .midnight = at(2026y / 7 / 1, 0s), .at = day.raw(-12h), .isPast = true}));
    }

    void withoutAListTaiIsNotKnown()
    {
        Day day(lastOfJune);
        day.pass(0s);
        QVERIFY(!day.watch.taiMinusUtc());
    }

    void secondIsInsertedOnceAtMidnight()
    {
        Day day(lastOfJune);
        day.announce({Leap::InsertSecond});
        QCOMPARE(day.pass(12h - 3s), 0s);
        QVERIFY(!day.watch.isNear(day.raw(12h - 3s)));
        QCOMPARE(day.pass(12h - 1ns), 0s);
        QVERIFY(day.watch.isNear(day.raw(12h - 1ns)));
        QCOMPARE(day.pass(12h + 50ms), -1s);
        QCOMPARE(day.watch.due(), Leap::None);
        day.announce({Leap::InsertSecond}); // servers may be slow to take it back
        for (Nanoseconds later = 100ms; later < 10s; later += 100ms)
            QCOMPARE(day.pass(12h + later), 0s);
        QCOMPARE(day.watch.due(), Leap::None);
    }

    void lastSecondIsLeftOut()
    {
        Day day(lastOfJune);
        day.announce({Leap::DeleteSecond});
        QCOMPARE(day.pass(12h - 1s - 1ns), 0s);
        QCOMPARE(day.pass(12h - 1s), 1s);
        QCOMPARE(day.pass(12h - 500ms), 0s);
    }

    void announcementTakenBackIsForgotten()
    {
        Day day(lastOfJune);
        day.announce({Leap::InsertSecond});
        day.pass(1h);
        day.announce({Leap::None});
        day.pass(2h);
        QCOMPARE(day.watch.due(), Leap::None);
        QVERIFY(!day.watch.nextWakeup(day.raw(2h)));
        QVERIFY(!day.watch.isNear(day.raw(12h)));
        QCOMPARE(day.pass(12h + 1s), 0s);
    }

    // Whoever sees the clock only then, after a day of sleep, has measured anew what there is to say of it.
    void leapSecondOfADayAgoIsNoLongerCounted()
    {
        Day day(lastOfJune);
        day.announce({Leap::InsertSecond});
        day.pass(0s);
        QCOMPARE(day.pass(36h + 1s), 0s);
        QCOMPARE(day.watch.due(), Leap::None);
        QCOMPARE(day.watch.leaptSince(day.raw(11h)), 0s);
    }

    void whatIsCloseToItIsPutOff()
    {
        Day day(lastOfJune);
        day.announce({Leap::InsertSecond});
        day.pass(0s);
        QCOMPARE(day.watch.nextWakeup(day.raw(0s)).value(), day.raw(12h + 50ms));
        QCOMPARE(day.watch.afterwards(day.raw(12h - 5s)), day.raw(12h - 5s));
        QCOMPARE(day.watch.afterwards(day.raw(12h - 1s)), day.raw(12h + 2s));
        QCOMPARE(day.watch.jumpNear(day.raw(12h - 1s)), -1s);
        QCOMPARE(day.watch.jumpNear(day.raw(11h)), 0s);
        day.pass(12h + 50ms);
        QCOMPARE(day.watch.nextWakeup(day.raw(12h + 50ms)).value(), day.raw(12h + 2s));
        QCOMPARE(day.watch.afterwards(day.raw(12h + 2s)), day.raw(12h + 2s));
        QVERIFY(!day.watch.nextWakeup(day.raw(12h + 2s)));
    }

    void lateNewsOfTheTimeBeforeAreMovedAlong()
    {
        Day day(lastOfJune);
        day.announce({Leap::InsertSecond});
        day.pass(0s);
        QCOMPARE(day.watch.leaptSince(day.raw(11h)), 0s);
        day.pass(12h + 50ms);
        QCOMPARE(day.watch.leaptSince(day.raw(11h)), -1s);
        QCOMPARE(day.watch.leaptSince(day.raw(12h + 3s)), 0s);
    }
};

QTEST_GUILESS_MAIN(TestLeapWatch)
#include "test_leap_watch.moc"
