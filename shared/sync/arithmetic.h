// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What <cmath> lacks.

#include "ntp/time.h"

#include <cmath>

namespace foliot::sync {

constexpr double square(double x)
{
    return x * x;
}

inline Seconds abs(Seconds duration)
{
    return Seconds(std::abs(duration.count()));
}

} // namespace foliot::sync
