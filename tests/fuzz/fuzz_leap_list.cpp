// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// Fuzz target: any octets as a list of leap seconds. What is refused says why, with no more of the text than a line's number;
// what is accepted has leap seconds in order and says the same of each of their days either way.

#include "fuzz_input.h"
#include "leap/leap_list.h"

#include <chrono>
#include <string_view>

using namespace foliot;

namespace {

constexpr std::size_t longestProblem = 80;

std::optional<std::string> brokenChange(
    const ntp::LeapSeconds& list, const ntp::LeapSeconds::Change& before, const ntp::LeapSeconds::Change& change)
{
    const RealTime at{change.day.time_since_epoch()};
    if (change.day <= before.day)
        return "changes are not in order";
    if (list.taiMinusUtcAt(at) != change.taiMinusUtc || list.taiMinusUtcAt(at - Nanoseconds{1}) != before.taiMinusUtc)
        return "TAI does not change where it should";
    const bool isInserted = list.atEndOf(change.day - std::chrono::days{1}) == ntp::LeapIndicator::InsertSecond;
    if (isInserted != (change.taiMinusUtc == before.taiMinusUtc + 1))
        return "a day does not end as TAI says";
    return {};
}

std::optional<std::string> brokenInvariant(std::string_view text)
{
    const auto list = leap::parseLeapList(text);
    if (!list) {
        if (list.error().empty() || list.error().size() > longestProblem)
            return "a problem of " + std::to_string(list.error().size()) + " letters";
        return {};
    }
    if (list->changes.empty())
        return "a list without leap seconds";
    for (std::size_t i = 1; i < list->changes.size(); ++i)
        if (const auto broken = brokenChange(*list, list->changes[i - 1], list->changes[i]))
            return broken;
    return {};
}

} // namespace

int LLVMFuzzerTestOneInput(const std::uint8_t* octets, std::size_t length)
{
    return abortIfBroken(brokenInvariant({reinterpret_cast<const char*>(octets), length}));
}
