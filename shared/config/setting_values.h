// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

// The values of settings as the text that stands for them in a file, and what such a text may be.

#include "config/settings.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace foliot::config {

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

} // namespace foliot::config
