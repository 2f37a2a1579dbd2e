// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// A server that follows another source of ours says what that one says: its voice would count twice, and computers that ask each
// other would hear themselves through one another, and outvote the only one that has a source. Applied by Consensus before
// selection.

#include "sync/selection.h"

#include <span>

namespace foliot::sync {

// Takes away those whose reference is another candidate that can be used. Not what a person has singled out, and not who
// says something else than the one it follows: that is no echo, and one server that lies to us alone would silence all the
// honest ones that follow it.
void judgeFollowers(std::span<Candidate> candidates);

} // namespace foliot::sync
