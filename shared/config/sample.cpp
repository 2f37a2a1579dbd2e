// SPDX-FileCopyrightText: 2026 The Foliot authors
// SPDX-License-Identifier: GPL-3.0-or-later
#include "config/setting_values.h"
#include "config/settings.h"

#include <format>

namespace foliot::config {

namespace {

constexpr std::size_t lineWidth = 100;
constexpr std::string_view restartNote = "A change is taken at the next start.";

// The text in lines that each start with the prefix and break between words.
std::string wrapped(std::string_view text, std::string_view prefix)
{
    std::string result;
    std::string line(prefix);
    while (!text.empty()) {
        const auto word = text.substr(0, text.find(' '));
        if (line.size() > prefix.size() && line.size() + 1 + word.size() > lineWidth) {
            result += line + '\n';
            line = prefix;
        }
        line += (line.size() > prefix.size() ? " " : "") + std::string(word);
        text = text.substr(word.size() == text.size() ? word.size() : word.size() + 1);
    }
    return result + line + '\n';
}

std::string valueText(const Setting& setting)
{
    const auto value = defaultValue(setting);
    return value.empty() ? std::string(setting.example) : value;
}

std::string capitalized(std::string text)
{
    if (!text.empty() && text.front() >= 'a' && text.front() <= 'z')
        text.front() = static_cast<char>(text.front() - 'a' + 'A');
    return text;
}

} // namespace

std::string describeSettings()
{
    std::string text = "Settings of foliotd, in TOML. Durations are numbers of seconds.\n";
    for (const auto& section : sections()) {
        text += '\n' + sectionHeader(section.name) + '\n' + wrapped(section.meaning, "  ");
        for (const auto& setting : settings()) {
            if (setting.section != section.name)
                continue;
            const auto value = defaultValue(setting);
            text += std::format("\n  {}\n", setting.key) + wrapped(setting.meaning, "      ");
            text += setting.atRestart ? wrapped(restartNote, "      ") : "";
            text += std::format("      {}; {}\n", capitalized(allowedValues(setting)),
                !value.empty()             ? "default " + value
                : setting.key == "address" ? "must be there"
                                           : "not set by default");
        }
    }
    return text;
}

std::string sampleFile()
{
    std::string text =
        "# SPDX-FileCopyrightText: 2026 The Foliot authors\n"
        "# SPDX-License-Identifier: GPL-3.0-or-later\n"
        "\n"
        "# Configuration of foliotd. Every setting is here; a line that starts with # and a key shows the\n"
        "# default (or an example, where there is none). Take the # away to change it.\n"
        "# Durations are numbers of seconds. \"foliotd --check FILE\" tests a configuration, and \"systemctl\n"
        "# reload foliotd\" has the service take it.\n";
    for (const auto& section : sections()) {
        text += '\n' + wrapped(section.meaning, "# ");
        text += (section.name == "source" ? "#" : "") + sectionHeader(section.name) + '\n';
        for (const auto& setting : settings()) {
            if (setting.section != section.name)
                continue;
            text += '\n' + wrapped(setting.meaning, "# ");
            text += setting.atRestart ? wrapped(restartNote, "# ") : "";
            text += wrapped(capitalized(allowedValues(setting)) + '.', "# ");
            text += std::format("#{} = {}\n", setting.key, valueText(setting));
        }
    }
    return text;
}

} // namespace foliot::config
