// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What became of a source in the last round of selection, and why. The window draws this.

#include <cstdint>
#include <string_view>

namespace foliot::sync {

enum class Verdict : std::uint8_t {
    Waiting,     // no usable sample yet
    Unreachable, // does not answer
    Unusable,    // answers, but not with time that can be used
    Excluded,    // the user said noselect
    Falseticker, // its correctness interval misses the agreed one
    Undecided,   // usable, but the sources do not agree on a majority
    Outlier,     // tells the truth, but adds more jitter than it takes away, or a preferred one is used alone
    Combined,    // used
    Selected,    // used, and stands for all: clients are told that we follow it
};

enum class Reason : std::uint8_t {
    None,
    FirstSamplesPending,
    NoReply,
    NameUnresolved,
    NetworkUnreachable,
    ConnectionRefused,
    NoKeys,               // to authenticate it with, or it refuses ours
    AskedAlready,         // its server is asked as another source
    ServerUnsynchronized, // leap 3 or stratum 0 or 16
    DistanceTooLarge,     // root distance over the limit
    SynchronizedToUs,     // a loop
    FollowsAnother,       // source of ours
    Orphan,               // it has no source itself, and is not the one to follow then
    Smeared,              // it spreads leap seconds over hours, and others do not
    SampleTooOld,
    OutsideAgreement, // falseticker
    AgainstTrusted,   // falseticker: a trusted source says otherwise
    NoMajority,
    TooFewSources,   // fewer agree than the configuration wants
    RequiredMissing, // no source that the configuration requires is among those that agree
    MoreJitter,
    NotPreferred, // a preferred source is used alone
    ExcludedByUser,
    KissDeny,
    KissRestrict,
    Agrees,
    BestEstimate,
};

// Words for logs, D-Bus and JSON: "falseticker", "outside-agreement".
std::string_view verdictWord(Verdict verdict);
std::string_view reasonWord(Reason reason);

} // namespace foliot::sync
