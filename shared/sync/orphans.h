// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Orphan mode: computers that ask each other and that, when none of them has a source left, agree on one whose clock the
// others follow, without asking anybody. All of them serve the same local stratum then; the one with the smallest address
// follows nobody, and is followed. The addresses are compared as reference identifiers, as chrony's `local ... orphan` does.
// Applied by Consensus before selection.

#include "sync/selection.h"

#include <span>

namespace foliot::sync {

// Takes away what stands at orphanStratum or beyond, for it has no source itself: all of them, but for the one to follow
// when there is nothing else. Candidates that are about to speak count as something else.
void judgeOrphans(std::span<Candidate> candidates, int orphanStratum);

} // namespace foliot::sync
