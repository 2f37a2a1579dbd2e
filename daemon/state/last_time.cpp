// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/last_time.h"

#include "clock/bounds.h"
#include "daemon/state/lines.h"

#include <format>

namespace foliot::daemon {

namespace {

const std::string fileName = "last-time";
constexpr std::string_view header = "foliot-last-time 1";

} // namespace

RealTime buildTime()
{
    return RealTime(Nanoseconds(clock::plausibleFromNs() + clock::dayNs));
}

std::expected<TimeFloor, std::string> parseLastTime(std::string_view content, RealTime built)
{
    const auto lines = linesOf(content);
    if (content.empty())
        return std::unexpected("empty");
    if (lines.empty() || lines.front() != header)
        return std::unexpected("not a file of ours");
    if (lines.size() != 3 || lines.back() != "end")
        return std::unexpected("cut off");
    const auto words = wordsOf(lines[1]);
    const auto seconds = words.size() == 2 && words[0] == "seconds" ? numberOf<std::int64_t>(words[1]) : std::nullopt;
    // The bounds also keep nanoseconds from overflowing.
    constexpr auto latest = std::chrono::floor<std::chrono::seconds>(Nanoseconds::max()).count();
    if (!seconds || *seconds < 0 || *seconds > latest)
        return std::unexpected("garbled");
    const RealTime saved{std::chrono::seconds(*seconds)};
    if (saved > built + Nanoseconds(clock::plausibleForNs))
        return std::unexpected("more than 50 years after the program was built");
    if (saved <= built)
        return TimeFloor{.time = built, .origin = TimeFloorOrigin::Build};
    return TimeFloor{.time = saved, .origin = TimeFloorOrigin::Saved};
}

std::expected<TimeFloor, StateError> loadTimeFloor(const StateDirectory& directory)
{
    auto content = directory.read(fileName);
    if (!content)
        return std::unexpected(std::move(content.error()));
    if (!*content)
        return TimeFloor{.time = buildTime(), .origin = TimeFloorOrigin::Build};
    auto floor = parseLastTime(**content, buildTime());
    if (!floor)
        return std::unexpected(StateError{fileName + ": " + floor.error()});
    return *floor;
}

std::expected<void, StateError> saveLastTime(const StateDirectory& directory, RealTime now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    return directory.write(fileName, std::format("{}\nseconds {}\nend\n", header, seconds));
}

} // namespace foliot::daemon
