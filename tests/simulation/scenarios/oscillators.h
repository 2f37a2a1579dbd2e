// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One good server, and an oscillator whose temperature changes.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

Scenario temperatureByTheHour(); // 0.1 ppm up and down
Scenario temperatureByTheDay();  // 1 ppm
// It is switched on and off each hour: 0.1 ppm at once.
Scenario temperatureInSteps();
Scenario month();

std::vector<Scenario> restlessOscillators();

} // namespace foliot::simulation
