// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// What the numbers and verdicts about a source are called, in the terms of RFC 5905 and of other NTP programs: headings of
// the window and of foliotctl, so that both say the same. Verdicts are the words of the bus.

#include "bus/client/words.h"

namespace foliot::bus {

enum class Term : quint8 {
    Source,
    Address,
    Verdict,
    Stratum,
    Reach,
    Poll,
    LastAnswer,
    Offset,
    Delay,
    Jitter,
    Frequency,
    RootDistance,
    CorrectnessInterval,
    ReferenceId,
    LeapSecond,
    NtpVersion,
    RootDelay,
    RootDispersion,
    LastSample,
    Timestamps,
    Queries,
    KissCode,
    LastError,
    Origin,
    Options,
};

// In English, and the text to translate in the context below; plain ASCII.
const char* term(Term term);
// The same, where a column should be no wider than its numbers.
const char* briefTerm(Term term);
const char* term(Verdict verdict);

inline constexpr const char* termContext = "foliot::bus::Term";
inline constexpr const char* verdictContext = "foliot::bus::Verdict";

} // namespace foliot::bus
