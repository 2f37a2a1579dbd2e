// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// Every setting of foliotd in one table: read() checks against it, and the shipped foliot.toml, foliot.toml(5), --help-config and
// the suggestions for misspelt keys are written from it. The default of a setting is the one in config.h.

#include "config/config.h"

#include <span>
#include <string>
#include <string_view>
#include <variant>

namespace foliot::config {

// Where a setting's value lives, and thereby its type.
using Slot = std::variant<bool*, int*, std::uint16_t*, std::uint64_t*, double*, Seconds*, std::string*,
    std::vector<std::string>*, std::optional<int>*, std::filesystem::path*, std::vector<std::filesystem::path>*,
    ClockType*, BusKind*, PollProfile*, Smear*>;

struct Setting {
    std::string_view section; // "clock"; "source" may stand many times
    std::string_view key;
    std::string_view unit; // "seconds", "ppm"; empty for what has none
    double lowest = 0.0;   // of numbers, both included
    double highest = 0.0;
    std::string_view example; // TOML, shown where there is no default
    std::string_view meaning; // a few sentences
    Slot (*slot)(Config& config, Source& source);
    bool atRestart = false; // a change is taken when foliotd is started again; all others when it reads the file again
};

std::span<const Setting> settings();

struct Section {
    std::string_view name;
    std::string_view meaning; // one sentence or two
};
std::span<const Section> sections();

// "[clock]", "[[source]]".
std::string sectionHeader(std::string_view section);

// All settings explained, for --help-config.
std::string describeSettings();

// The manual page foliot.toml(5), in roff: every setting.
std::string manualPage(std::string_view version);

// The documented foliot.toml: every setting, commented out at its default.
std::string sampleFile();

} // namespace foliot::config
