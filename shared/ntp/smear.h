// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// How a server that spreads a leap second over hours says so: in place of its reference identifier stands 254.x.y.z, where
// x.y.z is what it adds to UTC, in seconds with two bits before the binary point and 22 behind it. A custom of ntpd that
// others took over; no RFC has it. 254.0.0.0/8 is nobody's address.

#include "ntp/time.h"

#include <cstdint>
#include <optional>

namespace foliot::ntp {

// offset: within +-2 s, to the nearest 2^-22 s.
std::uint32_t smearReferenceId(Seconds offset);

// What the server adds to UTC. Absent when the identifier is none of these; one that is may be the hash of an IPv6 address all
// the same.
std::optional<Seconds> smearOf(std::uint32_t referenceId);

// Whether there may be such a thing then: on the last day of a half year and the one after it, where nearly all leap seconds
// and all of their smears are.
bool maySmearAt(RealTime utc);

} // namespace foliot::ntp
