// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/orphans.h"

#include <algorithm>

namespace foliot::sync {

void judgeOrphans(std::span<Candidate> candidates, int orphanStratum)
{
    Candidate* root = nullptr;
    bool hasOthers = false;
    for (Candidate& candidate : candidates) {
        const bool isOrphan = candidate.unusable == Reason::None && candidate.stratum >= orphanStratum;
        if (!isOrphan) {
            const bool maySpeak =
                candidate.unusable == Reason::None || candidate.unusable == Reason::FirstSamplesPending;
            hasOthers = hasOthers || (maySpeak && !candidate.noSelect);
            continue;
        }
        candidate.unusable = Reason::Orphan;
        // Beyond that stratum it follows another orphan.
        const bool mayBeRoot = candidate.stratum == orphanStratum && !candidate.noSelect;
        if (mayBeRoot && (!root || candidate.referenceId < root->referenceId))
            root = &candidate;
    }
    // 0: what we are called is not known, so that two could follow each other.
    if (root && !hasOthers && root->ourReferenceId != 0 && root->referenceId < root->ourReferenceId)
        root->unusable = Reason::None;
}

} // namespace foliot::sync
