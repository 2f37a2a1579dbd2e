// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Moments at which clocks go wrong: ends of eras, leap seconds.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

// NTP's 32 bits of seconds run out on 2036-02-07 at 06:28:16 UTC, the middle of the run.
Scenario eraEndsIn2036();
// Signed 32 bits of seconds since 1970 run out on 2038-01-19 at 03:14:08 UTC.
Scenario secondsEndIn2038();
// A machine without a battery for its clock starts in 1970.
Scenario clockOf1970();

// All three servers announce a second that is inserted at the end of June, 12 hours after the start.
Scenario leapSecondIsInserted();
Scenario leapSecondIsLeftOut();
// The first one, that no server announces and a list has.
Scenario leapSecondIsInTheList();
// One of three announces a leap second that does not come.
Scenario leapSecondIsFalse();
// One of three spreads the leap second over the day around it.
Scenario leapSecondIsSmearedByOne();

// Two of three do, and say so; there is no majority of those that are right.
Scenario leapSecondIsSmearedByMost();

std::vector<Scenario> momentsOfTheCalendar();

} // namespace foliot::simulation
