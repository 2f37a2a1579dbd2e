// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Servers that spread a leap second over hours are wrong by up to a second meanwhile, all in the same way, so that several of
// them can outvote those that are right. They are never mixed with others. Applied by Consensus before selection.

#include "sync/selection.h"

#include <span>

namespace foliot::sync {

// Takes away those that smear, as long as there is one that does not and can be used.
void judgeSmeared(std::span<Candidate> candidates);

} // namespace foliot::sync
