// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/leap_seconds.h"

#include <algorithm>

namespace foliot::ntp {

bool LeapSeconds::covers(std::chrono::sys_days day) const
{
    return RealTime{(day + std::chrono::days{1}).time_since_epoch()} <= expires;
}

LeapIndicator LeapSeconds::atEndOf(std::chrono::sys_days day) const
{
    const auto next = std::ranges::find(changes, day + std::chrono::days{1}, &Change::day);
    if (next == changes.end() || next == changes.begin()) {
        return LeapIndicator::None; // what the first one changed is not told
    }
    const Change& before = *std::prev(next);
    return next->taiMinusUtc > before.taiMinusUtc ? LeapIndicator::InsertSecond : LeapIndicator::DeleteSecond;
}

std::optional<int> LeapSeconds::taiMinusUtcAt(RealTime utc) const
{
    const auto isLater = [utc](const Change& change) { return RealTime{change.day.time_since_epoch()} > utc; };
    const auto next = std::ranges::find_if(changes, isLater);
    return next == changes.begin() ? std::nullopt : std::optional(std::prev(next)->taiMinusUtc);
}

} // namespace foliot::ntp
