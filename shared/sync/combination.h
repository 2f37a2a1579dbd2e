// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One estimate from those that selection kept, weighted by how sure each is. Fed by selection, read by the discipline
// and shown. RFC 5905 section 11.2.3, with what the estimators know of their errors, and of how much of them they share,
// in place of root distances.

#include "sync/cross_covariance.h"
#include "sync/selection.h"

#include <cstdint>
#include <optional>
#include <span>

namespace foliot::sync {

struct Combination {
    OscillatorEstimate estimate;
    Seconds rootDistance{}; // holds |UTC - estimate| whatever the asymmetries
    Seconds jitter{};
    SourceId selected; // the source that stands for all; of it, then:
    int stratum = 0;
    std::uint32_t referenceId = 0; // its address
    Seconds rootDelay{};
};

// Combines the candidates judged Combined and marks one Selected: of those that weigh nearly as much as the heaviest the one
// of the lowest stratum, but the one selected before stays while it weighs half as much and none of a lower stratum comes,
// so that what we tell our clients does not flap. Empty when there is none.
std::optional<Combination> combine(std::span<const Candidate> candidates, std::span<Judgement> judgements,
    const CrossCovariances& shared, std::optional<SourceId> selectedBefore);

} // namespace foliot::sync
