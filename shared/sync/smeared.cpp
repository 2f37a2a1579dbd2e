// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/smeared.h"

#include <algorithm>

namespace foliot::sync {

void judgeSmeared(std::span<Candidate> candidates)
{
    const bool hasUtc = std::ranges::any_of(candidates, [](const Candidate& candidate) {
        return !candidate.smears && !candidate.noSelect && candidate.unusable == Reason::None;
    });
    for (Candidate& candidate : candidates) {
        if (hasUtc && candidate.smears && candidate.unusable == Reason::None)
            candidate.unusable = Reason::Smeared;
    }
}

} // namespace foliot::sync
