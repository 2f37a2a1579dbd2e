// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "simulation/scenarios/calendar.h"

namespace foliot::simulation {

using namespace std::chrono_literals;

namespace {

Scenario startingAt(const char* name, std::chrono::sys_days day, std::chrono::seconds time)
{
    return {.name = name,
        .epoch = RealTime(day.time_since_epoch() + time),
        .sources = {sourceWithJitter(1e-4)},
        .duration = 20'000.0,
        .settledAfter = 5000.0};
}

Scenario endOfJune(const char* name, ntp::LeapIndicator announced, int announcers)
{
    Scenario scenario = startingAt(name, 2026y / 6 / 30, 12h);
    scenario.epoch += 500ms; // nobody looks at a clock in the very instant of a leap second
    scenario.rmsWithin = 3e-5;
    scenario.sources = alike(3, sourceWithJitter(1e-4));
    for (int i = 0; i < announcers; ++i)
        scenario.sources[static_cast<std::size_t>(i)].server.leap = announced;
    scenario.duration = 60'000.0;
    return scenario;
}

} // namespace

Scenario eraEndsIn2036()
{
    return startingAt("era_ends_in_2036", 2036y / 2 / 7, 6h + 28min + 16s - 10'000s);
}

Scenario secondsEndIn2038()
{
    return startingAt("seconds_end_in_2038", 2038y / 1 / 19, 3h + 14min + 8s - 10'000s);
}

Scenario clockOf1970()
{
    Scenario scenario = startingAt("clock_of_1970", 2026y / 3 / 1, 0s);
    scenario.clock.offset = -Seconds(scenario.epoch.time_since_epoch()).count();
    return scenario;
}

Scenario leapSecondIsInserted()
{
    Scenario scenario = endOfJune("leap_second_is_inserted", ntp::LeapIndicator::InsertSecond, 3);
    scenario.leap = {.at = 43'199.5, .inserted = 1};
    return scenario;
}

Scenario leapSecondIsLeftOut()
{
    Scenario scenario = endOfJune("leap_second_is_left_out", ntp::LeapIndicator::DeleteSecond, 3);
    scenario.leap = {.at = 43'198.5, .inserted = -1};
    return scenario;
}

Scenario leapSecondIsInTheList()
{
    Scenario scenario = leapSecondIsInserted();
    scenario.name = "leap_second_is_in_the_list";
    for (SourceSpec& source : scenario.sources)
        source.server.leap = ntp::LeapIndicator::None;
    scenario.leapList = {
        .changes = {{.day = 2017y / 1 / 1, .taiMinusUtc = 37}, {.day = 2026y / 7 / 1, .taiMinusUtc = 38}},
        .expires = RealTime(std::chrono::sys_days(2026y / 12 / 28).time_since_epoch())};
    return scenario;
}

Scenario leapSecondIsFalse()
{
    Scenario scenario = endOfJune("leap_second_is_false", ntp::LeapIndicator::InsertSecond, 1);
    scenario.rmsWithin = 0.0;
    return scenario;
}

Scenario leapSecondIsSmearedByOne()
{
    Scenario scenario = leapSecondIsInserted();
    scenario.name = "leap_second_is_smeared_by_one_of_three";
    scenario.epoch -= 6h; // so that the smearing begins when all has settled
    scenario.leap.at += 21'600.0;
    scenario.sources[0].server.leap = ntp::LeapIndicator::None;
    scenario.sources[0].server.smears = true;
    scenario.duration = 130'000.0;
    scenario.rmsWithin = 5e-5;
    return scenario;
}

Scenario leapSecondIsSmearedByMost()
{
    Scenario scenario = leapSecondIsSmearedByOne();
    scenario.name = "leap_second_is_smeared_by_two_of_three";
    scenario.rmsWithin = 2e-5;
    for (std::size_t i : {0U, 1U}) {
        scenario.sources[i].server.leap = ntp::LeapIndicator::None;
        scenario.sources[i].server.smears = true;
        scenario.sources[i].server.saysHowMuch = true;
    }
    return scenario;
}

std::vector<Scenario> momentsOfTheCalendar()
{
    return {eraEndsIn2036(), secondsEndIn2038(), clockOf1970(), leapSecondIsInserted(), leapSecondIsLeftOut(),
        leapSecondIsInTheList(), leapSecondIsFalse(), leapSecondIsSmearedByOne(), leapSecondIsSmearedByMost()};
}

} // namespace foliot::simulation
