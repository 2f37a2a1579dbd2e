// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The last time known to be past, for machines without a clock battery, which wake up in 1970: the later of when the
// program was built and when it last ran. Saved hourly and at the end, while synchronized.

#include "daemon/state/state_directory.h"
#include "ntp/time.h"

namespace foliot::daemon {

enum class TimeFloorOrigin : std::uint8_t { Build, Saved };

struct TimeFloor {
    RealTime time; // it is later than this
    TimeFloorOrigin origin = TimeFloorOrigin::Build;

    friend bool operator==(const TimeFloor&, const TimeFloor&) = default;
};

inline constexpr std::chrono::hours saveTimeEvery{1};

// True when the clock cannot be right.
constexpr bool isBehind(const TimeFloor& floor, RealTime clock)
{
    return clock < floor.time;
}

RealTime buildTime();

// Of a file's content; built: buildTime(). Error: why it is of no use, a sentence's end.
std::expected<TimeFloor, std::string> parseLastTime(std::string_view content, RealTime built);

// The same of the folder. On an error, buildTime() is the floor.
std::expected<TimeFloor, StateError> loadTimeFloor(const StateDirectory& directory);
// Only for a time that is known to be right.
std::expected<void, StateError> saveLastTime(const StateDirectory& directory, RealTime now);

} // namespace foliot::daemon
