// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Words and numbers of the Network Time Protocol that more than one part needs. RFC 5905 sections 7.2 and 7.3.

#include "ntp/time.h"

#include <cstdint>

namespace foliot::ntp {

enum class LeapIndicator : std::uint8_t {
    None = 0,
    InsertSecond = 1, // the last minute of the day has 61 seconds
    DeleteSecond = 2, // the last minute of the day has 59 seconds
    Unsynchronized = 3,
};

enum class Mode : std::uint8_t {
    Reserved = 0,
    SymmetricActive = 1,
    SymmetricPassive = 2,
    Client = 3,
    Server = 4,
    Broadcast = 5,
    Control = 6,
    Private = 7,
};

inline constexpr std::uint16_t defaultPort = 123;     // PORT
inline constexpr double frequencyTolerancePpm = 15.0; // PHI
inline constexpr Seconds maxDispersion{16.0};         // MAXDISP
inline constexpr Seconds maxDistance{1.0};            // MAXDIST
inline constexpr std::uint8_t maxStratum = 16;        // MAXSTRAT

} // namespace foliot::ntp
