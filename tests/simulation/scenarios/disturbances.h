// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What happens to a clock that was right: somebody else sets it, the machine sleeps, the server's time jumps, nobody
// answers any more.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

Scenario clockSetByOthers();
// Another program runs adjtime, then one sets the frequency.
Scenario clockSlewedByOthers();
Scenario suspendForAnHour();
// A virtual machine is held for ten seconds, and nothing in it can tell.
Scenario pauseForTenSeconds();
// The only server is 20 ms fast, within what it says of itself, restarts and is right.
Scenario serverRestartsWithAStep();
// It comes back 20 ms fast and is mended after 3000 s.
Scenario oneOfThreeRestartsWithAStep();
Scenario unreachableForADay();

std::vector<Scenario> disturbances();

} // namespace foliot::simulation
