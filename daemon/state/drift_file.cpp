// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "daemon/state/drift_file.h"

#include "daemon/state/lines.h"

#include <algorithm>
#include <cmath>
#include <format>

namespace foliot::daemon {

namespace {

const std::string fileName = "drift";
constexpr std::string_view header = "foliot-drift 1";
constexpr double mostPpm = 500.0;            // MAXFREQ, RFC 5905: no oscillator in order is that far off
constexpr Seconds longestUse{365 * 86400.0}; // crystals age by ppm a year, and machines get new boards
constexpr double wanderPpm = 1e-3;           // random walk per root of a second, a usual computer's

// One line of a name and a number.
std::optional<double> numberAfter(std::string_view line, std::string_view name)
{
    const auto words = wordsOf(line);
    return words.size() == 2 && words[0] == name ? numberOf<double>(words[1]) : std::nullopt;
}

std::optional<std::string> whyImplausible(const sync::Drift& drift)
{
    if (!(std::abs(drift.frequencyPpm) <= mostPpm)) // NaN is not within either
        return std::format("a frequency of {} ppm is beyond {} ppm", drift.frequencyPpm, mostPpm);
    if (!(drift.uncertaintyPpm >= 0.0 && drift.uncertaintyPpm <= 2 * mostPpm))
        return std::format("an uncertainty of {} ppm makes no sense", drift.uncertaintyPpm);
    return std::nullopt;
}

} // namespace

std::string writeDrift(const sync::Drift& drift, RealTime now)
{
    const auto seconds = std::chrono::floor<std::chrono::seconds>(now.time_since_epoch()).count();
    return std::format("{}\nfrequency-ppm {}\nuncertainty-ppm {}\nsaved-at {}\nend\n", header, drift.frequencyPpm,
        drift.uncertaintyPpm, seconds);
}

std::expected<sync::Drift, std::string> parseDrift(std::string_view content, RealTime now)
{
    const auto lines = linesOf(content);
    if (content.empty())
        return std::unexpected("empty");
    if (lines.empty() || lines.front() != header)
        return std::unexpected("not a file of ours");
    if (lines.size() != 5 || lines.back() != "end")
        return std::unexpected("cut off");
    const auto frequency = numberAfter(lines[1], "frequency-ppm");
    const auto uncertainty = numberAfter(lines[2], "uncertainty-ppm");
    const auto savedAt = numberAfter(lines[3], "saved-at");
    if (!frequency || !uncertainty || !savedAt || !std::isfinite(*savedAt))
        return std::unexpected("garbled");
    if (const auto why = whyImplausible({.frequencyPpm = *frequency, .uncertaintyPpm = *uncertainty}))
        return std::unexpected(*why);
    // A machine without a clock battery starts in its own past: the age is unknown then, and taken for nothing.
    const Seconds age = std::max(Seconds(now.time_since_epoch()) - Seconds(*savedAt), Seconds{});
    if (age > longestUse)
        return std::unexpected(std::format("{} days old", std::lround(age.count() / 86400.0)));
    return sync::Drift{
        .frequencyPpm = *frequency, .uncertaintyPpm = std::hypot(*uncertainty, wanderPpm * std::sqrt(age.count()))};
}

std::expected<std::optional<sync::Drift>, StateError> loadDrift(const StateDirectory& directory, RealTime now)
{
    auto content = directory.read(fileName);
    if (!content)
        return std::unexpected(std::move(content.error()));
    if (!*content)
        return std::nullopt;
    const auto drift = parseDrift(**content, now);
    if (!drift)
        return std::unexpected(StateError{fileName + ": " + drift.error()});
    return *drift;
}

std::expected<void, StateError> saveDrift(const StateDirectory& directory, const sync::Drift& drift, RealTime now)
{
    if (const auto why = whyImplausible(drift))
        return std::unexpected(StateError{fileName + ": not written: " + *why});
    return directory.write(fileName, writeDrift(drift, now));
}

} // namespace foliot::daemon
