// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// More than one server, some of which do not tell the truth.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

Scenario threeGood();
Scenario threeGoodWithJitterOf1ms();
Scenario oneOfThreeFalseBy5ms();
// It tells the truth at first.
Scenario oneOfThreeTurnsFalse();
Scenario oneOfThreeFalseBy100ms();
Scenario twoOfFiveFalseBy100ms(); // one fast, one slow
Scenario oneOfThreeDriftsBy1ppm();
// Two and two, 0.1 s apart, from 40 000 s to 60 000 s.
Scenario halfOfFourTurnFalse();
// Two and two from the start.
Scenario halfOfFourAreFalse();
// The majority turns false, by 2000 s.
Scenario twoOfThreeTurnFalseBy2000s();
// The only server's time goes to and fro by half a second, within what it says of itself.
Scenario onlySourceOscillates();

// Those of them in which the truth is in the majority.
std::vector<Scenario> severalSources();

} // namespace foliot::simulation
