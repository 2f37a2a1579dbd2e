// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Which sources tell the truth: intersection of correctness intervals, then outliers. Fed with what each source's filter
// knows, read by combination and shown with a verdict and a reason for every source. RFC 5905 section 11.2.

#include "sync/oscillator_estimate.h"
#include "sync/source_id.h"
#include "sync/state.h"
#include "sync/verdict.h"

#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace foliot::sync {

// A source as selection sees it. Offsets are UTC minus clock, all at the same moment.
struct Candidate {
    SourceId source;
    Reason unusable = Reason::None; // why it cannot be used; None when it can
    bool noSelect = false;
    bool prefer = false;
    bool trust = false;
    bool require = false;
    bool smears = false; // leap seconds
    int stratum = 0;
    std::uint32_t referenceId = 0;       // the server's address; 0: unknown
    std::uint32_t ourReferenceId = 0;    // ours, as this server would name us; 0: unknown
    std::uint32_t serverReferenceId = 0; // what the server says that it follows
    OscillatorEstimate estimate;
    Seconds offset{};
    Seconds rootDistance{};
    Seconds rootDelay{}; // of the whole way to the reference clock and back
    Seconds jitter{};
};

struct Judgement {
    SourceId source;
    Verdict verdict = Verdict::Waiting;
    Reason reason = Reason::FirstSamplesPending;
    std::optional<Interval> correctness;

    friend bool operator==(const Judgement&, const Judgement&) = default;
};

struct Selection {
    std::vector<Judgement> judgements; // one for each candidate, in their order
    std::optional<Interval> agreement; // where the truechimers' intervals meet
    Reason undecided = Reason::None;   // why none of the usable ones is used
};

Selection select(std::span<const Candidate> candidates, int minSources);

} // namespace foliot::sync
