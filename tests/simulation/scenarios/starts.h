// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Clocks that start wrong, with a burst of queries to one good server, 10 us of jitter: how soon they are right.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

// name: "start0.1s.100ppm". The clock starts `offset` seconds ahead and runs `ppm` fast.
Scenario startsWrong(double offset, double ppm);
// The same where stepping is not allowed.
Scenario startsWrongWithoutStep(double offset, double ppm);

std::vector<Scenario> starts();

} // namespace foliot::simulation
