// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "sync/sample.h"

#include <algorithm>
#include <cmath>

namespace foliot::sync {

namespace {

// How far the stamp may be off either way. One that we took ourselves is off one way only: before the packet left, after
// it arrived. That is delay, and the filter knows it as such.
Seconds eitherWay(const LocalStamp& stamp)
{
    return stamp.origin == StampOrigin::UserSpace ? Seconds{} : Seconds(stamp.error);
}

} // namespace

Sample sampleOf(const ntp::Measurement& measurement, Nanoseconds clockPrecision)
{
    const ntp::Measurement& m = measurement;
    return {
        .at = m.localTransmit.raw + (m.localReceive.raw - m.localTransmit.raw) / 2,
        .outbound = m.serverReceive.time_since_epoch() - m.localTransmit.raw.time_since_epoch(),
        .inbound = m.localReceive.raw.time_since_epoch() - m.serverTransmit.time_since_epoch(),
        .stampError = Seconds(std::ldexp(1.0, m.serverPrecision)) + Seconds(clockPrecision) +
                      (eitherWay(m.localTransmit) + eitherWay(m.localReceive)) / 2.0,
    };
}

Seconds delayOf(const Sample& sample)
{
    return std::max(Seconds{}, Seconds(sample.outbound + sample.inbound));
}

Seconds offsetOf(const Sample& sample, Nanoseconds origin)
{
    return (Seconds(sample.outbound - origin) - Seconds(sample.inbound + origin)) / 2.0;
}

} // namespace foliot::sync
