// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/measurement.h"

#include "ntp/split_time.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace foliot::ntp {

namespace {

// Subtracts whole seconds and the rest apart: stamps of clocks that are centuries apart do not overflow.
template<typename Clock>
Seconds between(std::chrono::time_point<Clock, Nanoseconds> earlier, std::chrono::time_point<Clock, Nanoseconds> later)
{
    const SplitTime from = split(earlier.time_since_epoch());
    const SplitTime to = split(later.time_since_epoch());
    return std::chrono::seconds{to.seconds - from.seconds} + Seconds{Nanoseconds{to.nanoseconds - from.nanoseconds}};
}

} // namespace

bool isSynchronized(const Measurement& m)
{
    return m.leap != LeapIndicator::Unsynchronized && m.stratum > 0 && m.stratum < maxStratum;
}

Seconds delay(const Measurement& m)
{
    return between(m.localTransmit.raw, m.localReceive.raw) - between(m.serverReceive, m.serverTransmit);
}

Seconds offset(const Measurement& m)
{
    return (between(m.localTransmit.real, m.serverReceive) + between(m.localReceive.real, m.serverTransmit)) / 2;
}

Seconds dispersion(const Measurement& m, Seconds localPrecision)
{
    const Seconds serverPrecision{std::ldexp(1.0, m.serverPrecision)};
    // A stamp's error moves the offset by half of itself and can shorten the delay, half of which bounds the path's
    // part, by as much: together the larger of the two covers both.
    const Seconds stampError = std::max(m.localTransmit.error, m.localReceive.error);
    const Seconds roundTrip = between(m.localTransmit.raw, m.localReceive.raw);
    return serverPrecision + localPrecision + stampError + roundTrip * (frequencyTolerancePpm * 1e-6);
}

} // namespace foliot::ntp
