// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// One completed exchange with a server: four timestamps and what the server said of itself. Made by Exchange, read by
// the source filter. RFC 5905 section 8.

#include "ntp/protocol.h"
#include "ntp/time.h"

namespace foliot::ntp {

struct Measurement {
    LocalStamp localTransmit{}; // T1
    RealTime serverReceive{};   // T2, era resolved
    RealTime serverTransmit{};  // T3, era resolved
    LocalStamp localReceive{};  // T4
    LeapIndicator leap = LeapIndicator::Unsynchronized;
    std::uint8_t version = 4;
    std::uint8_t stratum = 0;        // 1 to 15 in a usable reply; 0 and 16 and more mean unsynchronized
    std::int8_t serverPoll = 0;      // log2 seconds
    std::int8_t serverPrecision = 0; // log2 seconds, normally negative
    std::uint32_t referenceId = 0;
    Seconds rootDelay{};      // server to its primary source and back
    Seconds rootDispersion{}; // server's own error against its primary source
    RealTime referenceTime{}; // when the server's clock was last corrected; 1970 when it does not say
    bool interleaved = false; // the stamps belong to the previous exchange, RFC 9769
    bool authenticated = false;

    friend bool operator==(const Measurement&, const Measurement&) = default;
};

// Whether the server says that its time can be used: leap not 3, stratum 1 to 15. Otherwise it is reachable, no more.
bool isSynchronized(const Measurement& m);

// Round-trip delay on the oscillator less the server's processing time. May come out below zero through rounding and
// the oscillator's error; callers floor it at the precision. Section 8, delta.
Seconds delay(const Measurement& m);

// Offset of the server relative to our clock as it read at the time, positive when our clock is behind. Section 8,
// theta, for display: the estimators work on the oscillator instead.
Seconds offset(const Measurement& m);

// Bound on the error of offset() that does not come from the path: both precisions, the stamps' own error and PHI over
// the round trip. Section 8, epsilon.
Seconds dispersion(const Measurement& m, Seconds localPrecision);

} // namespace foliot::ntp
