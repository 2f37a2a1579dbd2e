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
    std::string_view meaning; // one sentence
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

// What may be written: "true or false", "a number, 0 to 1", "helper, kernel, simulated or none".
std::string allowedValues(const Setting& setting);

// A value as TOML; empty when it is not set. The texts that pass the checks need no escapes.
std::string writeValue(const Setting& setting, const Config& config, const Source& source);

// "0 to 17".
std::string rangeOf(const Setting& setting);

// The default as TOML; empty when there is none.
std::string defaultValue(const Setting& setting);

// The words of a setting that takes one of several; empty for the others. In the order of the enumeration.
std::span<const std::string_view> wordsOf(const Setting& setting);
std::string_view clockTypeWord(ClockType type);

// What is to be restarted for: the settings taken at a start alone whose values differ, as "clock.type", in the order of
// the table.
std::vector<std::string> changedAtRestart(const Config& running, const Config& wanted);

// A source as the [[source]] section that parse() reads back; settings at their default are left out.
std::string writeSource(const Source& source);

// All settings explained, for --help-config.
std::string describeSettings();

// The manual page foliot.toml(5), in roff: every setting.
std::string manualPage(std::string_view version);

// The documented foliot.toml: every setting, commented out at its default.
std::string sampleFile();

} // namespace foliot::config
