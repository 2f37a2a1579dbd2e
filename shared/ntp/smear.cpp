// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

#include "ntp/smear.h"

#include <algorithm>
#include <chrono>
#include <cmath>

namespace foliot::ntp {

namespace {

constexpr std::uint32_t prefix = 0xFE00'0000; // 254.0.0.0
constexpr std::uint32_t mask = 0x00FF'FFFF;
constexpr double unitsPerSecond = 4'194'304.0; // 2^22
constexpr double most = 8'388'607.0;           // of a signed number of 24 bits

} // namespace

std::uint32_t smearReferenceId(Seconds offset)
{
    const double units = std::clamp(std::round(offset.count() * unitsPerSecond), -most - 1.0, most);
    return prefix | (static_cast<std::uint32_t>(static_cast<std::int32_t>(units)) & mask);
}

std::optional<Seconds> smearOf(std::uint32_t referenceId)
{
    if ((referenceId & ~mask) != prefix) {
        return std::nullopt;
    }
    // The sign is bit 23: moved to the top and back it fills what is above.
    const auto units = static_cast<std::int32_t>(referenceId << 8) / 256;
    return Seconds{units / unitsPerSecond};
}

bool maySmearAt(RealTime utc)
{
    using namespace std::chrono;
    const sys_days day{floor<days>(utc.time_since_epoch())};
    const auto isFirst = [](sys_days which) {
        const year_month_day date{which};
        return date.day() == std::chrono::day{1} && (date.month() == January || date.month() == July);
    };
    return isFirst(day) || isFirst(day + days{1});
}

} // namespace foliot::ntp
