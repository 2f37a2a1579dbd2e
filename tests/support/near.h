// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Comparing numbers that are not whole.

#include <cmath>

namespace foliot::tests {

// Absolute tolerance, in the unit of the values: relative ones fail around zero.
inline bool near(double value, double expected, double tolerance)
{
    return std::abs(value - expected) <= tolerance;
}

} // namespace foliot::tests
