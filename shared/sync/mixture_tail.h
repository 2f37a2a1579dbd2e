// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The tail of a mixture of normal laws: when models disagree about how wide a belief is, the widest rule far out, and no
// number of standard deviations holds a given share.

#include <span>

namespace foliot::sync {

struct NormalPart {
    double share = 0.0;
    double mean = 0.0;
    double deviation = 0.0;
};

// How far from 0 all but `outside` of the mixture reaches. The shares add up to about 1.
double reach(std::span<const NormalPart> parts, double outside);

} // namespace foliot::sync
