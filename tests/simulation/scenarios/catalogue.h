// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every scenario by its name: the benchmark measures them all, and what all have to fulfil is asserted of each.

#include "simulation/scenario.h"

#include <vector>

namespace foliot::simulation {

std::vector<Scenario> catalogue();

} // namespace foliot::simulation
