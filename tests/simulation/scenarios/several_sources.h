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

std::vector<Scenario> severalSources();

} // namespace foliot::simulation
