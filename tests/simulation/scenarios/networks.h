// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One good server behind a bad network.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

Scenario jitterOnTheWayBack();
Scenario jitterOnTheWayThere();
Scenario spikes(); // one packet in twenty is 10 ms late
// A quarter of each hour the jitter is fifty times as much.
Scenario congestionEachHour();
Scenario congestionOnTheWayThere();
// Jitter as the sum of `exponentials` exponentials, with the same mean in all.
Scenario gammaJitter(int exponentials, double mean, const char* name);
Scenario halfOfThePacketsAreLost();
Scenario seenTwentyMinutesIn10000s();
Scenario seenHalfAnHourEachDay();
// The way there is longer by 100 ms, which nothing that the packets say can tell.
Scenario waysDifferBy100ms();

// The server's answers leave a fifth of a millisecond or more later than they say.
Scenario serverAnswersLate();
// The same, but it tells afterwards; and then half of the packets are lost as well.
Scenario serverTellsHowLate();
Scenario serverTellsHowLateInLossyNetwork();
// A good server in interleaved mode at the default poll interval: what it tells is up to 17 minutes old.
Scenario measuredAPollLate();

std::vector<Scenario> badNetworks();

} // namespace foliot::simulation
