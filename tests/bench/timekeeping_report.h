// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Rows as text: JSON for scripts, a table for people.

#include "bench/timekeeping_rows.h"

#include <span>
#include <string>

namespace foliot::simulation {

std::string asJson(std::span<const Row> rows);
std::string asTable(std::span<const Row> rows);

} // namespace foliot::simulation
